"""An exception nobody catches."""

raise RuntimeError("on purpose")
# fault: failure 0: it exited with status 1: RuntimeError: on purpose
