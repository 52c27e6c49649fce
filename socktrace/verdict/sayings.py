"""What is said of sockets and streams by errors that no call on a socket has: why, and what to do about it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from socktrace.verdict.sayings_of_clients import OF_CLIENTS
from socktrace.verdict.sayings_of_loops import OF_LOOPS
from socktrace.verdict.sayings_of_servers import OF_SERVERS
from socktrace.verdict.sayings_of_stores import OF_STORES

CLOSED = "a socket that was closed has no descriptor any more"
"""What was the matter where one waits for a socket that is closed."""
HANDED_ON = "the socket was closed before it was on its way: a pool hands it on later, from a thread of its own"
"""What was the matter where a process is to get a socket that is closed."""
BROKE = "a process of the pool ended before its work was done: it was killed, or called os._exit()"
"""What was the matter where a pool of processes cannot be used any more."""
_LATE = "unregister a socket, or take it out of what you wait for, before you close it"
_OF_SOCKETS: Mapping[str, tuple[str, str]] = {
    r"filedescriptor out of range in select\(\)": (
        "select() takes no descriptor from 1,024 on (FD_SETSIZE, select(2)), and so many are open",
        "wait with `selectors.DefaultSelector` or select.poll(), which take any, or close what is no longer used",
    ),
    r"file descriptor cannot be a negative integer \(-1\)|Invalid file descriptor: -1": (
        CLOSED,
        _LATE,
    ),
    r"\b_reduce_socket\b.*: OSError: \[Errno 9\]": (
        HANDED_ON,
        "close it when the pool has given its result, or let only the process close it that gets it",
    ),
    r"\[closed\] fd=-1.* is already registered": ("a socket that is closed is registered there still", _LATE),
    r"^KeyError: <[^>]*\[closed\] fd=-1": (
        CLOSED,
        "take a socket out of all lists and tables when you close it, and then go on with the next: `continue`",
    ),
    r"KEY_VALUES_MISMATCH": (
        "the private key is not the one that the certificate was made for",
        "load the two that belong together: `load_cert_chain(certfile, keyfile)`",
    ),
    r"^ssl\.SSLError: \[SSL\] PEM lib": (
        "the file has no certificate or key of that kind in it, as PEM",
        "load the certificate, with its chain, as `certfile` and its key as `keyfile`: `load_cert_chain()`",
    ),
    r"^TypeError: [\w.<>]+\(\) (?:missing \d+ required|takes \d+ positional|takes from \d+ to|got an unexpected)": (
        "who calls it passes other arguments than it takes",
        "give the function the parameters that its caller has for it; a thread's `args` are a tuple: `(one,)`",
    ),
    "AF_UNIX path too long": (
        "a path of the Unix domain has 107 bytes at most on Linux (unix(7)), 103 on macOS",
        "bind a shorter one, such as a path seen from the current folder, or in `tempfile.mkdtemp()`",
    ),
    "digest sent was rejected|digest received was wrong": (
        "the two ends have different keys",
        "give Client() and Listener() the same `authkey`",
    ),
    "do_handshake_on_connect should not be specified for non-blocking": (
        "wrap_socket() is to agree upon TLS at once, and the socket does not wait: setblocking(False) says so",
        "wrap it first, and call setblocking(False) then; or pass `do_handshake_on_connect=False`",
    ),
    r"The operation did not complete \((?:read|write)\)": (
        "TLS waits for the other end, and the socket does not: setblocking(False) or settimeout(0) says so",
        "wait until it is ready, with `selectors`, and call it again; or let the call itself wait: `settimeout()`",
    ),
    "cannot read from timed out object": (
        "a time-out met that file before, and it cannot know what it had read by then (`socket.makefile()`)",
        "give up the connection after a time-out; or read with recv() and keep what came, or wait with `selectors`",
    ),
    "Address family for hostname not supported": (
        "the socket is of one family and the address of the other, such as AF_INET6 and an address of IPv4",
        "make the socket for the address: `socket.create_connection()` does, or take the family from `getaddrinfo()`",
    ),
    r"address must be tuple, not NoneType": (
        "no receiver is named",
        "name it: `sendto(data, address)`, as recvfrom() or `datagram_received()` gives the sender's",
    ),
    r"write\(\) argument must be a bytes instance": (
        "what an application of WSGI returns is bytes, and this is text",
        "encode it: `return [text.encode()]`",
    ),
    r"\bcreate_connection: ValueError: (?:too many|not enough) values|"
    r"address must be tuple, not|takes exactly one argument \(2 given\)|argument must be a tuple|AF_INET6? address": (
        "an address of IP is one argument, a pair of host and port",
        "pass a tuple: `connect((host, port))`",
    ),
    r"gaierror: \[Errno -8\]|Servname not supported": (
        "the port is a name there, and no service has it (services(5))",
        "pass the number, or the name of a service, such as `http`",
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
    r"check_hostname requires server_hostname": (
        "the context compares the certificate with a name, and was given none",
        "pass the name that was asked for: `wrap_socket(sock, server_hostname=host)`",
    ),
    r"Cannot create a (?:client|server) socket with a PROTOCOL_TLS_(?:CLIENT|SERVER) context": (
        "a context is for one side, and the socket is on the other",
        "make the server's with `PROTOCOL_TLS_SERVER` and `server_side=True`, the client's with `PROTOCOL_TLS_CLIENT`",
    ),
    r"'tuple' object has no attribute '(?:recv\w*|send\w*|makefile)'": (
        "of a UDPServer `self.request` is a pair, of the datagram and the server's socket",
        "take both, `data, sock = self.request`, and answer by `sock.sendto(answer, self.client_address)`",
    ),
    r"object has no attribute '[rw]file'": (
        "only a StreamRequestHandler has files for its connection; of a BaseRequestHandler it is `self.request`",
        "let the class be a `socketserver.StreamRequestHandler`",
    ),
    r"'socket' object has no attribute '(?:read|readline|write|flush)\w*'": (
        "a socket is no file",
        "make one of it, `with sock.makefile('rwb') as file`, or call recv() and sendall()",
    ),
    r"'StreamWriter' object has no attribute '(?:send|sendall|read|recv)\w*'|"
    r"'StreamReader' object has no attribute '(?:recv|write|send)\w*'": (
        "that is no method of a stream of asyncio: one reads, the other writes",
        "call `await reader.read(n)`, or `writer.write(data)` and `await writer.drain()`",
    ),
    r"'HTTPResponse' object has no attribute '(?:text|content|json)'|'Response' object has no attribute 'read'": (
        "the two kinds of answers differ: that of `http.client` and `urllib` is a file of bytes",
        "call read() of a file, `json.load(answer)`; an answer of requests has `text`, `content` and json()",
    ),
    r"argument after \* must be an iterable": (
        "the arguments of a thread are a tuple, and what it was given is none",
        "write a comma, `args=(connection,)`: parentheses alone make no tuple",
    ),
    r"non-iterable (?:builtin_function_or_method|method|function) object|"
    r"'(?:builtin_function_or_method|method|function)' object (?:is not (?:subscriptable|iterable)|has no attribute)": (
        "that is the function itself: it was not called",
        "write the parentheses of the call: `accept()`",
    ),
    r"POST data should be bytes": (
        "what is sent with a request is bytes, and this is text",
        "encode it: `data=text.encode()`, of a form `urllib.parse.urlencode(fields).encode()`",
    ),
    "a bytes-like object is required, not 'str'": (
        "sockets carry bytes, not text",
        "encode the text, `text.encode()`, and decode what comes",
    ),
    r"can't concat (?:str to bytes|bytes to str)|can only concatenate (?:str|bytes) \(not|"
    r"string argument without an encoding": (
        "one part is bytes, as sockets carry them, and the other is text",
        "decode what comes, `data.decode()`, or encode the text, `text.encode()`",
    ),
    r"'bytes' object has no attribute '(?:encode|format)'": (
        "it is bytes already: what recv() returns",
        "decode it first if text is wanted: `data.decode()`",
    ),
    r"'str' object has no attribute 'decode'": (
        "it is text already",
        "leave decode() out; sockets give and take bytes",
    ),
    r"UnicodeDecodeError: .*invalid (?:start|continuation) byte": (
        "what came there is no whole text of UTF-8: it begins within a character, or is no text",
        "collect all bytes before you decode, or decode by `codecs.getincrementaldecoder('utf-8')()`",
    ),
    r"UnpicklingError: invalid load key": (
        "what came does not begin as a pickle does: it is a part of one, or something else",
        "send each with its length before it, and read exactly that many bytes before loads()",
    ),
    r"(?:Set|dictionary|deque) (?:changed size|mutated|keys changed) during iteration": (
        "a thread, or the loop itself, puts in or takes out meanwhile, such as a client that left",
        "go over a copy, `for one in list(clients)`, or hold a lock meanwhile",
    ),
    r"I/O operation on closed file|write to closed file|handle is closed|underlying buffer has been detached": (
        "the file, or the Connection, had been closed before: by close(), or where its `with` ended",
        "use it within its `with`, or do not close it yet",
    ),
    r"UnsupportedOperation: not (?:readable|writable)|UnsupportedOperation: (?:read|write)": (
        "the file was made for one direction only",
        "make it for both, `makefile('rw')`, or one for each",
    ),
    r"cannot pickle '(?:\w+\.)?(?:SSL\w+|_thread\.\w+|_io\.\w+|selectors\.\w+|\w*[Ss]elector\w*)'": (
        "what is given to another process is pickled on the way, unless it is forked, and this cannot be",
        "make it in the process that uses it, or hand over a plain socket",
    ),
    r"can't start new thread": (
        "there are as many threads as may be",
        "let a pool have a few, `ThreadPoolExecutor(max_workers=...)`, or let each end that has done its work",
    ),
    r"BrokenProcessPool": (
        BROKE,
        "look at what that process did last",
    ),
    r"partially initialized module '(?:socket|ssl|select|selectors|socketserver|queue|http|asyncio|email)'|"
    r"module '(?:socket|ssl|select|selectors|socketserver|queue|http|asyncio)' has no attribute "
    r"'(?:socket|create_server|create_connection|AF_INET|SSLContext|select|DefaultSelector|Queue|run)'": (
        "a file of the program's own has the name of a module of Python's, and is read in its place",
        "give that file another name",
    ),
    r"module 'ssl' has no attribute 'wrap_socket'": (
        "ssl.wrap_socket() is there up to Python 3.11 only",
        "make a context: `ssl.create_default_context().wrap_socket(sock, server_hostname=host)`",
    ),
    r"Cannot set verify_mode to CERT_NONE when check_hostname": (
        "who checks no certificate cannot check the name in it",
        "set `check_hostname = False` first, and both only for tests",
    ),
    r"Timeout value out of range|timeout doesn't allow non-blocking": (
        "a time-out is a number of seconds greater than 0, or None",
        "pass such a number; a socket that does not wait has no files: `setblocking(True)` first",
    ),
}
"""What is said, what was the matter, as the end of a sentence, and what to do about it."""


def told_by(said: str, within: str = "") -> tuple[str, str] | None:
    """Return what was the matter, and what to do about it; `None` if what is said is nothing of these.

    Args:
        said: The last words of a program or thread.
        within: The functions through which the error came, the innermost one last, with dots between them. What is said
            of many things is known by those.
    """
    tables = (OF_STORES, OF_SERVERS, _OF_SOCKETS, OF_LOOPS, OF_CLIENTS)  # what names its library comes first
    every = [row for table in tables for row in table.items()]
    texts = (said, f"{within}: {said}") if within else (said,)
    return next((told for text in texts for saying, told in every if re.search(saying, text)), None)
