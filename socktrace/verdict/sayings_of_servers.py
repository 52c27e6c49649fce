"""What is said by frameworks that serve, of HTTP, WebSocket, gRPC and ZeroMQ: why, and what to do about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

OF_SERVERS: Mapping[str, tuple[str, str]] = {
    r"did not return a valid response|Missing return statement on request handler|"
    r"Handler .*should return (?:a )?response|'\w+' object has no attribute 'prepare'|No response returned": (
        "what was called for the request returned nothing, or nothing that can be an answer",
        "let it `return` an answer on each way through it, such as text, a dictionary or a Response",
    ),
    r"\bResponseValidationError\b": (
        "what the function returned is not as the `response_model`, or its annotation, says",
        "return what that says, or change it",
    ),
    r"'NoneType' object is not (?:callable|iterable)": (
        "None stands there where something else is needed: what was to give that returned nothing",
        "let the function return it on each way through it, such as an answer",
    ),
    r"Working outside of (?:request|application) context": (
        "no request is being answered there: `request`, `session` and the like belong to the thread that answers one",
        "take what you need from the request before you hand it on; outside of requests, `with app.app_context():`",
    ),
    r"signal only works in main thread|set_wakeup_fd only works in main thread": (
        "it sets handlers of signals, which only the main thread may do (`signal`)",
        "run it in the main thread; of Flask's `app.run()` pass `debug=False, use_reloader=False`",
    ),
    r"is not JSON serializable|PydanticSerializationError|Unable to serialize unknown type": (
        "what is to be sent as JSON has something in it that JSON does not know",
        "make it of text, numbers, lists and dictionaries first, or pass `default=str` to `json.dumps()`",
    ),
    r"Cannot call \"(?:send|close)\" once a (?:close|disconnect) message|Unexpected ASGI message 'websocket\.": (
        "the WebSocket was closed already: its client had left, or close() had been called",
        "leave the loop at `WebSocketDisconnect`, and send or close only while it is open",
    ),
    r"Need to call \"accept\" first|Cannot call \"receive\" once a disconnect message": (
        "the WebSocket has not been accepted, or is over",
        "`await websocket.accept()` first, and leave the loop at `WebSocketDisconnect`",
    ),
    r"\bWebSocketDisconnect\b|\bWebSocketClosedError\b": (
        "the client had left",
        "end what serves it when it leaves, such as in on_close(), or catch that error",
    ),
    r"server rejected WebSocket connection: HTTP 403|Handshake status 403|WSServerHandshakeError: 403": (
        "the server refused the WebSocket: what serves that path ended, or closed it, before it had accepted it",
        "compare the path with those that the server has, and let its function `await websocket.accept()` first",
    ),
    r"server rejected WebSocket connection: HTTP 5\d\d|Handshake status 5\d\d|WSServerHandshakeError: 5\d\d": (
        "an error ended what the server called for the WebSocket",
        "mend that error in the server, which prints or logs it",
    ),
    r"Received message .* is not (?:str|bytes|WSMsgType)|WSMessageTypeError": (
        "what came was no message of that kind: the other end had closed, or sent the other kind",
        "go on by `async for message in websocket`, which ends with it, or look at `message.type` first",
    ),
    r"Call \.prepare\(\) first": (
        "the answer has not been begun",
        "`await response.prepare(request)` first, of a WebSocket too",
    ),
    r"Cannot write to closing transport|ClientConnectionResetError": (
        "the connection was being closed, by the other end or by the program itself",
        "write while it is open, and catch ConnectionResetError where a client may leave",
    ),
    r"Too (?:much|little) data for declared Content-Length|Response content (?:longer|shorter) than Content-Length": (
        "the body is not as long as its header Content-Length says",
        "leave that header out, so that the library counts; it counts bytes, not characters",
    ),
    r"Cannot write\(\) after finish\(\)|finish\(\) called twice": (
        "the answer had been finished already",
        "call finish() once, with `return` behind it, and `await` all that the handler starts",
    ),
    r"write\(\) only accepts bytes, unicode, and dict": (
        "write() of Tornado takes text, bytes or a dictionary",
        "write a dictionary with the list in it, or `json.dumps()` of it",
    ),
    r"\bReactorNotRestartable\b": (
        "the reactor of Twisted runs once in a process, and had been stopped",
        "call `reactor.run()` once: begin all before it, and stop it when the last is done",
    ),
    r"\bReactorAlreadyRunning\b": (
        "the reactor of Twisted runs already",
        "call `reactor.run()` once; what is to happen in it, `reactor.callLater()` or callFromThread() gives it",
    ),
    r"\bReactorNotRunning\b": (
        "the reactor of Twisted did not run, or had been stopped before",
        "stop it once: `if reactor.running: reactor.stop()`",
    ),
    r"Data must (?:not be (?:unicode|str)|be bytes)|unicode not allowed, use \w+": (
        "messages are bytes, and this is text",
        "encode the text: `text.encode()`",
    ),
    r"\bAlreadyCalledError\b": (
        "a Deferred gives one result only",
        "call callback() or errback() once",
    ),
    r"StatusCode\.UNAVAILABLE": (
        "no gRPC server answers there, or it has ended",
        "start the server before you call, `server.start()`, keep it, and look at the host and port",
    ),
    r"StatusCode\.DEADLINE_EXCEEDED": (
        "no answer came within the call's `timeout`: its server was not started, or its threads are all at work",
        "call `server.start()`, let its functions answer sooner, let it have more workers, or allow more time",
    ),
    r"StatusCode\.UNIMPLEMENTED": (
        "the server has no method of that name",
        "compare the path, `/package.Service/Method`, with what was added to the server, and add it before start()",
    ),
    r"StatusCode\.UNKNOWN": (
        "an error ended the server's function",
        "mend it, or let the function answer by `context.abort(code, details)`",
    ),
    r"StatusCode\.RESOURCE_EXHAUSTED.*larger than max": (
        "a message is longer than its receiver takes: 4 MiB, if nobody says otherwise",
        "let it take more, `options=[('grpc.max_receive_message_length', size)]`, or send it in parts as a stream",
    ),
    r"StatusCode\.CANCELLED": (
        "the call was cancelled, or its channel closed, before the answer came",
        "keep the channel open until all calls have ended",
    ),
    r"StatusCode\.(?:UNAUTHENTICATED|PERMISSION_DENIED)": (
        "the server does not let this client do that",
        "send the credentials that it asks for, as `metadata=` or by the channel",
    ),
    r"StatusCode\.INTERNAL.*serializ": (
        "a message could not be made of what was given, or be read: the two ends take it for another kind",
        "give both ends the same serializers, and messages of that kind",
    ),
    r"StatusCode\.(?!OK\b)[A-Z_]+": (
        "the server's function refused the call, by that status",
        "look at what it says, and catch `grpc.RpcError` where that may be",
    ),
    r"ZMQError: Invalid argument \(addr=": (
        "an address of ZeroMQ has a transport, a host and a port",
        "write it whole: `tcp://127.0.0.1:5555`",
    ),
    r"ZMQError: No such device": (
        "bind() of ZeroMQ takes an address of this machine, and no name of a host",
        "bind an address, `tcp://127.0.0.1:5555`, or all of them, `tcp://*:5555`",
    ),
    r"ZMQError: Cannot assign requested address": (
        "this machine does not have that address",
        "bind `tcp://127.0.0.1:PORT` or `tcp://*:PORT`",
    ),
    r"zmq\.error\.Again": (
        "nothing had come, or nobody was there to take it, and the call does not wait longer (NOBLOCK, RCVTIMEO)",
        "wait by `socket.poll(timeout)`, or catch `zmq.Again`",
    ),
    r"ZMQError: Operation not supported": (
        "a socket of that type does not do that: PUB and PUSH only send, SUB and PULL only receive (zmq_socket(3))",
        "let each end have the type for what it does, such as REQ and REP for both ways",
    ),
    r"ZMQError: Socket operation on non-socket": (
        "the socket of ZeroMQ had been closed before",
        "use it within its `with`, before it is closed",
    ),
    r"ContextTerminated|Context was terminated": (
        "the context of ZeroMQ was ended while a socket of it was in use",
        "end the context last, when all its sockets are closed",
    ),
    r"Cannot invoke RPC on closed channel|Cannot invoke RPC: Channel closed": (
        "the channel had been closed before",
        "call within its `with`, before it is closed",
    ),
    r"is not a connected namespace|BadNamespaceError": (
        "the client of Socket.IO is not connected, or not any more",
        "connect() first, and send when the event `connect` has come",
    ),
}
"""As the table in `sayings`."""
