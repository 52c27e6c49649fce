"""What is said by clients of HTTP, mail, WebSocket and others: why, and what to do about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

IN_A_CIRCLE = "each answer of the server sent the client on to another path (`Location`), in a circle"
"""What was the matter where a client gives up following."""
NO_HTTP = "what came is no answer of HTTP, which begins with a line such as `HTTP/1.1 200 OK` (RFC 9112 section 4)"
"""What was the matter where a client reads something else than an answer."""
ALL_GIVEN_OUT = "all connections of the pool are given out, and none came back in time"
"""What was the matter where one waits for a connection of a pool in vain."""
NO_SESSION = "the session has no connection: it was not begun, or is over"
"""What was the matter where one sends mail and is not connected."""
IT_FAILED = "the server says that it failed: an error ended what it called for the request, or that returned no answer"
"""What was the matter where an answer has a status of 5xx."""
OF_CLIENTS: Mapping[str, tuple[str, str]] = {
    r"BadStatusLine|illegal status line|BadHttpMessage|Expected HTTP/": (
        NO_HTTP,
        "let the server begin its answer so (`end_headers()` sends the head), or ask the port of an HTTP server",
    ),
    r"\b501\b.*Unsupported method": (
        "the server has no method of that name: http.server calls `do_GET()` for GET, `do_POST()` for POST",
        "give its handler one of exactly that name; capitals count",
    ),
    r"HTTP(?:Status|Client)?Error.*\b(?:HTTP Error 5\d\d|5\d\d Server Error|Server error '5\d\d|HTTP 5\d\d)|"
    r"ClientResponseError: 5\d\d": (
        IT_FAILED,
        "mend that error in the server, which prints or logs it, and let each function return its answer",
    ),
    r"HTTP(?:Status|Client)?Error.*\b(?:HTTP Error 415|415 Client Error|Client error '415)|ClientResponseError: 415": (
        "what was sent is not of the kind that the server takes, as its Content-Type says",
        "send what it takes: `json=` sends JSON and says so, `data=` a form",
    ),
    r"HTTP(?:Status|Client)?Error.*\b(?:HTTP Error 40[13]|40[13] Client Error|Client error '40[13])|"
    r"ClientResponseError: 40[13]": (
        "the server does not let this client do that: it wants a login, or another one",
        "send the login that it asks for, such as `auth=(user, password)` or a header `Authorization`",
    ),
    r"HTTP(?:Status|Client)?Error.*\b(?:HTTP Error 40[45]|40[45] Client Error|Client error '40[45]|HTTP 40[45])|"
    r"ClientResponseError: 40[45]": (
        "the server has nothing at that path, or not for that method",
        "compare the path and the method with those that the server has been given functions for",
    ),
    r"TooManyRedirects|redirect error that would lead to an infinite loop": (
        IN_A_CIRCLE,
        "let the server answer at the path to which it sends, without a condition that it fails again",
    ),
    r"^smtplib\.SMTPAuthenticationError": (
        "the server does not take that user and password (RFC 4954 section 6)",
        "log in with those that it knows: `login(user, password)`",
    ),
    r"^smtplib\.SMTP\w+: \(5\d\d, b'Error: \(": (
        "an error ended what the server called for that, or it gave no reply to send",
        "let each function that serves return its reply, such as `return '250 OK'`, and mend its errors",
    ),
    r"^smtplib\.SMTP\w+: (?:\{.*)?\([45]\d\d, ": (
        "the server refuses that, by this reply (RFC 5321 section 4.2)",
        "send what it accepts: look at the address, the login and the size, and at the server's own rules",
    ),
    r"^ftplib\.error_perm: 5(?:30|3\d) ": (
        "the server does not know that user, or not by that password (RFC 959 section 4.2)",
        "log in as one that it knows: `login(user, password)`",
    ),
    r"^ftplib\.error_(?:perm|temp): [45]5\d ": (
        "the server refuses that, by this reply (RFC 959 section 4.2): there is no such file, or no right to it",
        "look at the path, and at what the user may do at the server, such as `perm=` of pyftpdlib's `add_user()`",
    ),
    r"^(?:poplib\.error_proto: b'-ERR|imaplib\.IMAP4\.error: b'|imaplib\.IMAP4\.error: \[)": (
        "the server refuses that, by this reply",
        "look at the user, the password and the name that it was given, and at the server's own rules",
    ),
    r"doesn't expose any methods|has no exposed attribute|remote object .* has no exposed": (
        "Pyro lets a client use only what a class exposes",
        "write `@Pyro5.api.expose` above the class, or above each method",
    ),
    r"not found in known_hosts": (
        "Paramiko knows no key of that server, and connects to nobody whom it does not know",
        "load the keys that are known, `load_system_host_keys()`, or `set_missing_host_key_policy()` for the others",
    ),
    r'method \\?"\w+\\?" is not supported': (
        "the server has no function of that name",
        "register it under the name by which it is called: `register_function(function, name)`",
    ),
    r"AttributeError: cannot access '\w+'": (
        "RPyC lets a client use only what a service exposes",
        "write `@rpyc.exposed` above the method, or let its name begin with `exposed_`",
    ),
    r"Timeout during request|Timeout (?:while|in) (?:connecting|request)": (
        "no answer came in time: the server was busy with something else, or did not answer at all",
        "let nothing keep the event loop of the server, `await asyncio.sleep()` or to_thread(), or wait longer",
    ),
    r"ContextManager' object has no attribute": (
        "what was called gives a context manager, and what it has to give only within that",
        "enter it: `async with session.get(url) as answer:`, or `await` it",
    ),
    r"^ftplib\.error_(?:reply|temp|perm|proto): 2(?:26|50) ": (
        "that is the reply to the transfer before, which had not been read (RFC 959 section 5.4)",
        "call `voidresp()` when what `transfercmd()` gave is closed; `retrbinary()` and `storbinary()` do",
    ),
    r"CannotSendRequest\b|ResponseNotReady: Request-sent": (
        "the response before it has not been read",
        "read each response to its end, `getresponse().read()`, before the next request, or take another connection",
    ),
    r"SSH protocol banner|^paramiko\S*: No existing session": (
        "the other end did not say in time that it speaks SSH: it says `SSH-2.0-...` first (RFC 4253 section 4.2)",
        "look at whether an SSH server has that port, and is not too busy; `banner_timeout` gives it more time",
    ),
    r"EmptyPoolError|PoolTimeout|QueuePool limit|Too many connections|No connection available": (
        ALL_GIVEN_OUT,
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
    r"keepalive ping timeout": (
        "a ping of the WebSocket got no answer in time: the other end was busy with something else, or gone",
        "let nothing keep its event loop, `await asyncio.to_thread()` or sleep(), or allow more: `ping_timeout=`",
    ),
    r"ZMQError: Address already in use": (
        "a socket has that address already, of this program or another one",
        "close that one first, or let bind_to_random_port() choose a port",
    ),
    r"too large for \S+ frame|PayloadTooBig|message too big": (
        "a message is longer than the receiver takes",
        "let the receiver take more, such as with `max_size=`, or send it in parts",
    ),
    r"ConnectionClosed(?:Error)?: received 1011": (
        "an error ended the handler at the other end, which says so by 1011 (RFC 6455 section 7.4.1)",
        "mend what that handler does; the server tells of its error on standard error, or in its log",
    ),
    r"ConnectionClosed(?:OK|Error)?:": (
        "the other end had closed the WebSocket",
        "catch `ConnectionClosed` where you send or receive, or end with `async for message in websocket`",
    ),
    r"Operation cannot be accomplished in current state": (
        "a ZeroMQ socket of REQ or REP sends and receives in turn (zmq_socket(3))",
        "receive the answer before you send again; for more at once, DEALER and ROUTER",
    ),
    r"unsupported XML-RPC protocol|"
    r"unknown url type|MissingSchema|InvalidSchema|UnsupportedProtocol|missing an 'http://'": (
        "a URL begins with its scheme, and this one does not",
        "write it whole: `http://127.0.0.1:8000/`",
    ),
    r"Cannot (?:open|reopen) a client instance": (
        "the `with` of one client is entered twice, or again after its end",
        "enter it once, and hand the client on; or make a new one",
    ),
    r"StreamConsumed|content has already been consumed": (
        "the body of a streamed answer can be read once",
        "keep what you have read, or let it be read at once, without `stream=True`",
    ),
    r"\bResponseNotRead\b|Attempted to access streaming response content": (
        "the answer is streamed, and its body has not been read yet",
        "call `response.read()` within its `with`, of an AsyncClient `await response.aread()`",
    ),
    r"Attempted to (?:send an? a?sync request|read an? a?sync)|Attempted to call an? a?sync": (
        "one half of that is for `await`, and the other is not: the client, its body, or what reads the answer",
        "take AsyncClient with async bodies and `aread()`, or Client with plain ones and read()",
    ),
    r"data and json parameters can not be used at the same time": (
        "a request has one body",
        "pass `data=` or `json=`",
    ),
    r"Unexpected type for 'content'|InvalidJSONError|value should be str, int or float": (
        "a part of what is to be sent is of a kind that this client cannot send",
        "pass bytes or text, or let `json=` make JSON of a dictionary",
    ),
    r"too many 5\d\d error responses": (
        "the server says again and again that it failed",
        "mend that error in the server, which prints or logs it",
    ),
    r"InvalidHeader|Header (?:value|part|name) .*must be|Illegal header value|Invalid header value": (
        "the value of a header is text of one line",
        "pass `str(value).strip()`",
    ),
    r"Body \(.*\) is not valid Latin-1": (
        "text is sent as Latin-1, and has other letters in it",
        "encode it: `data=text.encode()`",
    ),
    r"data is a dict-like object|data must be (?:bytes|str),? (?:or|bytes)": (
        "a message of a WebSocket is text or bytes",
        "send `json.dumps(value)`",
    ),
    r"nonnumeric port": (
        "what stands between the host and the path is no port number",
        "write `host:8000`, or leave the colon out",
    ),
    r"InvalidURL|InvalidUrl|NonHttpUrl|LocationParseError|isn't a valid URI|InvalidURI|scheme \w* ?is invalid": (
        "what was asked for is no URL that this client takes",
        "write scheme, host, port and path: `http://127.0.0.1:8000/`, for a WebSocket `ws://127.0.0.1:8000/`",
    ),
    r"label (?:empty or )?too long|label empty": (
        "what is to be a host name is none: a part of it is empty, or longer than 63 bytes",
        "pass the name alone, without `http://` and path",
    ),
    r"ResponseNotReady: Idle": (
        "nothing has been asked on that connection, or its answer was taken already",
        "call request() first, and getresponse() once for each",
    ),
    r"HTTP(?:Status|Client)?Error.*\b(?:HTTP Error 4\d\d|4\d\d Client Error|Client error '4\d\d|HTTP 4\d\d)|"
    r"ClientResponseError: 4\d\d": (
        "the server refuses the request as it came, by that status (RFC 9110 section 15.5)",
        "compare what is sent with what the server takes: the fields, their names and kinds, the length",
    ),
    r"unexpected mimetype": (
        "the answer says in its Content-Type that it is something else",
        "let the server say `Content-Type: application/json`, or look at the status and the text first",
    ),
    r"cannot marshal None": (
        "XML-RPC has no None unless both ends allow it; a function without `return` gives None",
        "return something, or pass `allow_none=True` to the server and to ServerProxy()",
    ),
    r"exceeds XML-RPC limits": (
        "an int of XML-RPC has 32 bits",
        "send it as text",
    ),
    r"did not receive a valid HTTP response|server rejected WebSocket connection|WSServerHandshakeError|"
    r"Handshake status": (
        "what answered there does not speak WebSocket, or not at that path",
        "look at the host, port and path of the `ws://` URL, and at what the server answers",
    ),
    r"please run connect\(\) first": (
        NO_SESSION,
        "pass the host to SMTP(), or call connect(), and send all before quit(), which ends the session",
    ),
    r"AUTH extension not supported|No suitable authentication method": (
        "the server offers no login on this connection; many do so only after STARTTLS",
        "call starttls() before login(), or leave login() out",
    ),
    r"STARTTLS extension not supported": (
        "the server does not offer TLS on this connection",
        "use SMTP_SSL where TLS begins at once, as on port 465; without TLS, send no password",
    ),
    r"illegal in state NONAUTH": (
        "nobody has logged in yet",
        "call login() first",
    ),
    r"illegal in state AUTH": (
        "no mailbox has been selected yet",
        "call select() first",
    ),
}
"""As the table in `sayings`."""
