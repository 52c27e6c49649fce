"""A status other than 0."""

import sys

sys.exit(3)
# fault: failure 0: it exited with status 3
