"""It logs to standard error, as servers and test suites do."""

import logging
import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    logging.getLogger("server").warning("listening at %s", listener.getsockname()[0])
