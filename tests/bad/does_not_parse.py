"""Not Python."""
def broken(:
# fault: failure 0: it exited with status 1: SyntaxError: invalid syntax
