"""A library is refused, tries again, and says so in an error of its own that goes on for several lines."""

import socket
from typing import Any

LIBRARY = """
def connect(address):
    for attempt in range(2):
        try:
            with socket.create_connection(address):
                return
        except OSError:
            pass
    raise LookupError("no server after two attempts\\n    Is it there?")
"""
library: dict[str, Any] = {"socket": socket}
exec(compile(LIBRARY, "/site-packages/library.py", "exec"), library)
with socket.socket() as bound:
    bound.bind(("127.0.0.1", 0))
    library["connect"](bound.getsockname())
# fault: failure 20: it exited with status 1: LookupError: no server after two attempts: the socket 1 (127.0.0.1:PORT)
#     is bound there, but does not listen
