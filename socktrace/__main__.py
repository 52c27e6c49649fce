"""`python -m socktrace` is `socktrace`."""

import sys

from socktrace.cli import main

if __name__ == "__main__":
    sys.exit(main())
