"""What is said of sockets and streams by errors that no call on a socket has: why, and what to do about it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

CLOSED = "a socket that was closed has no descriptor any more"
"""What was the matter where one waits for a socket that is closed."""
_LATE = "unregister a socket, or take it out of what you wait for, before you close it"
_TOLD: Mapping[str, tuple[str, str]] = {
    r"filedescriptor out of range in select\(\)": (
        "select() takes no descriptor from 1,024 on (FD_SETSIZE, select(2)), and so many are open",
        "wait with `selectors.DefaultSelector` or select.poll(), which take any, or close what is no longer used",
    ),
    r"file descriptor cannot be a negative integer \(-1\)|Invalid file descriptor: -1": (
        CLOSED,
        _LATE,
    ),
    r"\[closed\] fd=-1.* is already registered": ("a socket that is closed is registered there still", _LATE),
    r"^KeyError: <[^>]*\[closed\] fd=-1": (
        CLOSED,
        "take a socket out of all lists and tables when you close it, and then go on with the next: `continue`",
    ),
    r"BadStatusLine|illegal status line|BadHttpMessage|Expected HTTP/": (
        "what came is no answer of HTTP, which begins with a line such as `HTTP/1.1 200 OK` (RFC 9112 section 4)",
        "let the server begin its answer so, or ask the port of an HTTP server",
    ),
    r"KEY_VALUES_MISMATCH": (
        "the private key is not the one that the certificate was made for",
        "load the two that belong together: `load_cert_chain(certfile, keyfile)`",
    ),
    r"^ssl\.SSLError: \[SSL\] PEM lib": (
        "the file has no certificate or key of that kind in it, as PEM",
        "load the certificate, with its chain, as `certfile` and its key as `keyfile`: `load_cert_chain()`",
    ),
    r"^ftplib\.error_(?:reply|temp|perm|proto): 2(?:26|50) ": (
        "that is the reply to the transfer before, which had not been read (RFC 959 section 5.4)",
        "call `voidresp()` when what `transfercmd()` gave is closed; `retrbinary()` and `storbinary()` do",
    ),
    "AF_UNIX path too long": (
        "a path of the Unix domain has 107 bytes at most (unix(7))",
        "bind a shorter one, such as a path seen from the current folder, or in `tempfile.mkdtemp()`",
    ),
    "digest sent was rejected|digest received was wrong": (
        "the two ends have different keys",
        "give Client() and Listener() the same `authkey`",
    ),
    r"CannotSendRequest\b|ResponseNotReady: Request-sent": (
        "the response before it has not been read",
        "read each response to its end, `getresponse().read()`, before the next request, or take another connection",
    ),
    r"while another coroutine is already (?:waiting|running)": (
        "two tasks read from one stream or connection",
        "let one task read, and hand on what came, as by an asyncio.Queue",
    ),
    "do_handshake_on_connect should not be specified for non-blocking": (
        "wrap_socket() is to agree upon TLS at once, and the socket does not wait: setblocking(False) says so",
        "wrap it first, and call setblocking(False) then; or pass `do_handshake_on_connect=False`",
    ),
    r"The operation did not complete \((?:read|write)\)": (
        "TLS waits for the other end, and the socket does not: setblocking(False) or settimeout(0) says so",
        "wait until it is ready, with `selectors`, and call it again; or let the call itself wait: `settimeout()`",
    ),
    "attached to a different loop": (
        "what was made in one event loop is used in another",
        "make streams, locks and clients in the loop that uses them, within the same `asyncio.run()`",
    ),
    "Event loop is closed": (
        "the event loop to which it belongs has come to its end",
        "close clients and writers while the loop runs, within `asyncio.run()`, and make new ones for the next loop",
    ),
    "File descriptor .* is used by transport": (
        "a transport of the event loop has that socket already",
        "talk through its stream or transport only, or give the loop a socket of its own",
    ),
    "cannot read from timed out object": (
        "a time-out met that file before, and it cannot know what it had read by then (`socket.makefile()`)",
        "give up the connection after a time-out; or read with recv() and keep what came, or wait with `selectors`",
    ),
    "Address family for hostname not supported": (
        "the socket is of one family and the address of the other, such as AF_INET6 and an address of IPv4",
        "make the socket for the address: `socket.create_connection()` does, or take the family from `getaddrinfo()`",
    ),
    r"address must be tuple, not|takes exactly one argument \(2 given\)|argument must be a tuple|AF_INET6? address": (
        "an address of IP is one argument, a pair of host and port",
        "pass a tuple: `connect((host, port))`",
    ),
    r"port must be 0-65535": ("there are the ports 0 to 65,535", "look at where the number comes from"),
    r"object cannot be interpreted as an integer|an integer is required \(got type str\)": (
        "a port is a number, and this is text",
        "convert it: `int(port)`",
    ),
    r"Socket operation on non-socket": (
        "the descriptor is that of a file or pipe",
        "make a socket only of a descriptor that is one",
    ),
    r"SSH protocol banner|^paramiko\S*: No existing session": (
        "the other end did not say in time that it speaks SSH: it says `SSH-2.0-...` first (RFC 4253 section 4.2)",
        "look at whether an SSH server has that port, and is not too busy; `banner_timeout` gives it more time",
    ),
    r"check_hostname requires server_hostname": (
        "the context compares the certificate with a name, and was given none",
        "pass the name that was asked for: `wrap_socket(sock, server_hostname=host)`",
    ),
    r"Cannot create a (?:client|server) socket with a PROTOCOL_TLS_(?:CLIENT|SERVER) context": (
        "a context is for one side, and the socket is on the other",
        "make the server's with `PROTOCOL_TLS_SERVER` and `server_side=True`, the client's with `PROTOCOL_TLS_CLIENT`",
    ),
    r"EmptyPoolError|PoolTimeout|QueuePool limit|Too many connections|No connection available": (
        "all connections of the pool are given out, and none came back in time",
        "give each connection back when its answer is read, with `with`; or let the pool have more",
    ),
    r"Session is closed|client has been closed|Connector is closed|ClosedPoolError|Client is closed": (
        "what has the connections had been closed before",
        "ask while it is open, within its `with`, or make a new one",
    ),
    r"RuntimeError: Connection closed\.|ClientConnectionError: Connection closed|StreamClosed\b": (
        "the answer was read when its session or response had been closed",
        "read the body inside the `with` of the session and of the response",
    ),
    r"Separator is (?:not found, and|found, but) chunk .*exceed|LimitOverrunError|chunk is longer than limit": (
        "a line was longer than the limit of the stream, 64 KiB if nobody says otherwise",
        "pass a greater `limit=` to `open_connection()` or `start_server()`, or read by length: `readexactly()`",
    ),
    r"asyncio\.run\(\) cannot be called from a running event loop|This event loop is already running": (
        "an event loop runs in this thread already",
        "`await` it there, or run it in a thread of its own",
    ),
    r"no running event loop|There is no current event loop": (
        "no event loop runs in this thread",
        "call it from a coroutine that `asyncio.run()` runs, or hand it over: `asyncio.run_coroutine_threadsafe()`",
    ),
    r"the socket must be non-blocking": (
        "the event loop's own calls need a socket that does not wait",
        "call `sock.setblocking(False)` first",
    ),
    r"keepalive ping timeout": (
        "a ping of the WebSocket got no answer in time: the other end was busy with something else, or gone",
        "let nothing keep its event loop, `await asyncio.to_thread()` or sleep(), or allow more: `ping_timeout=`",
    ),
    r"ZMQError: Address already in use": (
        "a socket has that address already, of this program or another one",
        "close that one first, or let bind_to_random_port() choose a port",
    ),
    r"ConnectionClosed(?:OK|Error)?:": (
        "the other end had closed the WebSocket",
        "catch `ConnectionClosed` where you send or receive, or end with `async for message in websocket`",
    ),
    r"BusyResourceError|another task is (?:already )?using": (
        "two tasks use one stream at the same time",
        "let one task read and one write, or take turns with a lock",
    ),
    r"Operation cannot be accomplished in current state": (
        "a ZeroMQ socket of REQ or REP sends and receives in turn (zmq_socket(3))",
        "receive the answer before you send again; for more at once, DEALER and ROUTER",
    ),
    r"too large for \S+ frame|PayloadTooBig|message too big": (
        "a message is longer than the receiver takes",
        "let the receiver take more, such as with `max_size=`, or send it in parts",
    ),
    r"'tuple' object has no attribute '(?:recv\w*|send\w*|makefile)'": (
        "of a UDPServer `self.request` is a pair, of the datagram and the server's socket",
        "take both, `data, sock = self.request`, and answer by `sock.sendto(answer, self.client_address)`",
    ),
    "a bytes-like object is required, not 'str'": (
        "sockets carry bytes, not text",
        "encode the text, `text.encode()`, and decode what comes",
    ),
}
"""What is said, what was the matter, as the end of a sentence, and what to do about it."""


def told_by(said: str) -> tuple[str, str] | None:
    """Return what was the matter, and what to do about it; `None` if what is said is nothing of these.

    Args:
        said: The last words of a program or thread.
    """
    return next((told for saying, told in _TOLD.items() if re.search(saying, said)), None)
