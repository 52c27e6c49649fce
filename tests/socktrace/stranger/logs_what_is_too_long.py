"""What it logs by UDP is longer than a datagram can be: `logging` prints that error, and goes on."""

import logging
import logging.handlers
import socket

with socket.socket(type=socket.SOCK_DGRAM) as collector:
    collector.bind(("127.0.0.1", 0))
    handler = logging.handlers.DatagramHandler(*collector.getsockname())
    logging.getLogger("app").addHandler(handler)
    logging.getLogger("app").error("state: %s", 70_000 * ".")
    handler.close()
# fault: stderr 11: a handler of logging could not send what was logged: OSError: [Errno 90] Message too long: a
#     datagram takes 65,507 bytes at most over IPv4, and 65,527 over IPv6
