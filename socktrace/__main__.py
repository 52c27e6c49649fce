"""`python -m socktrace` is `socktrace`."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder that this is called in: the modules there are the program's, whatever their names
    from socktrace.cli import command

    command()
