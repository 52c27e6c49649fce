"""Where `socktrace` begins, and `python -m socktrace`: before the rest of it is loaded."""

import sys
from typing import NoReturn


def command() -> NoReturn:
    """Be the command `socktrace`.

    Its own compiled code is kept where Python keeps such, as an installer would have done. That the environment forbids
    it (PYTHONDONTWRITEBYTECODE, as in most container images) is meant for the program, which gets it as it is; to
    compile this package anew for each run takes longer than a small program runs.
    """
    sys.dont_write_bytecode = False
    from socktrace import cli

    cli.command()


if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder that this is called in: the modules there are the program's, whatever their names
    command()
