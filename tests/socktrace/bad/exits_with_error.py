"""An exception nobody catches."""

raise RuntimeError("on purpose")
# fault: failure 3: it exited with status 1: RuntimeError: on purpose
