"""Why a call failed, and why a program had to be stopped: the sentence that a person would say, for each error."""

from __future__ import annotations

import os
import re
import selectors
import socket
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any

import pytest

from sitebuild.programs.store import Store
from socktrace.calls import witness
from socktrace.calls.stands import standing, threads
from socktrace.recorder import record
from socktrace.recording import Call, Endpoint, Lookup, Program, Socket, Stand
from socktrace.recording.streams import escape
from socktrace.verdict import Finding, judge
from socktrace.verdict.case import Case
from socktrace.verdict.causes import why
from socktrace.verdict.closes import cure
from socktrace.verdict.outside import cut_off
from support import handmade, website
from support.eras import SAYS_AN_ABRUPT_END, marked

WORDS = {
    "EINVAL": (r"the socket \d \(\S+\) does not listen", r"call listen\(\) after bind\(\), before accept\(\)"),
    "EISCONN": (r"has a connection to \S+ already, since line \d+", r"leave this connect\(\) out"),
    "EAGAIN": (r"nothing had come, and the .* does not wait: setblocking\(False\)", r"wait until it is ready"),
    "EPIPE": (r"the program itself had said that it would send no more", r"send before shutdown\(\)"),
    "EDESTADDRREQ": (r"the .* has nobody to send to", r"name the receiver"),
    "EMSGSIZE": (r"a datagram takes 65,507 bytes at most over IPv4, and 65,527 over IPv6", r"send it in parts"),
}


@pytest.mark.parametrize("error", WORDS)
def test_the_cause_of_an_error_is_said_in_words(error: str) -> None:
    recording = Store(website.ROOT).load("sockets/errors_are_objects.py")
    assert recording
    call = next(call for call in recording.calls if call.error == error)
    cause = why(Case(recording), call)
    assert cause
    for said, pattern in zip((cause.words, cause.fix), WORDS[error], strict=True):
        assert re.search(pattern, said), said


HANDSHAKES = {
    "[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert": "the server has nothing to offer .* without a certificate",
    "[SSL: NO_SHARED_CIPHER] no shared cipher": "the server has nothing to offer",
    "[SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert": "no version of TLS in common",
    "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13": "asks for the client's certificate, and gets none",
    "[SSL] record layer failure (_ssl.c:1033)": "the other end does not speak TLS",
    "[SSL: UNEXPECTED_MESSAGE] unexpected message": "spoke out of turn, as a second client does",
    "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch": "made out to another name",
    "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired": "has expired",
    "[SSL: SSLV3_ALERT_CERTIFICATE_EXPIRED] sslv3 alert certificate expired": "has expired",
    "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate is not yet valid": "not valid yet",
    "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed": "does not trust the certificate",
}


@pytest.mark.parametrize("said", HANDSHAKES)
def test_a_handshake_that_failed_is_told_by_its_reason(said: str) -> None:
    one = handmade.recording(exit_code=1, stderr=f"Traceback (most recent call last):\nssl.SSLError: {said}\n")
    (found,) = judge(one, strict=False)
    assert re.search(HANDSHAKES[said], found.message), found
    assert found.tells == "handshake"


SAYINGS = {
    "ConnectionClosedError: sent 1011 (internal error) keepalive ping timeout": "a ping of the WebSocket",
    "zmq.error.ZMQError: Address already in use (addr='tcp://127.0.0.1:5')": "has that address already",
    "KeyError: <socket.socket [closed] fd=-1, family=2, type=1, proto=0>": "was closed",
    "http.client.BadStatusLine: hello": "no answer of HTTP",
    "ssl.SSLError: [X509: KEY_VALUES_MISMATCH] key values mismatch (_ssl.c:3926)": "is not the one that the certif",
    "ssl.SSLError: [SSL] PEM lib (_ssl.c:3926)": "no certificate or key of that kind",
    "ftplib.error_reply: 226 Transfer complete.": "the reply to the transfer before",
    "AttributeError: 'tuple' object has no attribute 'sendall'": "of a UDPServer",
    "ConcurrencyError: cannot call recv while another coroutine is already running recv": "two tasks read",
    "ValueError: Invalid file descriptor: -1": "has no descriptor any more",
    "KeyError: '<socket.socket [closed] fd=-1, family=1, type=1, proto=0> (FD 5) is already registered'": "is closed",
    "OSError: AF_UNIX path too long": "107 bytes at most on Linux",
    "TypeError: __main__.handle() argument after * must be an iterable, not socket": "are a tuple",
    "TypeError: cannot unpack non-iterable method object": "was not called",
    "TypeError: POST data should be bytes, an iterable of bytes, or a file object.": "is bytes, and this is text",
    "OSError: unsupported XML-RPC protocol": "begins with its scheme",
    "Pyro5.errors.PyroError: remote object 'PYRO:a' doesn't expose any methods or attributes.": "what a class exposes",
    "paramiko.ssh_exception.SSHException: Server '[127.0.0.1]:5' not found in known_hosts": "no key of that server",
    "xmlrpc.client.Fault: <Fault 1: 'method \"add\" is not supported'>": "no function of that name",
    "smtplib.SMTPAuthenticationError: (535, b'bad credentials')": "does not take that user and password",
    "httpx.HTTPStatusError: Server error '500 No' for url 'http://a/'\nFor more information: b": "says that it failed",
    "requests.exceptions.HTTPError: 415 Client Error: UNSUPPORTED MEDIA TYPE for url: http://a/": "not of the kind",
    "urllib.error.HTTPError: HTTP Error 401: Unauthorized": "wants a login",
    "httpx.HTTPStatusError: Client error '422 Unprocessable' for url 'http://a/'": "refuses the request as it came",
    "ConnectionClosedError: received 1009 (message too big) frame exceeds limit": "longer than the receiver takes",
    "AttributeError: 'Upper' object has no attribute 'rfile'": "only a StreamRequestHandler",
    "AttributeError: 'socket' object has no attribute 'readline'": "a socket is no file",
    "AttributeError: 'StreamWriter' object has no attribute 'send'": "no method of a stream of asyncio",
    "AttributeError: 'HTTPResponse' object has no attribute 'json'": "two kinds of answers",
    "TypeError: data argument must be a bytes-like object, not 'coroutine'": "called and not awaited",
    "urllib.error.HTTPError: HTTP Error 500: Internal Server Error": "says that it failed",
    "requests.exceptions.HTTPError: 404 Client Error: Not Found for url: http://127.0.0.1:80/": "nothing at that path",
    "requests.exceptions.TooManyRedirects: Exceeded 30 redirects.": "in a circle",
    "smtplib.SMTPDataError: (500, b'Error: (AssertionError)')": "gave no reply to send",
    "smtplib.SMTPDataError: (554, b'no')": "refuses that",
    "smtplib.SMTPRecipientsRefused: {'b@example.org': (550, b'not here')}": "refuses that",
    "ftplib.error_perm: 530 Login incorrect.": "does not know that user",
    "ftplib.error_perm: 550 Not enough privileges.": "no right to it",
    "poplib.error_proto: b'-ERR no such user'": "by this reply",
    "AttributeError: cannot access 'add'": "only what a service exposes",
    "tornado.simple_httpclient.HTTPTimeoutError: Timeout during request": "no answer came in time",
    "AttributeError: '_RequestContextManager' object has no attribute 'text'": "gives a context manager",
    "websockets.exceptions.ConnectionClosedError: received 1011 (internal error)": "ended the handler at the other",
    "TypeError: Chat.handle() missing 1 required positional argument: 'path'": "passes other arguments",
    "http.client.CannotSendRequest: Request-sent": "has not been read",
    "RuntimeError: readuntil() called while another coroutine is already waiting for incoming data": "two tasks read",
    "ssl.SSLWantReadError: The operation did not complete (read) (_ssl.c:992)": "the socket does not",
    "RuntimeError: Task <Task> got Future <Future pending> attached to a different loop": "used in another",
    "RuntimeError: Event loop is closed": "has come to its end",
    "RuntimeError: File descriptor 7 is used by transport <_SelectorSocketTransport fd=7>": "has that socket already",
    "OSError: cannot read from timed out object": "a time-out met that file before",
    "socket.gaierror: [Errno -9] Address family for hostname not supported": "one family and the address of the other",
    "TypeError: AF_INET address must be tuple, not str": "a pair of host and port",
    "TypeError: socket.connect() takes exactly one argument (2 given)": "a pair of host and port",
    "TypeError: 'str' object cannot be interpreted as an integer": "a port is a number",
    "paramiko.ssh_exception.SSHException: No existing session": "speaks SSH",
    "urllib3.exceptions.EmptyPoolError: HTTPConnectionPool(host='a'): Pool is empty": "all connections of the pool",
    "RuntimeError: Session is closed": "had been closed before",
    "RuntimeError: Cannot send a request, as the client has been closed.": "had been closed before",
    "ValueError: Separator is not found, and chunk exceed the limit": "longer than the limit",
    "ValueError: the socket must be non-blocking": "a socket that does not wait",
    "websockets.exceptions.ConnectionClosedOK: received 1000 (OK)": "had closed the WebSocket",
    "zmq.error.ZMQError: Operation cannot be accomplished in current state": "in turn",
    "TypeError: a bytes-like object is required, not 'str'": "sockets carry bytes, not text",
    "AttributeError: 'coroutine' object has no attribute 'decode'": "called and not awaited",
    "TypeError: cannot unpack non-iterable coroutine object": "called and not awaited",
    "TypeError: object NoneType can't be used in 'await' expression": "no coroutine",
    "RuntimeError: Timeout context manager should be used inside a task": "outside of a task",
    "anyio.ClosedResourceError": "the program itself had closed that stream",
    "gevent.exceptions.ConcurrentObjectUseError: This socket is already used by another greenlet": "two greenlets use",
    "gevent.exceptions.LoopExit: This operation would block forever": "all greenlets wait",
    "greenlet.error: cannot switch to a different thread": "in another thread",
    "requests.exceptions.MissingSchema: Invalid URL '127.0.0.1:80': No scheme supplied.": "begins with its scheme",
    "http.client.InvalidURL: nonnumeric port: 'x'": "no port number",
    "UnicodeError: encoding with 'idna' codec failed (UnicodeError: label empty or too long)": "is none",
    "http.client.ResponseNotReady: Idle": "nothing has been asked",
    "ContentTypeError: 200, message='Attempt to decode JSON with unexpected mimetype: text/html'": "Content-Type",
    "TypeError: cannot marshal None unless allow_none is enabled": "XML-RPC has no None",
    "OverflowError: int exceeds XML-RPC limits": "32 bits",
    "websockets.exceptions.InvalidStatus: server rejected WebSocket connection: HTTP 404": "does not speak WebSocket",
    "smtplib.SMTPServerDisconnected: please run connect() first": "has no connection",
    "smtplib.SMTPNotSupportedError: SMTP AUTH extension not supported by server.": "offers no login",
    "smtplib.SMTPNotSupportedError: STARTTLS extension not supported by server.": "does not offer TLS",
    "imaplib.IMAP4.error: command SEARCH illegal in state AUTH, only allowed in": "no mailbox",
    "imaplib.IMAP4.error: command SEARCH illegal in state NONAUTH, only allowed in": "nobody has logged in",
    "pymysql.err.InternalError: Packet sequence number wrong - got 1 expected 2": "two threads use one connection",
    "pymysql.err.InternalError: Packet sequence number wrong - got 32 expected 0": "no MySQL server",
    "httpx.RuntimeError: Cannot open a client instance more than once.": "entered twice",
    "httpx.StreamConsumed: Attempted to read or stream some content": "can be read once",
    "httpx.ResponseNotRead: Attempted to access streaming response content": "has not been read yet",
    "RuntimeError: Attempted to send an sync request with an AsyncClient instance.": "one half of that is for `await`",
    "httpx.InvalidURL: Invalid port: 'bad'": "no URL that this client takes",
    "websockets.exceptions.InvalidURI: http://a isn't a valid URI": "no URL that this client takes",
    "ValueError: data and json parameters can not be used at the same time": "one body",
    "TypeError: Unexpected type for 'content', <class 'dict'>": "cannot send",
    "requests.exceptions.RetryError: Max retries (Caused by ResponseError('too many 503 error responses'))": "failed",
    "requests.exceptions.InvalidHeader: Header value must be str": "text of one line",
    "UnicodeEncodeError: Body ('\u0107') is not valid Latin-1. Use body.encode('utf-8')": "sent as Latin-1",
    "TypeError: data is a dict-like object": "text or bytes",
    "tornado.httpclient.HTTPClientError: HTTP 500: Internal Server Error": "says that it failed",
    "AttributeError: '_asyncio.Future' object has no attribute 'body'": "that is a Future",
    "AttributeError: 'Deferred' object has no attribute 'decode'": "that is a Deferred",
    "AttributeError: 'Greenlet' object has no attribute 'decode'": "not what it returns",
    "TypeError: 'async_generator' object is not iterable": "other objects than `async with`",
    "TypeError: Trio was expecting an async function, but instead it got a coroutine object": "not the function",
    "RuntimeError: must be called from async context": "no event loop runs there",
    "trio.TooSlowError": "took longer than that",
    "anyio.WouldBlock": "without waiting",
    "asyncio.exceptions.InvalidStateError: invalid state": "its result once",
    "TypeError: The view function for 'index' did not return a valid response.": "returned nothing",
    "TypeError: 'NoneType' object is not callable": "None stands there",
    "fastapi.exceptions.ResponseValidationError: 1 validation error": "as the `response_model`",
    "RuntimeError: Working outside of request context.": "no request is being answered",
    "ValueError: signal only works in main thread of the main interpreter": "only the main thread",
    "TypeError: Object of type datetime is not JSON serializable": "JSON does not know",
    'RuntimeError: Cannot call "send" once a close message has been sent.': "was closed already",
    'RuntimeError: WebSocket is not connected. Need to call "accept" first.': "has not been accepted",
    "starlette.websockets.WebSocketDisconnect: (1000, '')": "the client had left",
    "tornado.websocket.WebSocketClosedError": "the client had left",
    "websockets.exceptions.InvalidStatus: server rejected WebSocket connection: HTTP 403": "refused the WebSocket",
    "websocket._exceptions.WebSocketBadStatusException: Handshake status 500 Internal": "an error ended what",
    "aiohttp.http_websocket.WSMessageTypeError: Received message 257:None is not str": "no message of that kind",
    "RuntimeError: Call .prepare() first": "has not been begun",
    "aiohttp.ClientConnectionResetError: Cannot write to closing transport": "was being closed",
    "h11.LocalProtocolError: Too much data for declared Content-Length": "not as long as its header",
    "RuntimeError: Cannot write() after finish()": "had been finished already",
    "TypeError: write() only accepts bytes, unicode, and dict objects": "text, bytes or a dictionary",
    "twisted.internet.error.ReactorNotRestartable": "runs once in a process",
    "twisted.internet.error.ReactorAlreadyRunning": "runs already",
    "twisted.internet.error.ReactorNotRunning: Can't stop reactor that isn't running.": "did not run",
    "TypeError: unicode not allowed, use send_string": "messages are bytes",
    "twisted.internet.defer.AlreadyCalledError": "one result only",
    "grpc.RpcError: <of RPC that terminated with:\n\tstatus = StatusCode.UNAVAILABLE\n\tdetails = 'x'": "no gRPC",
    "grpc.RpcError: <of RPC that terminated with:\n\tstatus = StatusCode.DEADLINE_EXCEEDED": "no answer came within",
    "grpc.RpcError: <of RPC that terminated with:\n\tstatus = StatusCode.UNIMPLEMENTED": "no method of that name",
    "grpc.RpcError: <of RPC that terminated with:\n\tstatus = StatusCode.UNKNOWN": "ended the server's function",
    "grpc.RpcError: <of that:\n\tstatus = StatusCode.RESOURCE_EXHAUSTED\n\tdetails = 'larger than max": "4 MiB",
    "grpc.RpcError: <of RPC that terminated with:\n\tstatus = StatusCode.CANCELLED": "was cancelled",
    "grpc.RpcError: <of RPC that terminated with:\n\tstatus = StatusCode.UNAUTHENTICATED": "does not let this client",
    "grpc.RpcError: <of that:\n\tstatus = StatusCode.INTERNAL\n\tdetails = 'Exception serializing": "another kind",
    "grpc.RpcError: <of RPC that terminated with:\n\tstatus = StatusCode.NOT_FOUND": "by that status",
    "zmq.error.ZMQError: Invalid argument (addr='127.0.0.1:5')": "a transport, a host and a port",
    "zmq.error.ZMQError: No such device (addr='tcp://here:5')": "no name of a host",
    "zmq.error.ZMQError: Cannot assign requested address (addr='tcp://192.0.2.1:5')": "does not have that address",
    "zmq.error.Again: Resource temporarily unavailable": "does not wait longer",
    "zmq.error.ZMQError: Operation not supported": "only send",
    "zmq.error.ZMQError: Socket operation on non-socket": "had been closed before",
    "zmq.error.ContextTerminated: Context was terminated": "while a socket of it was in use",
    "ValueError: Cannot invoke RPC on closed channel!": "had been closed before",
    "socketio.exceptions.BadNamespaceError: / is not a connected namespace.": "is not connected",
    "redis.exceptions.AuthenticationError: Authentication required.": "wants a password",
    "redis.exceptions.ResponseError: WRONGTYPE Operation against a key": "another kind of value",
    "redis.exceptions.InvalidResponse: Protocol Error: b'HTTP/1.0 400 Bad'": "the protocol of Redis",
    "redis.exceptions.DataError: Invalid input of type: 'dict'.": "bytes, text and numbers only",
    "RuntimeError: pubsub connection not set: did you forget to call subscribe() or psubscribe()?": "subscribed to yet",
    "redis.exceptions.ResponseError: unknown command 'X'": "refuses that command",
    'pymysql.err.OperationalError: (1045, "Access denied for user")': "does not take that user",
    "pymysql.err.InterfaceError: (0, '')": "had been closed before",
    "asyncpg.exceptions.InterfaceError: another operation is in progress": "at the same time",
    'pymysql.err.OperationalError: (1040, "Too many")': "as many connections as it allows",
    "paramiko.ssh_exception.AuthenticationException: Authentication failed.": "with that password or key",
    "asyncssh.misc.HostKeyNotVerifiable: Host key is not trusted": "not the one that is known",
    "paramiko.ssh_exception.ChannelException: (1, 'Administratively prohibited')": "no channel of that kind",
    "paramiko.ssh_exception.SSHException: SSH session not active": "has no connection",
    "paramiko.ssh_exception.PasswordRequiredException: Private key file is encrypted": "cannot be read from that file",
    "paramiko.ssh_exception.IncompatiblePeer: Incompatible ssh peer (no acceptable kex algorithm)": "in common",
    "paramiko.sftp.SFTPError: Garbage packet received": "something else",
    "RuntimeError: Message publish failed: The client is not currently connected.": "was not connected",
    "ValueError: Publish topic cannot contain wildcards.": "only who subscribes",
    "pika.exceptions.ProbableAuthenticationError: (403, 'ACCESS_REFUSED')": "the broker does not take",
    "pika.exceptions.ChannelClosedByBroker: (404, 'NOT_FOUND')": "the broker closed the channel",
    "pika.exceptions.ChannelWrongStateError: Channel is closed.": "had been closed before",
    "pymemcache.exceptions.MemcacheIllegalInputError: Key contains whitespace: b'a b'": "no blanks",
    "TypeError: can't concat str to bytes": "is bytes",
    'TypeError: can only concatenate str (not "bytes") to str': "is bytes",
    "AttributeError: 'bytes' object has no attribute 'encode'": "bytes already",
    "AttributeError: 'str' object has no attribute 'decode'": "text already",
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x80 in position 0: invalid start byte": "no whole text",
    "_pickle.UnpicklingError: invalid load key, 'h'.": "does not begin as a pickle does",
    "RuntimeError: Set changed size during iteration": "puts in or takes out meanwhile",
    "ValueError: I/O operation on closed file.": "had been closed before",
    "io.UnsupportedOperation: not readable": "for one direction only",
    "TypeError: cannot pickle 'SSLContext' object": "pickled on the way",
    "RuntimeError: can't start new thread": "as many threads as may be",
    "concurrent.futures.process.BrokenProcessPool: A process in the process pool was": "before its work was done",
    "AttributeError: partially initialized module 'socket' has no attribute 'socket'": "has the name of a module",
    "AttributeError: module 'ssl' has no attribute 'wrap_socket'": "up to Python 3.11 only",
    "ValueError: Cannot set verify_mode to CERT_NONE when check_hostname is enabled.": "cannot check the name",
    "ValueError: Timeout value out of range": "a number of seconds",
    "urllib.error.HTTPError: HTTP Error 501: Unsupported method ('GET')": "calls `do_GET()` for GET",
    "requests.exceptions.HTTPError: 501 Server Error: Unsupported method ('GET')": "no method of that",
    "socket.gaierror: [Errno -8] Servname not supported for ai_socktype": "no service has it",
    "TypeError: sendto(): AF_INET address must be tuple, not NoneType": "no receiver is named",
    "AssertionError: write() argument must be a bytes instance": "an application of WSGI",
    "BrokenPipeError: [Errno 32] Broken pipe": "who read what it prints had gone",
}


@pytest.mark.parametrize("said", SAYINGS)
def test_an_error_that_no_call_had_is_told_by_what_is_said(said: str) -> None:
    one = handmade.recording(exit_code=1, stderr=f"Traceback (most recent call last):\n{said}\n")
    (found,) = judge(one, strict=False)
    assert SAYINGS[said] in found.message, found
    assert not found.fix.startswith("read what it wrote"), found


WITHIN = (
    ("create_connection", "ValueError: too many values to unpack (expected 2)", "a pair of host and port"),
    ("split", "ValueError: too many values to unpack (expected 2)", ""),
    ("_reduce_socket", "OSError: [Errno 9] Bad file descriptor", "was closed before it was on its way"),
    ("read", "OSError: [Errno 9] Bad file descriptor", ""),
)


@pytest.mark.parametrize(("function", "said", "words"), WITHIN)
def test_what_is_said_of_many_things_is_told_by_the_function_that_raised_it(
    function: str, said: str, words: str
) -> None:
    frames = f'  File "made.py", line 9, in f\n  File "/lib/python3/it.py", line 5, in {function}\n'
    one = handmade.recording(exit_code=1, stderr=f"Traceback (most recent call last):\n{frames}{said}\n")
    (found,) = judge(one, strict=False)
    assert (words in found.message, found.fix.startswith("read what it wrote")) == (True, not words), found


@pytest.mark.parametrize("said", ["requests.exceptions.ReadTimeout: Pool: Read timed out.", "URLError: time out"])
def test_an_error_of_a_socket_is_known_by_what_a_library_says_of_it(said: str) -> None:
    traceback = f'Traceback (most recent call last):\n  File "made.py", line 7, in <module>\n{said}\n'
    calls = (handmade.call(0, 0, 1, "listen", 1), handmade.call(1, 2, 1, "accept", 7, error="TimeoutError", via="lib"))
    one = handmade.recording(exit_code=1, stderr=traceback, sockets=(handmade.tcp(1, "listener"),), calls=calls)
    found = next(finding for finding in judge(one, strict=False) if finding.event == "failure")
    assert found.message == f"it exited with status 1: {said}: nobody called the listening socket 1"


def test_what_a_library_caught_is_not_taken_for_what_the_program_died_of() -> None:
    caught = "Exception in a handler of served at made.py:3:\nTraceback (most recent call last):\nKeyError: 'milk'\n"
    died = 'Traceback (most recent call last):\n  File "made.py", line 7, in <module>\nValueError: no\n'
    one = handmade.recording(exit_code=1, stderr=caught + died)
    found = [(finding.line, finding.message) for finding in judge(one, strict=False)]
    assert found == [
        (3, "an error ended what served had called: KeyError: 'milk'"),
        (7, "it exited with status 1: ValueError: no"),
    ]


def test_what_differs_in_numbers_only_is_told_once_where_no_line_tells() -> None:
    packets = tuple(
        handmade.segment(at, Endpoint("127.0.0.1", 40000 + at), "SYN", destination=handmade.SERVER) for at in range(3)
    )
    (found,) = (one for one in judge(handmade.recording(packets=packets), strict=False) if one.event == "unanswered")
    assert found.count == 3


@pytest.mark.parametrize(
    ("name", "on_host", "told"),
    [("example.org", False, True), ("example.org", True, False), (None, False, False)],
)
def test_that_it_was_alone_is_said_of_a_program_that_wanted_others(name: str | None, on_host: bool, told: bool) -> None:
    lookups = (Lookup(name, 1, ""),) if name else ()
    case = Case(handmade.recording(lookups=lookups, on_host=on_host))
    assert (cut_off(case, "OSError: [Errno 99] Cannot assign requested address") is not None) == told
    assert cut_off(case, "OSError: [Errno 98] Address already in use") is None


CURES = {
    ("", "client"): "close it where it was opened: `with`",
    ("__main__", "client"): "close it where it was opened: `with`",
    ("asyncio.selector_events", "client"): "close its writer or transport",
    ("asyncio.base_events", "listener"): "close the server: `async with server`",
    ("aiohappyeyeballs.impl", "client"): "close the session: `async with aiohttp.ClientSession()",
    ("httpcore._backends.sync", "client"): "close the client: `with httpx.Client()",
    ("smtplib", "client"): "end the session: `quit()`",
    ("redis.connection", "client"): "close what opened it, an object of redis: `close()`",
}


@pytest.mark.parametrize(("via", "role"), CURES)
def test_the_cure_of_a_socket_that_is_left_open_names_what_opened_it(via: str, role: str) -> None:
    opened = handmade.call(0, 0, 1, "socket", 1, via=via)
    assert cure(opened, handmade.tcp(1, role)).startswith(CURES[via, role])


UNTRUSTED = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate"
UNKNOWN, NOTHING = "[SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert", "[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert"
BY_SIDE = {
    (UNTRUSTED, "client"): ("the client does not trust the certificate", "give the client's context what to trust"),
    (UNTRUSTED, "accepted"): ("the server does not trust the client's certificate", "give the server's context"),
    (UNKNOWN, "accepted"): ("the client does not trust the certificate", "give the client's context what to trust"),
    (UNKNOWN, "client"): ("the server does not trust the client's certificate", "give the server's context"),
    (NOTHING, "client"): ("the server asks for the client's certificate, and gets none", "context its own"),
    ("EOF occurred in violation of protocol", "client"): ("the other end closed the connection", "look at its own err"),
}


@pytest.mark.parametrize(("said", "role"), BY_SIDE)
def test_a_certificate_that_is_refused_is_told_by_whose_it_is(said: str, role: str) -> None:
    """A server may ask for one too, and an alert comes to the end that has shown it."""
    sockets = (
        replace(handmade.tcp(1, "client", handmade.CLIENT, handmade.SERVER), tls=True),
        replace(handmade.tcp(2, "accepted", handmade.SERVER, handmade.CLIENT), tls=True),
        handmade.tcp(3, "listener", handmade.SERVER),
    )
    calls = (
        handmade.call(0.0, 0.1, 3, "listen", 1, local=handmade.SERVER),
        handmade.call(0.1, 0.2, 1, "socket", 1),
        handmade.call(0.3, 0.9, 1, "connect", 2, local=handmade.CLIENT, peer=handmade.SERVER),
        handmade.call(0.9, 0.95, 3, "accept", 1, made=2, local=handmade.SERVER, peer=handmade.CLIENT),
        *(handmade.call(one.id, one.id + 0.1, one.id, "adopt", 3 if one.role == role else 8) for one in sockets[:2]),
    )
    packets = (
        handmade.segment(0.4, handmade.CLIENT, "SYN"),
        handmade.segment(0.5, handmade.SERVER, "SYN ACK", 0, 1),
        handmade.segment(0.6, handmade.CLIENT, "ACK", 1, 1),
        handmade.segment(2.0, handmade.CLIENT, "ACK PSH", 1, 1, b"\x16" + bytes(99)),
        handmade.segment(2.1, handmade.SERVER, "ACK PSH", 1, 101, b"\x16" + bytes(99)),
    )
    stderr = f'Traceback (most recent call last):\n  File "made.py", line 3, in main\nssl.SSLError: {said}\n'
    one = handmade.recording(exit_code=1, stderr=stderr, sockets=sockets, calls=calls, packets=packets)
    found = next(found for found in judge(one, strict=False) if found.tells == "handshake")
    words, fix = BY_SIDE[said, role]
    assert (words in found.message, fix in found.fix) == (True, True), found


@pytest.mark.parametrize(("last", "event"), [(24, "handshake"), (58, "reset")])
def test_a_client_that_leaves_after_the_handshake_has_not_failed_in_it(last: int, event: str) -> None:
    """In TLS 1.3 an alert looks like any other record, but is shorter than what ends a handshake."""
    sockets = tuple(
        replace(handmade.tcp(number, role, here, there), tls=True)
        for number, role, here, there in (
            (1, "client", handmade.CLIENT, handmade.SERVER),
            (2, "accepted", handmade.SERVER, handmade.CLIENT),
        )
    )
    calls = (
        handmade.call(0.1, 0.2, 1, "socket", 1),
        handmade.call(0.3, 0.9, 1, "connect", 2, local=handmade.CLIENT, peer=handmade.SERVER),
        handmade.call(0.9, 1.0, 2, "adopt", 8, thread=1),
        handmade.call(1.0, 1.1, 1, "adopt", 3),
        handmade.call(1.0, 2.0, 1, "recv", 4, "ssl.recv", error="ECONNRESET"),
        handmade.call(5.0, 5.1, 1, "close", 3),
        handmade.call(6.0, 6.1, 2, "close", 9, thread=1),
    )
    packets = (
        handmade.segment(0.4, handmade.CLIENT, "SYN"),
        handmade.segment(0.5, handmade.SERVER, "SYN ACK", 0, 1),
        handmade.segment(0.6, handmade.CLIENT, "ACK", 1, 1),
        handmade.segment(2.0, handmade.CLIENT, "ACK PSH", 1, 1, b"\x16" + bytes(99)),
        handmade.segment(2.1, handmade.SERVER, "ACK PSH", 1, 101, b"\x16" + bytes(99)),
        handmade.segment(2.2, handmade.CLIENT, "ACK PSH", 101, 101, b"\x17" + bytes(last - 1)),
        handmade.segment(5.05, handmade.CLIENT, "RST ACK", 101 + last, 101),
    )
    found = judge(handmade.recording(sockets=sockets, calls=calls, packets=packets), strict=False)
    assert [one.event for one in found if one.event in ("handshake", "reset")] == [event], found


SOCKETS = (
    handmade.tcp(1, "client"),
    handmade.udp(2, handmade.CLIENT),
    replace(handmade.udp(3, handmade.OTHER), local=None),
    *(Socket(number, "AF_UNIX", "SOCK_STREAM", "socketpair", "pair") for number in (4, 5)),
)


def stopped(calls: Sequence[Call], *stands: Stand) -> Finding:
    """Judge a program of two sockets that was stopped after a second."""
    calls = [*(handmade.call(0, 0, one.id, "socket", 1) for one in SOCKETS[:3]), *calls]
    sockets = tuple(one for one in SOCKETS if any(call.socket == one.id for call in calls))
    one = handmade.recording(exit_code=None, milliseconds=1e3, sockets=sockets, calls=tuple(calls), stands=stands)
    return next(found for found in judge(one, strict=False) if found.event == "hang")


def again(last: float, socket: int, names: Sequence[str], size: int) -> list[Call]:
    """Make calls at line 5, one every ten milliseconds; the last one returns at a time in milliseconds."""
    times = [last - 10 * number for number in reversed(range(len(names)))]
    return [handmade.call(at, at, socket, name, 5, size=size) for at, name in zip(times, names, strict=True)]


READS, ECHOES = ["recv"] * 9, ["send", "recv"] * 9
RUNS, READ = Stand(0, "main", "MainThread", 9), Stand(0, "thread", "server", 5, "", "recv", "recv", 1)
JOINS = Stand(0, "main", "MainThread", 8, "", "join", on="server")
LOADS = Stand(0, "main", "MainThread", 2, "", "import")
STOPS, SERVES = Stand(0, "main", "", 8, "", "shutdown"), Stand(0, "thread", "of 2", None, "", "go", "recv", 1)
WAITS = Stand(0, "main", "MainThread", 8, "", "os.waitpid")
SLEEPS, TASK = Stand(0, "main", "", 9, "", "run", on="asleep"), Stand(0, "task", "main", 7, "", "get")
PINGS = Stand(0, "main", "MainThread", 9, "", "ping")
IDLE = Stand(0, "thread", "serves", None, "", "serve_forever", "accept", 1)
STATUS, THEIRS = Stand(0, "main", "", 8, "", "recv_exit_status"), Stand(0, "thread", "of it", None, "", "run")
ENDS = Stand(0, "main", "MainThread", None, "", "_shutdown")
SELECTS = Stand(0, "main", "MainThread", 9, "", "select")
PAIRED = (
    handmade.call(0, 0, 4, "socketpair", 1, made=5),
    handmade.call(0, 0, 5, "socketpair", 1),
)
STOPPED = {
    "it reads the end": (again(990, 1, READS, 0), [RUNS], 5, "reads the end .*, 9 times so far$", "leave the"),
    "a thread does": (again(990, 1, READS, 0), [JOINS, READ], 5, "reads the end .*; line 8 waits in join", "leave the"),
    "it sends on what it read": (again(990, 1, ECHOES, 0), [RUNS], 5, "reads the end .*, 9 times", "leave the"),
    "datagrams may be empty": (again(990, 2, READS, 0), [RUNS], 9, "line 9 was at work: its last call", "more time"),
    "it has much to do": (again(990, 1, ECHOES, 1), [RUNS], 9, r"at work: .* socket, recv\(\), had", "more time"),
    "it had much to do": (again(500, 1, ECHOES, 1), [RUNS], 9, "it stood at line 9$", "a timeout"),
    "it had read the end": (again(500, 1, READS, 0), [JOINS, READ], 8, "; line 5 .* waits in recv", "join"),
    "it has done little": (again(990, 1, ["send"], 1), [RUNS], 9, "it stood at line 9$", "a timeout"),
    "a library's thread waits": (
        [],
        [STOPS, SERVES],
        8,
        r"line 8 waits in .*; the thread 'of 2' waits in go\(\) on",
        "a",
    ),
    "a task waits in what is called run": (
        [],
        [Stand(0, "main", "MainThread", 9, "", "run"), Stand(0, "task", "main", 4, "", "run")],
        4,
        r"line 4 \(the task 'main'\) waits in run\(\)$",
        "a timeout",
    ),
    "its library's server is told to stop": ([], [STOPS, READ], 8, "line 8 waits in shutdown", "a timeout"),
    "its child is waited for": (
        [],
        [WAITS],
        8,
        r"line 8 waits in os.waitpid\(\) for a child process to end$",
        "a timeout",
    ),
    "its loop sleeps": (
        [],
        [SLEEPS, TASK],
        7,
        "line 7 .* waits in get.*; its event loop sleeps",
        "call_soon_threadsafe",
    ),
    "its pool is empty": (
        [],
        [Stand(0, "main", "", 8, "", "request", on="pool"), SERVES],
        8,
        r"waits in request\(\) for a connection of its pool, and all are given out;",
        "give each connection back",
    ),
    "its server has clients": (
        [],
        [Stand(0, "task", "main", 8, "", "wait_closed"), Stand(0, "task", "handle", 5)],
        8,
        r"waits in wait_closed\(\); the task 'handle' stood at line 5$",
        "close its clients first",
    ),
    "its server is idle": ([], [PINGS, IDLE], 9, r"line 9 waits in ping\(\)$", "a timeout"),
    "its server goes on": ([], [ENDS, IDLE], 1, r"other threads went on; .* serve_forever\(\)", "call `shutdown"),
    "it blocks its loop": (
        [],
        [Stand(0, "main", "", 8, "", "urlopen", on="blocks")],
        8,
        r"line 8 waits in urlopen\(\), and its event loop with it$",
        "to_thread",
    ),
    "one caller too many is waited for": (
        [],
        [JOINS, Stand(0, "thread", "server", 5, "", "accept", "accept", 1)],
        8,
        r"line 5 .* waits in accept\(\) for somebody to call",
        "count the callers",
    ),
    "its server serves another": (
        [],
        [PINGS, Stand(0, "thread", "serves", None, "", "serve_forever", "recv", 1)],
        9,
        r"line 9 waits in ping\(\); the thread 'serves' is in serve_forever\(\) on the",
        "a timeout",
    ),
    "its question met nobody": (
        [
            handmade.call(1, 1, 2, "send", 6, size=1, peer=handmade.SERVER),
            handmade.call(2, 2, 2, "recv", None, error="ECONNREFUSED"),
        ],
        [Stand(0, "task", "main", 9)],
        9,
        "the task 'main' stood at line 9; no socket had .* when the datagram sent at line 6 came there$",
        "send to a socket that is bound",
    ),
    "it never waits": (
        [],
        [Stand(0, "main", "", 9, on="busy"), READ],
        9,
        "it stood at line 9, and worked all the time: it did not wait;",
        "ask for writing only while",
    ),
    "nobody sets what it waits for": (
        [],
        [Stand(0, "task", "main", 9, "", "wait")],
        9,
        r"waits in wait\(\)$",
        "is to set",
    ),
    "it asks how it ended before it has read": (
        [],
        [STATUS, THEIRS],
        8,
        r"line 8 waits in recv_exit_status\(\)",
        "read stdout and stderr to their ends first",
    ),
    "its child fills a pipe": (
        [],
        [Stand(0, "main", "", 8, "", "Popen.wait", on="full")],
        8,
        r"waits in Popen.wait\(\) for a child process to end, whose output nobody reads, and there is no room for more",
        "communicate",
    ),
    "its child waits for a reader": (
        [],
        [WAITS, Stand(0, "child", "", 5, "", "start", on="queued")],
        8,
        r"; line 5 \(a child process\) waits in start\(\) until somebody takes what it has put into a queue$",
        "before you join that process",
    ),
    "its greenlets wait with it": (
        [],
        [Stand(0, "main", "", 8, "", "recv", "recv", 1, "unpatched")],
        8,
        r"line 8 waits in recv\(\) on the connecting socket 1, and all greenlets of its thread with it$",
        "monkey.patch_all",
    ),
    "its tasks go on": (
        [],
        [Stand(0, "task", "main", 8, "", "__aexit__", on="nursery")],
        8,
        r"waits in __aexit__\(\) until all tasks have ended that it started$",
        "cancel_scope.cancel",
    ),
    "its lock is held": (
        [],
        [RUNS, READ, Stand(0, "thread", "sender", 7, "", "acquire")],
        9,
        r"line 7 \(the thread 'sender'\) waits in acquire\(\)$",
        "hold no lock while you wait",
    ),
    "nobody can send to it": (
        [],
        [Stand(0, "main", "", 8, "", "recvfrom", "recv", 3)],
        8,
        "on the datagram socket 3: it has no port, so that nobody can send to it$",
        "bind",
    ),
    "a file has its lines": (
        [handmade.call(1, 1, 1, "recv", 8, "recv_into", size=8, data=r"one\ntwo\n")],
        [SELECTS],
        9,
        r"line 9 waits in select\(\); 2 lines came at once at line 8, and a file of makefile\(\) keeps those",
        "read all that the file has",
    ),
    "a file had one line": (
        [handmade.call(1, 1, 1, "recv", 8, "recv_into", size=4, data=r"one\n")],
        [SELECTS],
        9,
        r"line 9 waits in select\(\)$",
        "a timeout",
    ),
    "it asks of no socket that has something": (
        [*PAIRED, handmade.call(4, 4, 4, "send", 2, size=8), handmade.call(5, 5, 5, "recv", 7, size=4)],
        [SELECTS],
        9,
        r"line 9 waits in select\(\); 4 bytes lie at the paired socket 5, of which select\(\) does not tell$",
        "with EPOLLET, which tells only of what is new",
    ),
    "another thread reads that": (
        [*PAIRED, handmade.call(4, 4, 4, "send", 2, size=8), handmade.call(5, 5, 5, "recv", 7, size=4)],
        [SELECTS, Stand(0, "thread", "reader", 7, "", "recv", "recv", 5)],
        9,
        r"line 9 waits in select\(\); line 7 .* waits in recv\(\) [^;]*$",
        "let the other end",
    ),
    "it writes on": (
        [
            *PAIRED,
            handmade.call(4, 4, 5, "close", 3),
            handmade.call(5, 5, 4, "send", 7, error="EPIPE", via="asyncio.selector_events"),
        ],
        [Stand(0, "main", "", 9, "", "run", on="busy"), Stand(0, "task", "ticker", 8, "", "sleep")],
        7,
        r"line 8 .* waits in sleep\(\); it goes on writing at line 7, though the other end had been closed at line 3$",
        "await `drain()`",
    ),
    "it runs what it should start": (
        [],
        [Stand(0, "main", "", 9, "", "accept", "accept", 1, "unstarted")],
        9,
        r"line 9 waits in accept\(\) for somebody to call the .*, in run\(\) of a thread that was not started,",
        "call `start()`",
    ),
    "its pool serves": (
        [],
        [Stand(0, "main", "", 8, "", "__exit__", on="working"), IDLE],
        8,
        r"line 8 waits in __exit__\(\) until its pool has done all that it was given; .* serve_forever\(\) and serves",
        "before the `with` of the pool ends",
    ),
    "it leaves the end to atexit": ([], [ENDS, IDLE], 1, "other threads went on", "what `atexit` has is called only"),
    "two threads have one": (
        [],
        [RUNS, *(Stand(0, "thread", f"Thread-{n} (<lambda>)", 7, "", "recv", "recv", 1) for n in (1, 2))],
        9,
        "line 7 .*; line 7 .*",
        "pass each thread its own",
    ),
    "it loads": ([], [LOADS], 2, "line 2 had not come to the end of its import", "allow more time"),
}


PAIR = tuple(Socket(number, "AF_UNIX", "SOCK_STREAM", "socketpair", "pair") for number in (1, 2))
MESSAGES = {
    "no length": (
        b"HTTP/1.1 200 OK\r\n\r\nhello",
        "the answer of line 5 does not say how long it is",
        "Content-Length",
    ),
    "too long": (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", "9 bytes will come, and 5 came", "not its char"),
    "no end": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
        "lacks its last chunk",
        "empty chunk",
    ),
    "a request": (
        b"POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nhello",
        "the request of line 5 says that 9",
        "Content-L",
    ),
    "no end of its head": (
        b"GET / HTTP/1.1\r\nHost: a\r\n",
        "the request of line 5 lacks the empty line",
        "empty line",
    ),
    "no size of a chunk": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n0\r\n\r\n",
        "a chunk of the answer of line 5 does not begin with its size",
        "in hexadecimal",
    ),
    "it closes": (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello", "", "let the other end"),
    "it is whole": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "the answer of line 5 came whole, and it waits for more",
        "the server keeps it open",
    ),
    "a whole request": (
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
        "the request of line 5 came whole, and it waits for more",
        "read as many bytes as the request says",
    ),
    "it has none": (b"HTTP/1.1 304 Not Modified\r\n\r\n", "", "let the other end"),
    "no HTTP": (b"hello", "", "let the other end"),
}


def waiting(calls: Sequence[Call], *files: Stand, function: str = "recv") -> Finding:
    """Judge a program that was stopped while it waited at line 9 for the end of what the other end of a pair sent."""
    made = handmade.call(0, 0, 1, "socketpair", 1, made=2), handmade.call(0, 0, 2, "socketpair", 1)
    stand = Stand(0, "main", "MainThread", 9, "", function, "recv", 2)
    rows: dict[str, Any] = {"sockets": PAIR, "calls": (*made, *calls), "stands": (stand, *files), "milliseconds": 1e3}
    return next(one for one in judge(handmade.recording(exit_code=None, **rows), strict=False) if one.event == "hang")


@pytest.mark.parametrize("case", MESSAGES)
def test_a_message_whose_end_nobody_can_know_is_the_cause_of_a_hang(case: str) -> None:
    said, words, fix = MESSAGES[case]
    parts = (5, said[:30]), (6, said[30:])
    calls = [handmade.call(1, 1, 1, "send", line, size=len(one), data=escape(one)) for line, one in parts]
    found = waiting([*calls, handmade.call(2, 2, 2, "recv", 9, size=len(said), data=escape(said[:30]))])
    assert (words in found.message, fix in found.fix) == (True, True), found
    assert words or ": the answer" not in found.message


PARTS = (
    ("recv_into", "hello", True),
    ("readline", "hello", True),
    ("readline", r"hell\n", False),
    ("recv", "hello", False),
)
COPIES: dict[str, tuple[list[Call], str, str]] = {
    "of its own": (
        [handmade.call(1, 1, 1, "adopt", 4, fd=9), handmade.call(2, 2, 1, "close", 5)],
        ", closed at line 5, but not its copy of line 4",
        "close the copy of line 4 too",
    ),
    "both are closed": (
        [handmade.call(1, 1, 1, "adopt", 4, fd=9), *(handmade.call(2, 2, 1, "close", 5, fd=fd) for fd in (9, 3))],
        "",
        "a timeout",
    ),
    "of a child": (
        [handmade.call(2, 2, 1, "close", 5, process=1)],
        ", of which line 5 closed only a child's copy",
        "let the parent close its copy, of line 1, too",
    ),
    "it has said the end": (
        [handmade.call(1, 1, 1, "shutdown", 4), handmade.call(2, 2, 1, "close", 5)],
        "",
        "a timeout",
    ),
}


def test_a_file_of_makefile_that_is_open_is_the_cause_of_a_hang() -> None:
    found = waiting([], Stand(0, "file", "makefile", 4, socket=1))
    assert "of line 1, closed, but not the file of line 4" in found.message
    assert found.fix == "close the file of line 4 too: it holds the socket open"


@pytest.mark.parametrize("answered", [True, False])
def test_two_threads_on_one_connection_are_told_from_one_that_reads_no_answer(answered: bool) -> None:
    whole = handmade.echo()
    calls = tuple(call for call in whole.calls if answered or (call.socket, call.name) != (2, "recv"))
    text = 'Exception in thread b:\nTraceback (most recent call last):\n  File "made.py", line 7, in f\n'
    text += "http.client.CannotSendRequest: Request-sent\n"
    found = judge(replace(whole, calls=calls, stderr=text), strict=False)
    said = next(one.message for one in found if one.event == "stderr")
    assert ("two threads ask on one connection, at line 14 and line 7" in said) == answered
    assert ("has not been read" in said) != answered


GREETS = b"\x04\x19\x05READY\x0bSocket-Type\x00\x00\x00\x03"
SUBSCRIBED = {
    "to nothing": (b"", b"", "has subscribed to nothing", "`socket.subscribe(b'')`"),
    "too late": (b"\x04\x0a\tSUBSCRIBE", b"", "what it had sent before is lost", "send when the subscriber is there"),
    "and was told": (b"\x04\x0a\tSUBSCRIBE", b"\x00\x01x", "it stood at line 9", "give every blocking call a timeout"),
}


@pytest.mark.parametrize("case", SUBSCRIBED)
def test_of_a_subscriber_that_waits_a_hang_says_what_the_packets_tell(case: str) -> None:
    says, hears, words, fix = SUBSCRIBED[case]
    stand = Stand(0, "main", "MainThread", 9, "", "", "", None)
    texts = [(handmade.CLIENT, GREETS + b"SUB"), (handmade.SERVER, GREETS + b"PUB")]
    texts += [(handmade.CLIENT, says), (handmade.SERVER, hears)]
    packets = (*handmade.echo().packets[:3], *(handmade.segment(2, end, "ACK", 1, 1, text) for end, text in texts))
    one = handmade.recording(exit_code=None, milliseconds=1e3, stands=(stand,), packets=packets)
    found = next(found for found in judge(one, strict=False) if found.event == "hang")
    assert (words in found.message, found.fix.startswith(fix)) == (True, True), found


def test_of_bytes_that_lie_in_tls_who_waits_for_them_is_told() -> None:
    found = stopped([], RUNS, Stand(0, "tls", "8", socket=1))
    assert "; 8 bytes that came are in the connecting socket 1, decrypted" in found.message
    assert found.fix.startswith("ask `pending()` before select()")


@pytest.mark.parametrize(("function", "came", "told"), PARTS)
def test_of_a_line_that_came_in_part_a_hang_says_so(function: str, came: str, told: bool) -> None:
    """Who reads by lines, or a number of bytes, takes nothing of what has come until all is there."""
    calls = [handmade.call(1, 1, 1, "send", 4, size=5, data=came), handmade.call(2, 2, 2, "recv", 9, size=5, data=came)]
    found = waiting(calls, function=function)
    assert (": 5 bytes came, and it waits for more" in found.message) == told
    assert ("wait for all n bytes" in found.fix) == told


def test_of_a_datagram_that_went_past_who_waits_a_hang_says_so() -> None:
    past = handmade.datagram(1, handmade.SERVER, Endpoint("127.0.0.9", handmade.CLIENT.port), b"x")
    stand = Stand(0, "main", "MainThread", 9, "", "recv", "recv", 2)
    opened = handmade.call(0, 0, 2, "socket", 1)
    rows: dict[str, Any] = {
        "sockets": SOCKETS[:2],
        "calls": (handmade.call(0, 0, 1, "socket", 1), opened),
        "packets": (past,),
        "stands": (stand,),
    }
    one = handmade.recording(exit_code=None, milliseconds=1e3, **rows)
    found = next(found for found in judge(one, strict=False) if found.event == "hang")
    assert "line 9 waits in recv() on the datagram socket 2" in found.message
    assert "a datagram went to 127.0.0.9:" in found.message
    assert found.fix == 'bind "", which stands for every address'


@pytest.mark.parametrize(("name", "words"), [("ThreadPoolExecutor-0_1", "all threads of"), ("server", "let a thread")])
def test_of_a_connection_that_nobody_reads_from_a_hang_says_who_could(name: str, words: str) -> None:
    whole, gone = handmade.echo(), ("recv", "close", "shutdown")
    calls = tuple(call for call in whole.calls if call.socket != 3 and call.name not in gone)
    stands = (Stand(0, "thread", name, 9, "", "recv", "recv", 2),)
    one = replace(whole, exit_code=None, calls=calls, packets=whole.packets[:5], stands=stands)
    found = next(found for found in judge(one, strict=False) if found.event == "hang")
    assert "which nobody has read from yet" in found.message
    assert found.fix.startswith(words)


IN_A_THREAD = 'Exception in thread one:\nTraceback (most recent call last):\n  File "made.py", line 3, in f\n'
IN_MAIN = 'Traceback (most recent call last):\n  File "made.py", line 9, in <module>\nValueError: 9\n'
CAME_OF = "\nDuring handling of the above exception, another exception occurred:\n\n"
DIED = {
    "by itself": (f"{IN_A_THREAD}KeyError: 3\n{IN_MAIN}", ["an error ended a thread: KeyError: 3"]),
    "of another error": (
        f"{IN_A_THREAD}KeyError: 3\n{CAME_OF}{IN_MAIN}{IN_MAIN}",
        ["an error ended a thread: ValueError: 9"],
    ),
    "of what main had closed": (f"{IN_A_THREAD}ConnectionResetError: gone\n{IN_MAIN}", []),
    "of the system": (f"{IN_A_THREAD}OSError: [Errno 9] Bad file descriptor\n{IN_MAIN}", []),
    "twice": (2 * f"{IN_A_THREAD}KeyError: 3\n" + IN_MAIN, ["an error ended a thread: KeyError: 3"]),
}


@pytest.mark.parametrize("case", DIED)
def test_what_ended_a_thread_is_told_beside_what_ended_the_program(case: str) -> None:
    text, threads = DIED[case]
    *others, last = judge(handmade.recording(exit_code=1, stderr=text), strict=False)
    assert ([one.message for one in others], last.line) == (threads, 9)


REPLIES = {
    "no dot": (b"LIST\r\n", b"+OK 2 messages\r\n1 120\r\n", "to LIST lacks the line with a dot alone", r"b'.\r\n'"),
    "a dot": (b"RETR 1\r\n", b"+OK\r\nhello\r\n.\r\n", "", "let the other end"),
    "one line": (b"LIST 1\r\n", b"+OK 1 120\r\n", "", "let the other end"),
    "no tag": (b"ABCD1 LOGIN me pw\r\n", b"* OK\r\n", "begins with the tag of what was asked, ABCD1,", "OK, NO or BAD"),
    "no list": (b"say\r\n", b"150 points\r\n", "", "let the other end"),
    "no other reply": (b"LIST\r\n", b"150 here\r\n", "begins with 150, after which another one", "226 Transfer"),
    "the other reply": (b"LIST\r\n", b"150 here\r\n226 done\r\n", "", "let the other end"),
    "too few bytes": (
        b"A1 FETCH 1 BODY\r\n",
        b"* 1 FETCH {9}\r\nhello\r\n",
        "says that 9 bytes come, and 7 came",
        "count",
    ),
    "all bytes": (b"A1 FETCH 1 BODY\r\n", b"* 1 FETCH {5}\r\nhello)\r\n", "", "let the other end"),
    "its tag": (b"ABCD1 NOOP\r\n", b"* 3 EXISTS\r\nABCD1 OK done\r\n", "", "let the other end"),
}


@pytest.mark.parametrize("case", REPLIES)
def test_what_a_reply_lacks_to_be_whole_is_the_cause_of_a_hang(case: str) -> None:
    asked, said, words, fix = REPLIES[case]
    calls = [handmade.call(1, 1, 2, "send", 3, size=len(asked), data=escape(asked))]
    calls.append(handmade.call(2, 2, 1, "send", 5, size=len(said), data=escape(said)))
    found = waiting(calls, function="readline")
    assert (words in found.message, fix in found.fix) == (True, True), found
    assert bool(words) == ("the reply of line 5" in found.message)


ENDED = (
    (
        "pika.exceptions.IncompatibleProtocolError: StreamLostError: ('Transport indicated EOF',)",
        "pika",
        "let it answer",
    ),
    ("anyio.EndOfStream", "anyio._backends", "leave the loop there"),
    ("smtplib.SMTPServerDisconnected: Connection unexpectedly closed", "smtplib", "let it answer"),
)


@pytest.mark.parametrize(("said", "via", "fix"), ENDED)
def test_who_ended_a_stream_is_told_to_who_wanted_more(said: str, via: str, fix: str) -> None:
    whole = handmade.echo()
    calls = [call for call in whole.calls if call.name != "shutdown"]
    calls += [handmade.call(3.95, 3.96, 2, "recv", 14, size=0, via=via)]
    text = f'Traceback (most recent call last):\n  File "made.py", line 14, in f\n{said}\n'
    calls.sort(key=lambda call: call.at)
    found = judge(replace(whole, calls=tuple(calls), exit_code=1, stderr=text), strict=False)
    (one,) = (one for one in found if one.event == "failure")
    assert (one.message.endswith(": the other end had closed at line 3"), one.fix.startswith(fix)) == (True, True), one


ANSWERS = {
    "404 of HTTP": (
        "HTTP/1.0 404 Not Found",
        "json.decoder.JSONDecodeError: Expecting value",
        "its status is 404 Not F",
    ),
    "200 of HTTP": ("HTTP/1.1 200 OK", "requests.exceptions.JSONDecodeError: Expecting value", "its status is 200 OK"),
    "no HTTP": ("[1", "json.decoder.JSONDecodeError: Expecting value", ""),
    "of a WebSocket": ("HTTP/1.1 101 Switching", "json.decoder.JSONDecodeError: Extra data", "there is no JSON"),
    "a WebSocket": ("", "websockets.exceptions.ConnectionClosedOK: received 1000 (OK)", "to its end at line 5"),
    "a WebSocket that broke": ("", "websockets.exceptions.ConnectionClosedError: no close frame received", ""),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_of_an_answer_or_a_close_that_was_not_wanted_the_cause_is_what_came(case: str) -> None:
    came, said, words = ANSWERS[case]
    whole = handmade.echo()
    calls = tuple(replace(call, data=came) if call.data and came else call for call in whole.calls)
    text = f'Traceback (most recent call last):\n  File "made.py", line 14, in f\n{said}\n'
    found = judge(replace(whole, calls=calls, exit_code=1, stderr=text), strict=False)
    (one,) = (one for one in found if one.event == "failure")
    assert words in one.message
    assert words or "its status" not in one.message
    assert "101" not in one.message
    assert words or "to its end at" not in one.message


@pytest.mark.parametrize("status", [0, 1])
def test_a_handler_that_lost_its_client_is_no_fault_beside_what_the_client_died_of(status: int) -> None:
    text = "Exception in a handler of app at made.py:3:\nTraceback (most recent call last):\n"
    text += "websockets.exceptions.ConnectionClosedOK: received 1000 (OK)\n"
    text += "Traceback (most recent call last):\nKeyError: 3\n" if status else ""
    found = judge(handmade.recording(exit_code=status, stderr=text), strict=False)
    assert [one.is_note for one in found] == ([True, False] if status else [False])


@pytest.mark.parametrize("error", ["KeyError: 'a'", "ConnectionResetError: gone"])
def test_what_a_program_felt_of_an_error_of_its_own_server_is_a_note(error: str) -> None:
    whole = handmade.echo()
    calls = [call for call in whole.calls if call.name != "shutdown"]
    calls.append(handmade.call(3.95, 3.96, 2, "recv", 14, size=0))
    calls.sort(key=lambda call: call.at)
    text = f"Exception in a handler of asyncio at made.py:6:\nTraceback (most recent call last):\n{error}\n"
    text += 'Traceback (most recent call last):\n  File "made.py", line 14, in f\nEOFError\n'
    found = judge(replace(whole, calls=tuple(calls), exit_code=1, stderr=text), strict=False)
    said = {one.event: one.is_note for one in found if one.event in ("stderr", "failure")}
    assert said == {"stderr": "Key" not in error, "failure": "Key" in error}, found


@pytest.mark.parametrize("line", [14, 40])
def test_what_a_program_felt_of_what_ended_a_thread_is_a_note(line: int) -> None:
    """At line 14 it had read from who is served by that thread, and at line 40 it had done nothing with sockets."""
    text = (
        'Exception in thread serve:\nTraceback (most recent call last):\n  File "made.py", line 5, in f\nKeyError: 1\n'
    )
    text += f'Traceback (most recent call last):\n  File "made.py", line {line}, in f\nRuntimeError: no\n'
    found = judge(replace(handmade.echo(), exit_code=1, stderr=text), strict=False)
    said = [(one.event, one.line, one.is_note) for one in found if one.event in ("stderr", "failure")]
    assert said == [("stderr", 5, False), ("failure", line, line == 14)], found


@pytest.mark.parametrize("is_felt", [True, False])
def test_what_a_program_felt_of_what_another_died_of_is_a_note(is_felt: bool) -> None:
    """Of two that run together, and fail one after the other, the second had been served by the first, or by itself."""
    whole = handmade.echo()
    calls = tuple(replace(call, process=call.thread if is_felt else 0) for call in whole.calls)
    text = 'Traceback (most recent call last):\n  File "{}.py", line {}, in f\n{}Error: no\n'
    server = Program("a/serve.py", "serve.py", "", 0.0, 5.0, 1, "", text.format("serve", 9, "Key"))
    fields: dict[str, Any] = {"calls": calls, "exit_code": 1, "beside": (server,), "milliseconds": 7.0}
    one = replace(whole, stderr=text.format("made", 14, "Runtime"), **fields)
    found = [(one.line, one.is_note) for one in judge(one, strict=False) if one.event == "failure"]
    assert found == [(9, False), (14, is_felt)]


@pytest.mark.parametrize(
    "felt", ["HTTPError: HTTP Error 500: no", "BrokenProcessPool: ended", "HTTPError: HTTP Error 404: no"]
)
def test_what_is_said_of_an_error_of_its_own_server_is_a_note(felt: str) -> None:
    text = "Exception in a handler of wsgiref at made.py:6:\nTraceback (most recent call last):\nKeyError: 1\n"
    text += f"Traceback (most recent call last):\n{felt}\n"
    found = judge(handmade.recording(exit_code=1, stderr=text), strict=False)
    assert [one.is_note for one in found] == [False, "404" not in felt], found


def test_of_a_session_that_is_over_the_line_is_told_that_ended_it() -> None:
    calls = handmade.call(0, 0, 1, "socket", 4, via="smtplib"), handmade.call(1, 1, 1, "close", 6, via="smtplib")
    text = "Traceback (most recent call last):\nsmtplib.SMTPServerDisconnected: please run connect() first\n"
    one = handmade.recording(exit_code=1, stderr=text, sockets=SOCKETS[:1], calls=calls)
    found = next(one for one in judge(one, strict=False) if one.event == "failure")
    assert found.message.endswith("or is over: it ended at line 6")


@pytest.mark.parametrize(("lines", "line"), [((8,), 8), ((8, 8), 8), ((8, 9), 5), ((), 5)])
def test_of_a_time_out_the_one_line_is_told_that_sleeps_in_an_event_loop(lines: tuple[int, ...], line: int) -> None:
    text = "".join(f"Sleeps in an event loop at :{one}\n" for one in lines)
    text += 'Traceback (most recent call last):\n  File "made.py", line 5, in f\nTimeoutError\n'
    found, *_ = judge(handmade.recording(exit_code=1, stderr=text), strict=False)
    assert (found.event, found.line) == ("failure", line)
    assert ("time.sleep() keeps" in found.message) == (line == 8), found


def test_of_what_a_handler_waited_for_in_vain_the_cause_is_told() -> None:
    whole = handmade.echo()
    calls = [call for call in whole.calls if call.at < 2.4 and call.socket != 3]
    calls.append(handmade.call(2.4, 8, 2, "recv", 14, error="TimeoutError", via="httpx"))
    text = "Exception in a handler of app at made.py:14:\nTraceback (most recent call last):\n"
    text += "httpx.ReadTimeout: timed out\n"
    found = judge(replace(whole, calls=tuple(calls), stderr=text), strict=False)
    said = next(one.message for one in found if one.event == "stderr")
    assert "httpx.ReadTimeout: timed out: nothing came meanwhile from the accepted socket 3" in said


@pytest.mark.parametrize(("via", "told"), [("ftplib", True), ("other", False)])
def test_of_a_port_that_a_reply_has_named_a_refusal_says_so(via: str, told: bool) -> None:
    sockets = handmade.tcp(1, "client", handmade.CLIENT), handmade.tcp(2, "client", handmade.CLIENT)
    calls = (
        handmade.call(1, 1, 1, "send", 9, size=6, via=via),
        handmade.call(2, 2, 2, "connect", 9, argument="127.0.0.1:7", error="ECONNREFUSED", via=via),
    )
    cause = why(Case(handmade.recording(sockets=sockets, calls=calls)), calls[1])
    assert cause
    assert ("reply to PASV" in cause.words, "divmod" in cause.fix) == (told, told)


def test_of_what_is_no_name_of_a_host_the_cause_is_that_and_not_the_network() -> None:
    text = "Traceback (most recent call last):\nsocket.gaierror: [Errno -2] Name or service not known\n"
    lookups = (Lookup("http://127.0.0.1", 1, ""),)
    found, *_ = judge(handmade.recording(exit_code=1, stderr=text, lookups=lookups), strict=False)
    assert "'http://127.0.0.1' is no name of a host" in found.message


RECORDS = {
    "another format": (
        "struct.error: unpack requires a buffer of 16 bytes",
        4,
        "count its bytes differently",
        "same format",
    ),
    "its own reset": ("ConnectionResetError: [Errno 104] Connection reset by peer", 2, "by SHUT_RDWR,", "SHUT_WR"),
    "its own end": ("ValueError: invalid literal for int() with base 10: b''", 2, "by SHUT_RDWR,", "SHUT_WR"),
}


@pytest.mark.parametrize("case", RECORDS)
def test_of_what_came_whole_or_could_not_come_the_cause_is_told(case: str) -> None:
    said, line, words, fix = RECORDS[case]
    calls = [
        handmade.call(0, 0, 1, "socketpair", 1, made=2),
        handmade.call(0, 0, 2, "socketpair", 1),
        handmade.call(1, 1, 2, "send", 3, size=12),
    ]
    if line == 2:
        calls.append(handmade.call(2, 2, 1, "shutdown", 2, argument="SHUT_RDWR"))
    error = "ECONNRESET" if "reset" in said else None
    calls.append(handmade.call(3, 3, 1, "recv", 4, size=12 if line == 4 else 0, error=error))
    text = f'Traceback (most recent call last):\n  File "made.py", line 4, in f\n{said}\n'
    one = handmade.recording(exit_code=1, stderr=text, sockets=PAIR, calls=tuple(calls))
    found = next(one for one in judge(one, strict=False) if one.event == "failure")
    assert (found.line, words in found.message, fix in found.fix) == (line, True, True), found


@pytest.mark.parametrize("felt", [True, False])
def test_a_reset_between_libraries_is_a_fault_if_somebody_felt_it(felt: bool) -> None:
    whole = handmade.echo()
    calls = [replace(call, line=None, via="pyro") for call in whole.calls if call.at < 2.4]
    if felt:
        calls.append(handmade.call(2.9, 3, 2, "recv", 14, error="ECONNRESET"))
    calls.append(handmade.call(2.6, 2.7, 3, "close", None, via="pyro", thread=1))
    packets = (*whole.packets[:5], handmade.segment(2.65, handmade.SERVER, "RST ACK", 1, 6))
    calls.sort(key=lambda call: call.at)
    found = judge(replace(whole, calls=tuple(calls), packets=packets), strict=False)
    assert [one.is_note for one in found if one.event == "reset"] == [not felt], found


@pytest.mark.parametrize("error", ["EAGAIN", None])
def test_a_reset_by_who_gave_up_waiting_in_a_loop_of_a_library_is_a_note(error: str | None) -> None:
    whole = handmade.echo()
    calls = [call for call in whole.calls if call.at < 2.7]
    calls += [handmade.call(2.4, 2.5, 2, "recv", 14, error=error, via="gevent")] if error else []
    calls += [handmade.call(2.55, 2.6, 2, "close", 11), handmade.call(2.8, 2.9, 3, "close", 3, thread=1)]
    packets = (*whole.packets[:6], handmade.segment(2.75, handmade.CLIENT, "RST", 6, 6))
    calls.sort(key=lambda call: call.at)
    found = judge(replace(whole, calls=tuple(calls), packets=packets), strict=False)
    assert [one.is_note for one in found if one.event == "reset"] == [error == "EAGAIN"], found


def test_of_what_a_handler_could_not_read_the_cause_is_told_as_of_what_ended_a_program() -> None:
    whole = handmade.echo()
    calls = [call for call in whole.calls if call.at < 2.4]
    calls += [handmade.call(2.3, 2.35, 2, "send", 13, size=5), handmade.call(2.4, 2.5, 3, "recv", 4, size=10, thread=1)]
    text = (
        "Exception in a handler of asyncio at made.py:6:\nTraceback (most recent call last):\nJSONDecodeError: Extra\n"
    )
    found = judge(replace(whole, calls=tuple(calls), stderr=text), strict=False)
    (one,) = (one for one in found if one.event == "stderr")
    assert "JSONDecodeError: Extra: it was given at once what line 12 and line 13 had sent" in one.message
    assert one.fix.startswith("say where a message ends")


def test_of_who_waits_in_vain_a_time_out_says_that_the_other_end_waits_too() -> None:
    whole = handmade.echo()
    calls = [call for call in whole.calls if call.at < 2.5]
    calls.append(handmade.call(2.6, 9, 3, "recv", 4, thread=1))
    calls.append(handmade.call(2.6, 8, 2, "recv", 14, error="TimeoutError"))
    text = 'Traceback (most recent call last):\n  File "made.py", line 14, in f\nTimeoutError: timed out\n'
    found = judge(replace(whole, calls=tuple(calls), exit_code=1, stderr=text), strict=False)
    (one,) = (one for one in found if one.event == "failure")
    assert "the other end had taken the 5 bytes of line 12, and waited for more at line 4" in one.message
    assert one.fix.startswith("let both ends agree where a message ends")


@pytest.mark.parametrize("waited", [0.0, 2500.0])
def test_of_an_answer_that_comes_too_late_a_time_out_says_when_it_came(waited: float) -> None:
    whole = handmade.echo()
    calls = [call for call in whole.calls if call.at < 2.5]
    calls.append(handmade.call(2.6, 2.8, 2, "recv", 14, error="TimeoutError"))
    calls += [handmade.call(2.8 + waited, 2.9 + waited, 3, "send", 5, thread=1, size=5)] if waited else []
    text = 'Traceback (most recent call last):\n  File "made.py", line 14, in f\nTimeoutError: timed out\n'
    found = judge(replace(whole, calls=tuple(calls), exit_code=1, stderr=text), strict=False)
    (one,) = (one for one in found if one.event == "failure")
    assert ("the answer was sent only 2.5 s later, at line 5" in one.message) == bool(waited), one


def test_of_a_thread_that_accepts_and_serves_a_hang_says_who_waits_in_the_queue() -> None:
    whole, here = handmade.echo(), Endpoint("127.0.0.1", 40001)
    calls = [call for call in whole.calls if call.at < 2.1]
    calls.append(handmade.call(1.7, 1.9, 4, "connect", 15, argument="127.0.0.1:5000", local=here, peer=handmade.SERVER))
    packets = [packet for packet in whole.packets if packet.at < 2.1]
    packets.append(handmade.segment(1.72, here, "SYN", destination=handmade.SERVER))
    packets.append(handmade.segment(1.73, handmade.SERVER, "SYN ACK", 0, 1, destination=here))
    packets.append(handmade.segment(1.8, here, "ACK", 1, 1, destination=handmade.SERVER))
    sockets = (*whole.sockets, handmade.tcp(4, "client", here, handmade.SERVER))
    stands = (
        Stand(0, "main", "MainThread", 14, "", "recv", "recv", 2),
        Stand(0, "thread", "server", 4, "", "wait"),
    )
    fields: dict[str, Any] = {"sockets": sockets, "calls": tuple(calls), "packets": tuple(packets), "stands": stands}
    for busy, told in ((stands, True), ((stands[0], replace(stands[1], function="accept", call="accept")), False)):
        found = judge(replace(whole, exit_code=None, **{**fields, "stands": busy}), strict=False)
        (one,) = (one for one in found if one.event == "hang")
        said = "the connection of line 15 waits in the queue: the thread that accepts, at line 2, is at line 4"
        assert (said in one.message, "do not call handle() there" in one.fix) == (told, told), one


GIVES_OUT: tuple[tuple[str, list[int], int], ...] = (
    ("one is held", [7], 7),
    ("several are", [7, 8], 20),
    ("it was given back", [], 20),
)


@pytest.mark.parametrize(("case", "held", "line"), GIVES_OUT)
def test_who_has_the_connection_of_a_pool_is_named(case: str, held: list[int], line: int) -> None:
    sockets = tuple(handmade.tcp(number, "client", Endpoint("127.0.0.1", 4000 + number)) for number in (1, 2))
    calls = [handmade.call(at, at, at, "socket", line, via="pools") for at, line in enumerate(held, 1)]
    calls += [handmade.call(3, 3, at, "recv", line, size=5) for at, line in enumerate(held, 1)]
    text = 'Traceback (most recent call last):\n  File "made.py", line 20, in f\nhttpx.PoolTimeout\n'
    one = handmade.recording(exit_code=1, stderr=text, sockets=sockets[: len(held)], calls=tuple(calls))
    found = next(finding for finding in judge(one, strict=False) if finding.event == "failure")
    assert (found.line, "at line 20" in found.message) == (line, line != 20), case


@pytest.mark.parametrize("case", COPIES)
def test_a_copy_that_is_open_is_the_cause_of_a_hang(case: str) -> None:
    calls, words, fix = COPIES[case]
    found = waiting(calls)
    assert (words in found.message, fix in found.fix) == (True, True), found
    assert words or "cop" not in found.message


def test_of_what_is_refused_again_and_again_a_hang_says_why() -> None:
    ends = [Endpoint("127.0.0.1", 40000 + number) for number in (1, 2)]
    sockets = tuple(handmade.tcp(number, "client", end, handmade.SERVER) for number, end in enumerate(ends, 1))
    known: dict[str, Any] = {"error": "ECONNREFUSED", "peer": handmade.SERVER}
    calls = [handmade.call(0, 0, one.id, "socket", 9) for one in sockets]
    calls += [handmade.call(one.id, one.id + 0.5, one.id, "connect", 9, local=one.local, **known) for one in sockets]
    packets = []
    for at, end in enumerate(ends, 1):
        packets.append(handmade.segment(at + 0.1, end, "SYN", destination=handmade.SERVER))
        packets.append(handmade.segment(at + 0.2, handmade.SERVER, "RST ACK", 0, 1, destination=end))
    rows = {"sockets": sockets, "calls": tuple(calls), "packets": tuple(packets), "stands": (PINGS,)}
    one = handmade.recording(exit_code=None, milliseconds=1e3, **rows)
    (found,) = (one for one in judge(one, strict=False) if one.event == "hang")
    assert "; what it asks for there is refused again and again: nobody listens there" in found.message
    assert found.fix == "connect to a socket that listens"


def test_of_calls_that_are_not_all_kept_the_count_is_said_to_be_the_least() -> None:
    calls, unseen = tuple(again(990, 1, READS, 0)), ("bytes: 7",)
    lost = handmade.recording(exit_code=None, milliseconds=1e3, sockets=SOCKETS[:1], calls=calls, unseen=unseen)
    (found,) = (one for one in judge(lost, strict=False) if one.event == "hang")
    assert "again and again, at least 9 times so far" in found.message


WARNS = "/a/made.py:7: RuntimeWarning: coroutine 'main.<locals>.f' was never awaited\n"
TRACED = "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n"
CREATED = 'Coroutine created at (most recent call last)\n  File "/a/made.py", line 3, in main\n    made = f()\n'
NEVER = "RuntimeWarning: coroutine 'main.<locals>.f' was never awaited"
LATER = f"{NEVER}; it was let go of here, and -X dev tells where it was made"
WARNED = {
    "where it was made": (f"{WARNS}  f()\n{TRACED}", 7, NEVER),
    "where it was let go of": (f"{WARNS}  del made\n{TRACED}", 7, LATER),
    "where Python knows it was made": (f"{WARNS}{CREATED}  del made\n{TRACED}", 3, NEVER),
    "a library's call of it": (
        f"{WARNS}".replace("/a/made.py", "/usr/lib/python3.11/x.py") + "  async def at line 5\n",
        5,
        NEVER,
    ),
    "in another file": (f"{WARNS}  f()\n".replace("made.py", "other.py"), None, NEVER),
    "of another kind": ("/a/made.py:7: UserWarning: beware\n  warn()\n", 7, "UserWarning: beware"),
    "and then something else": (f"{WARNS}  f()\ndone\n", None, "done"),
    "nothing but something else": ("a: b\n", None, "a: b"),
}


@pytest.mark.parametrize("case", WARNED)
def test_a_warning_is_told_with_the_line_that_it_is_about(case: str) -> None:
    text, line, words = WARNED[case]
    (found,) = judge(handmade.recording(stderr=text))
    assert (found.event, found.line, found.message) == ("stderr", line, f"it wrote to standard error: {words}")
    assert ("await" in found.fix) == ("never awaited" in words)


@pytest.mark.parametrize(("path", "fix"), [("/a/lib/python3.11/x.py", "without `async`"), ("/a/made.py", "await it")])
def test_of_a_coroutine_that_nobody_awaits_who_waits_is_told(path: str, fix: str) -> None:
    text = f"{WARNS.replace('/a/made.py', path)}  async def at line 5\n"
    one = handmade.recording(exit_code=None, stderr=text, stands=(replace(PINGS, kind="task", name="main"),))
    (found,) = judge(one, strict=False)
    assert (found.line, fix in found.fix) == (7 if "made" in path else 5, True), found
    assert "; the coroutine 'main.<locals>.f' was called" in found.message


@pytest.mark.parametrize("case", STOPPED)
def test_a_program_that_was_stopped_is_said_to_wait_only_if_it_did(case: str) -> None:
    calls, stands, line, words, fix = STOPPED[case]
    found = stopped(calls, *stands)
    assert (found.line, fix in found.fix) == (line, True), found
    assert re.search(words, found.message), found


class Own:
    def own(self, code: CodeType) -> str | None:
        return "" if code.co_name.startswith("test_") else None

    def known(self, fd: int) -> str | None:
        raise AssertionError(fd)


FULL, EMPTY, CLOSED = (SimpleNamespace(stdout=SimpleNamespace(closed=closed), stderr=None) for closed in (0, 0, 1))
WAITING = {
    "a process": ("multiprocessing.process", "join", None, {"function": "Process.join"}),
    "a queue": ("multiprocessing.queues", "_finalize_join", None, {"function": "_finalize_join", "on": "queued"}),
    "a child that has no room": ("subprocess", "wait", FULL, {"function": "Popen.wait", "on": "full"}),
    "a child that has room": ("subprocess", "wait", EMPTY, {"function": "Popen.wait"}),
    "a child whose output is closed": ("subprocess", "wait", CLOSED, {"function": "Popen.wait"}),
}


@pytest.mark.parametrize("case", WAITING)
def test_what_is_waited_for_is_told_by_the_function_that_waits(case: str) -> None:
    module, function, subject, said = WAITING[case]
    found: list[dict[str, Any]] = []
    scope: dict[str, Any] = {"__name__": module, "tell": lambda frame: standing(Own(), frame)}
    exec(f"import sys\ndef {function}(self, found): found.append(tell(sys._getframe()))", scope)
    reads, writes = os.pipe()
    with open(reads, "rb") as file, open(writes, "wb", buffering=0) as output:
        os.set_blocking(writes, False)
        while subject is FULL and output.write(bytes(4096)):
            pass
        if subject:
            subject.stdout.fileno = file.fileno
        scope[function](subject, found)
    assert [{name: one[name] for name in ("function", "on") if name in one} for one in found] == [said]


PATCHED, PLAIN = (SimpleNamespace(is_module_patched=lambda _, is_it=is_it: is_it) for is_it in (True, False))
GREENLETS: dict[str, tuple[dict[str, object], bool]] = {
    "none": ({}, False),
    "of gevent, patched": ({"gevent": 1, "gevent.monkey": PATCHED}, False),
    "of gevent, not patched": ({"gevent": 1, "gevent.monkey": PLAIN}, True),
    "of gevent, which cannot patch": ({"gevent": 1}, True),
    "of eventlet, patched": (
        {"eventlet.hubs.hub": 1, "eventlet.patcher": SimpleNamespace(is_monkey_patched=lambda _: True)},
        False,
    ),
    "of eventlet, not patched": (
        {"eventlet.hubs.hub": 1, "eventlet.patcher": SimpleNamespace(is_monkey_patched=lambda _: False)},
        True,
    ),
}


@pytest.mark.parametrize("case", GREENLETS)
def test_a_call_that_waits_stops_all_greenlets_unless_it_was_patched(case: str, monkeypatch: Any) -> None:
    modules, stops = GREENLETS[case]
    for name in ("gevent", "gevent.monkey", "eventlet.patcher", "eventlet.hubs.hub"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    found: list[dict[str, Any]] = []
    scope: dict[str, Any] = {"__name__": witness.__name__, "tell": lambda frame: standing(Own(), frame)}
    scope["found"] = found
    exec("import sys\ndef recv(name, kind, identity): found.append(tell(sys._getframe()))", scope)
    scope["recv"]("recv", "recv", "one")
    assert found[0].get("on") == ("unpatched" if stops else None), found


def test_a_main_thread_is_known_to_be_in_run_of_one_that_was_not_started() -> None:
    class Knows:
        def own(self, code: CodeType) -> str | None:
            return "" if code.co_filename == __file__ else None

        def known(self, fd: int) -> str | None:
            raise AssertionError(fd)

    found: list[str | None] = []

    class Tells(threading.Thread):
        def run(self) -> None:
            found.append(next(threads(Knows(), sys._getframe())).get("on"))

    tells = Tells()
    tells.run()
    found.append(next(threads(Knows(), sys._getframe())).get("on"))
    assert found == ["unstarted", None]


def test_a_thread_that_waits_for_a_lock_or_for_one_socket_by_a_selector_is_seen_to() -> None:
    class Knows:
        def own(self, code: CodeType) -> str | None:
            return "" if code.co_filename == __file__ else None

        def known(self, fd: int) -> str | None:
            return "one" if fd == one.fileno() else None

    def enter() -> None:
        with lock:
            pass

    def select() -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(one, selectors.EVENT_READ)
            selector.select()

    def select_in_c() -> None:
        sys.modules["select"].select([two], [], [])

    lock, (one, two) = threading.Lock(), socket.socketpair()
    expected = {
        enter: {"function": "acquire"},
        select_in_c: {"function": "select"},
        select: {"function": "select", "call": "recv", "identity": "one"},
    }
    with one, two:
        lock.acquire()
        for function, said in expected.items():
            thread = threading.Thread(target=function)
            thread.start()
            row: dict[str, Any] = {}
            while thread.is_alive() and not said.items() <= row.items():
                row = standing(Knows(), sys._current_frames().get(thread.ident or 0))
            assert thread.is_alive()
            wake: dict[Any, Any] = {enter: lock.release, select_in_c: partial(one.send, b".")}
            wake.get(function, partial(two.send, b"."))()
            thread.join()


LISTENS = "import select, socket\nlistener = socket.create_server(('127.0.0.1', 0))\naddress = listener.getsockname()\n"
DATAGRAMS = (
    "import socket\none, two, three = (socket.socket(type=socket.SOCK_DGRAM) for _ in 'abc')\nwith one, two, three:\n"
)
TLS = (
    "import ssl, threading\n"
    "here, there = (ssl.SSLContext(p) for p in (ssl.PROTOCOL_TLS_CLIENT, ssl.PROTOCOL_TLS_SERVER))\n"
    "for one in (here, there):\n    one.check_hostname = False; one.verify_mode = ssl.CERT_NONE\n"
    "    one.maximum_version = ssl.TLSVersion.TLSv1_2; one.set_ciphers('aNULL:@SECLEVEL=0')\n"
)
FAILS = {
    "the queue is full": (
        LISTENS + "listener.listen(0)\nwith listener:\n"
        "    one = socket.create_connection(address); select.select([listener], [], [])\n"
        "    socket.create_connection(address, 0.05)\n",
        ["failure 7 its SYN got no answer: the queue of the listening socket 1"],
        ["left-open 6 closed by the end of", "reset 5 while the connection from .* waited in its queue"],
    ),
    "who is to answer sleeps": (
        LISTENS + "import threading, time\ndef serve():\n    with listener.accept()[0] as one:\n        one.recv(1)\n"
        "        time.sleep(0.1)\nthread = threading.Thread(target=serve); thread.start()\n"
        "with listener, socket.create_connection(address, 0.05) as one:\n"
        "    one.sendall(b'x'); one.recv(1)\n",
        [r"failure 8 TimeoutError: timed out at line 11: who is to answer was at line 8 meanwhile, in sleep\(\)$"],
        [],
    ),
    "who is to answer reads on": (
        LISTENS + "import threading\ndef serve():\n    with listener.accept()[0] as one, one.makefile('rb') as file:\n"
        "        file.read(9)\nthread = threading.Thread(target=serve); thread.start()\n"
        "with listener, socket.create_connection(address, 0.05) as one:\n"
        "    one.sendall(b'x'); one.recv(1)\n",
        [r"failure 7 timed out at line 10: .* had taken the 1 byte of line 10, and waited in read\(\) here for more"],
        [],
    ),
    "who is to answer waits for the end of a line": (
        LISTENS + "import threading\ndef serve():\n    with listener.accept()[0] as one, one.makefile('rb') as file:\n"
        "        file.readline()\nthread = threading.Thread(target=serve); thread.start()\n"
        "with listener, socket.create_connection(address, 0.05) as one:\n"
        "    one.sendall(b'x')\n    one.recv(1)\n",
        [r"failure 10 timed out at line 11: what was sent there does not end a line, and .*, in readline\(\)$"],
        [],
    ),
    "a task is to answer": (
        (
            "import asyncio\nasync def main():\n    done = asyncio.Event()\n    async def serve(reader, writer):\n"
            "        await reader.read()\n        writer.close(); await writer.wait_closed(); done.set()\n"
            "    async with await asyncio.start_server(serve, '127.0.0.1', 0) as server:\n"
            "        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())\n"
            "        writer.write(b'x')\n        try: await asyncio.wait_for(reader.read(1), 0.05)\n"
            "        finally: writer.close(); await done.wait()\nasyncio.run(main())\n"
        ),
        [r"failure 5 TimeoutError at line 10: .* had taken the 1 byte of line 9, and waited in read\(\) here for more"],
        [],
    ),
    "its one thread serves another": (
        LISTENS + "import threading\ndef serve():\n    for _ in range(2):\n"
        "        with listener.accept()[0] as one: one.recv(1)\n"
        "thread = threading.Thread(target=serve); thread.start()\nwith listener:\n    try:\n"
        "        with socket.create_connection(address) as idle, socket.create_connection(address, 0.05) as one:\n"
        "            one.recv(1)\n    finally: thread.join()\n",
        [r"failure 7 timed out at line 12: the connection waited .*: the one thread .* client of line 11 says$"],
        [],
    ),
    "another type has its path": (
        (
            "import os, socket, tempfile\npath = os.path.join(tempfile.mkdtemp(), 'a')\n"
            "with socket.socket(socket.AF_UNIX) as one, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as two:\n"
            "    one.bind(path); one.listen()\n    try: two.connect(path)\n    finally: os.unlink(path)\n"
        ),
        ["failure 5 EPROTOTYPE|wrong type for socket: the socket that has that path, of line 4, is a SOCK_STREAM, and"],
        [],
    ),
    "a datagram was cut off": (
        DATAGRAMS + "    import json; one.bind(('127.0.0.1', 0)); two.sendto(b'[1, 2, 3]', one.getsockname())\n"
        "    data = one.recv(4)\n    json.loads(data)\n",
        [r"failure 5 JSONDecodeError: .* at line 6: recv\(\) took 4 bytes of a datagram of 9: 5 were lost$"],
        [],
    ),
    "another thread has closed a socket, too": (
        LISTENS
        + "import threading\nthread = threading.Thread(target=lambda: socket.create_connection(address).close())\n"
        "with listener:\n    thread.start(); one = listener.accept()[0]; thread.join()\n    one.recv(1)\n"
        "    one.close()\n    select.select([one], [], [])\n",
        [r"failure 9 negative integer \(-1\) at line 10: .*: the accepted socket . \S+ was closed here$"],
        [],
    ),
    "nobody calls": (
        LISTENS + "with listener:\n    listener.settimeout(0.01)\n    listener.accept()\n",
        ["failure 6 : nobody called the listening socket 1"],
        [],
    ),
    "the other end had been closed": (
        LISTENS + "with listener, socket.create_connection(address) as one:\n"
        "    listener.accept()[0].close()\n    one.sendall(b'x'); select.select([one], [], [])\n"
        "    import time; time.sleep(0.05); one.sendall(b'y')\n",
        ["failure 7 BrokenPipeError.* the other end had been closed at line 5$"],
        [],
    ),
    "it is one of a group": (
        (
            "import asyncio, socket\nasync def main():\n    with socket.socket() as bound:\n"
            "        bound.bind(('127.0.0.1', 0))\n        async with asyncio.TaskGroup() as group:\n"
            "            group.create_task(ask(bound.getsockname()))\n"
            "async def ask(address):\n    await asyncio.open_connection(*address)\nasyncio.run(main())\n"
        ),
        ["failure 8 status 1: ConnectionRefusedError.*: the socket 3 .* is bound there, but does not listen$"],
        [],
    ),
    "it was refused before": (
        (
            "import select, socket\nwith socket.socket() as bound, socket.socket() as client:\n"
            "    bound.bind(('127.0.0.1', 0)); client.setblocking(False)\n    client.connect_ex(bound.getsockname())\n"
            "    select.select([], [client], [], 1)\n    client.send(b'x')\n"
        ),
        ["failure 6 ConnectionRefusedError.*: the socket 1 .* is bound there, but does not listen$"],
        [],
    ),
    "nothing comes": (
        LISTENS + "with listener, socket.create_connection(address) as one, listener.accept()[0]:\n"
        "    one.settimeout(0.01)\n    one.recv(1)\n",
        ["failure 6 : nothing came meanwhile from the accepted socket 3 .* of line 4$"],
        [],
    ),
    "another answers": (
        (
            "import socket\none, two, three = (socket.socket(type=socket.SOCK_DGRAM) for _ in range(3))\n"
            "with one, two, three:\n    one.bind(('127.0.0.1', 0))\n    two.connect(one.getsockname())\n"
            "    two.settimeout(0.01)\n    three.sendto(b'x', two.getsockname())\n    two.recv(1)\n"
        ),
        ["failure 7 at line 8: a datagram from .*, sent at line 7, came, but the datagram socket 2 .* is connected"],
        [],
    ),
    "it was handed on": (
        (
            "import socket\none, two = socket.socketpair()\nwith one, two:\n"
            "    with socket.socket(fileno=one.detach()):\n        one.recv(1)\n"
        ),
        ["failure 5 : the paired socket 1 had been detached at line 4"],
        [],
    ),
    "nobody else is there": (
        "import socket\nsocket.create_connection(('192.0.2.1', 80)).close()\n",
        ["failure 2 Network is unreachable: it has a network of its own here"],
        [],
    ),
    "it has no such address": (
        "import socket\nwith socket.socket() as one:\n    one.bind(('192.0.2.1', 0))\n",
        ["failure 3 : it has a network of its own here"],
        [],
    ),
    "a closed one is waited for": (
        LISTENS + "listener.close()\nselect.select([listener], [], [], 0)\n",
        ["failure 4 at line 5: a socket that was closed .*: the listening socket 1 .* was closed here$"],
        [],
    ),
    "a closed one is waited for, and then all are closed": (
        LISTENS + "one = socket.create_connection(address)\ntwo = listener.accept()[0]\nwatched = [listener, two]\n"
        "try:\n    one.sendall(b'x')\n    two.recv(1)\n    two.close()\n    select.select(watched, [], [], 0)\n"
        "finally:\n    for s in (one, listener):\n        s.close()\n",
        [r"failure 10 \(-1\) at line 11: a socket .*: the accepted socket 3 .* was closed here$"],
        [],
    ),
    "a part is taken for the whole": (
        LISTENS
        + "import json\none = socket.create_connection(address)\nwith listener, one, listener.accept()[0] as two:\n"
        "    two.sendall(b'[1, 2, 3, 4]')\n    json.loads(one.recv(5))\n",
        ["failure 8 JSONDecodeError: .*: it was given 5 bytes, and 7 more came later$"],
        ["reset 6 7 bytes lay unread"],
    ),
    "no answer is taken for one": (
        LISTENS + "with listener, socket.create_connection(address) as one:\n    listener.accept()[0].close()\n"
        "    int(one.recv(9))\n",
        ["failure 6 ValueError: .*: the other end had closed at line 5$"],
        [],
    ),
    "it connected in vain": (
        (
            "import socket\nwith socket.socket() as bound, socket.socket() as one:\n    bound.bind(('127.0.0.1', 0))\n"
            "    one.connect_ex(bound.getsockname())\n    one.sendall(b'hello')\n"
        ),
        [r"failure 5 has no connection, for connect_ex\(\) failed at line 4: ECONNREFUSED$"],
        ["refused 4 is bound there, but does not listen"],
    ),
    "it was refused meanwhile": (
        (
            "import select, socket\n"
            "with socket.socket() as was:\n    was.bind(('127.0.0.1', 0)); end = was.getsockname()\n"
            "with socket.socket() as one:\n    one.setblocking(False)\n    one.connect_ex(end)\n"
            "    select.select([], [one], [], 5)\n    one.send(b'x')\n"
        ),
        [r"failure 8 : connect_ex\(\) at line 6 was refused meanwhile: nobody listens there$"],
        [],
    ),
    "a child has inherited its port": (
        (
            "import socket, subprocess, sys\none = socket.create_server(('127.0.0.1', 0))\none.set_inheritable(True)\n"
            "child = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE, close_fds=False)\n"
            "end = one.getsockname()\none.close()\ntry:\n    socket.create_server(end)\nfinally:\n"
            "    child.communicate(b'.')\n"
        ),
        [r"failure 8 : .* \(process \d+\) has a copy of the listening socket 1 .*, opened at line 2$"],
        [],
    ),
    "a descriptor is closed twice": (
        (
            "import os, socket\none, two = socket.socketpair()\nwith two:\n    os.close(one.fileno())\n"
            "    file = open(os.devnull)\n    one.close()\n    file.read()\n"
        ),
        [r"failure 4 : close\(\) at line 6 closed descriptor \d a second time, which os.close\(\) had .* at line 4"],
        [],
    ),
    "SIGPIPE ends it": (
        (
            "import signal, socket\nsignal.signal(signal.SIGPIPE, signal.SIG_DFL)\none, two = socket.socketpair()\n"
            "two.close()\none.send(b'x')\n"
        ),
        ["failure 4 it was ended by SIGPIPE: it sent to who had closed the paired socket 2 here, the other end$"],
        [],
    ),
    "an error leaves it no time to close": (
        "import socket\none = socket.socket()\nint('')\n",
        ["failure 3 ValueError"],
        ["left-open 2 closed by the end"],
    ),
    "it exits and has not closed": (
        "import socket\none = socket.socket()\nraise SystemExit(1)\n",
        ["failure None status 1", "left-open 2 closed by the end"],
        [],
    ),
    "what it detached is open": (
        "import socket\none = socket.socket()\nnumber = one.detach()\n",
        [r"left-open 3 : detach\(\) gave its descriptor away here, and nobody closed that$"],
        [],
    ),
    "what TLS was put around is open": (
        (
            "import os, socket, ssl\none = socket.socket()\ncontext = ssl.create_default_context()\n"
            "tls = context.wrap_socket(one, server_hostname='x', do_handshake_on_connect=False)\nos._exit(0)\n"
        ),
        [r"left-open 4 : wrap_socket\(\) made a TLS socket of it here, and nobody closed that$"],
        [],
    ),
    "the answer goes to another": (
        (
            "import socket\none, two, three = (socket.socket(type=socket.SOCK_DGRAM) for _ in range(3))\n"
            "with one, two, three:\n    one.bind(('127.0.0.1', 0)); three.bind(('127.0.0.1', 0))\n"
            "    two.settimeout(0.01)\n    two.sendto(b'x', one.getsockname())\n"
            "    one.sendto(b'y', three.getsockname())\n    two.recv(1)\n"
        ),
        [r"failure 8 TimeoutError: timed out: what the datagram socket 1 .* sent at line 7 went to 127.0.0.1:\d+$"],
        [],
    ),
    "a datagram goes to an address beside its own": (
        DATAGRAMS + "    one.bind(('127.0.0.1', 0))\n    two.sendto(b'x', ('127.0.0.2', one.getsockname()[1]))\n"
        "    one.settimeout(0.01); one.recv(1)\n",
        [r"failure 6 : a datagram went to 127.0.0.2:\d+, but the .* takes only what is sent to 127.0.0.1$"],
        [],
    ),
    "it is in no group": (
        DATAGRAMS + "    one.bind(('', 0))\n    two.sendto(b'x', ('239.1.2.3', one.getsockname()[1]))\n"
        "    one.settimeout(0.01); one.recv(1)\n",
        [r"failure 6 : a datagram went to the group 239.1.2.3:\d+, but the .* 1 .* is no member of it there$"],
        ["wildcard 4 it bound", "beyond-loopback 5 it spoke to"],
    ),
    "another has its port for datagrams, too": (
        DATAGRAMS + "    for each in (one, two):\n        each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\n"
        "        each.bind(one.getsockname() if each is two else ('127.0.0.1', 0))\n"
        "    three.sendto(b'x', one.getsockname())\n    one.settimeout(0.01); one.recv(1)\n",
        ["failure 8 : the datagram socket 2 .* of line 2 has the same port, and the kernel gives it what comes there$"],
        [],
    ),
    "its buffer is full": (
        DATAGRAMS + "    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)\n    one.bind(('127.0.0.1', 0))\n"
        "    for _ in range(50): two.sendto(bytes(500), one.getsockname())\n"
        "    one.settimeout(0.01)\n    while True: one.recv(999)\n",
        [r"failure 8 : 50 datagrams came, and \d+ were lost: its buffer was full$"],
        [],
    ),
    "nobody sends a datagram": (
        DATAGRAMS + "    one.bind(('127.0.0.1', 0))\n    one.settimeout(0.01); one.recv(1)\n",
        ["failure 5 exited with status 1: TimeoutError: timed out$"],
        [],
    ),
    "shutdown() has taken TLS off": (
        LISTENS + TLS + "def serve():\n    with there.wrap_socket(listener.accept()[0], server_side=True) as tls:\n"
        "        tls.recv(1); tls.send(bytes(9))\n"
        "thread = threading.Thread(target=serve); thread.start()\n"
        "with listener, here.wrap_socket(socket.create_connection(address)) as tls:\n"
        "    tls.send(b'x'); tls.shutdown(socket.SHUT_WR); b''.join(iter(lambda: tls.recv(9), b''))[999]\n",
        [r"failure 14 shutdown\(\) at line 14 took TLS off this end only: what recv\(\) gives since then is not dec"],
        [],
    ),
    "a library has closed": (
        (
            "import http.client, http.server, threading\nclass Handler(http.server.BaseHTTPRequestHandler):\n"
            "    def do_POST(self):\n        self.send_response_only(401); self.end_headers()\n"
            "server = http.server.HTTPServer(('127.0.0.1', 0), Handler)\n"
            "thread = threading.Thread(target=server.handle_request)\nthread.start()\n"
            "one = http.client.HTTPConnection('127.0.0.1', server.server_port)\n"
            "one.putrequest('POST', '/'); one.endheaders()\nthread.join(); server.server_close()\none.send(b'x')\n"
            "import time; time.sleep(0.05); one.send(b'y')\n"
        ),
        ["failure 12 BrokenPipeError.*: the other end had been closed by socketserver after line 4$"],
        ["left-open 9 closed by the end"],
    ),
    "IPv4 has the port": (
        (
            "import socket\nwith socket.create_server(('0.0.0.0', 0)) as one:\n"
            "    socket.create_server(('::', one.getsockname()[1]), family=socket.AF_INET6, dualstack_ipv6=True)\n"
        ),
        ["failure 3 : the listening socket 1 .* line 2, still holds it, and the IPv6 socket is for IPv4 too$"],
        ["wildcard 2 it bound", "wildcard 3 it bound"],
    ),
    "the file of who was closed lies there": (
        (
            "import os, socket, tempfile\nwith tempfile.TemporaryDirectory() as folder:\n"
            "    path = os.path.join(folder, 's')\n    with socket.socket(socket.AF_UNIX) as one:\n"
            "        one.bind(path); one.listen()\n    with socket.socket(socket.AF_UNIX) as two:\n"
            "        two.connect(path)\n"
        ),
        ["failure 7 : the listening socket 1 .* was closed before, at line 4, and its file lies there still$"],
        [],
    ),
    "an address is of each link": (
        "import socket\nwith socket.socket(socket.AF_INET6) as one:\n    one.connect(('fe80::1', 80))\n",
        ["failure 3 : an address that begins with fe80 is one of each interface, and none is named"],
        ["beyond-loopback 3 it spoke to"],
    ),
    "an event loop's TLS meets none": (
        (
            "import asyncio, ssl\nasync def serve(reader, writer):\n    await reader.read(1); writer.close()\n"
            "async def main():\n    server = await asyncio.start_server(serve, '127.0.0.1', 0)\n"
            "    async with server:\n        end = server.sockets[0].getsockname()\n"
            "        await asyncio.open_connection(*end, ssl=ssl.create_default_context())\nasyncio.run(main())\n"
        ),
        ["failure 8 : the TLS handshake failed: the other end does not speak TLS$"],
        [],
    ),
    "two messages come as one": (
        LISTENS
        + "import json\none = socket.create_connection(address)\nwith listener, one, listener.accept()[0] as two:\n"
        "    two.sendall(b'[1]')\n    two.sendall(b'[2]')\n    got = one.recv(6, socket.MSG_WAITALL)\n"
        "    json.loads(got)\n",
        ["failure 9 JSONDecodeError: .*: it was given at once what line 7 and line 8 had sent: a stream keeps no"],
        [],
    ),
    "an error far below comes of something else": (
        LISTENS + "one = socket.create_connection(address)\nwith listener, one, listener.accept()[0] as two:\n"
        "    two.sendall(b'[1]')\n    two.sendall(b'[2]')\n    one.recv(6, socket.MSG_WAITALL)\n"
        + 20 * "    pass\n"
        + "    int('x')\n",
        ["failure 29 exited with status 1: ValueError: invalid literal for int.* 'x'$"],
        [],
    ),
    "a chunk has no size": (
        LISTENS + "import http.client\nwith listener:\n    one = http.client.HTTPConnection(*address)\n"
        "    one.request('GET', '/')\n    two = listener.accept()[0]\n    two.recv(999)\n"
        "    two.sendall(b'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nhello\\r\\n')\n"
        "    try: one.getresponse().read()\n    finally: two.close(); one.close()\n",
        ["failure 11 IncompleteRead.*: a chunk of the answer of line 10 does not begin with its size$"],
        [],
    ),
    "a path is bound only later": (
        (
            "import os, socket, tempfile\nwith (tempfile.TemporaryDirectory() as folder,\n"
            "    socket.socket(socket.AF_UNIX) as one, socket.socket(socket.AF_UNIX) as two):\n"
            "    path = os.path.join(folder, 's')\n    try: two.connect(path)\n    finally: one.bind(path)\n"
        ),
        ["failure 5 : no socket has that path yet: line 6 binds it only later$"],
        [],
    ),
    "its log alone says that it fails": (
        (
            "import socket, sys\nwith socket.create_server(('127.0.0.1', 0)) as one, socket.socket() as two:\n"
            "    try: two.bind(one.getsockname())\n    except OSError: sys.exit(3)\n"
        ),
        ["failure 3 it exited with status 3: EADDRINUSE: the listening socket 1 .* opened at line 2, still holds it$"],
        [],
    ),
    "send() takes a part only": (
        (
            "import socket\none, two = socket.socketpair()\nwith one, two:\n    one.settimeout(0.05)\n"
            "    one.send(bytes(10**7))\n"
        ),
        [r"cut-off 5 send\(\) took \S+ bytes of 10,000,000, and nobody sent the other \S+$"],
        [],
    ),
    "it sends the rest": (
        (
            "import socket\none, two = socket.socketpair()\nwith one, two:\n    one.setblocking(False)\n"
            "    rest = bytes(10**6)\n    while rest:\n        try: rest = rest[one.send(rest):]\n"
            "        except BlockingIOError: two.recv(10**6)\n"
        ),
        [],
        [],
    ),
    "a connection names no sender": (
        (
            "import socket\none, two = socket.socketpair()\nwith one, two:\n    one.send(b'x')\n"
            "    data, (host, port) = two.recvfrom(1)\n"
        ),
        [r"failure 5 TypeError: .*NoneType.*: recvfrom\(\) of a connection names no sender, but None$"],
        [],
    ),
    "the other end does not end TLS": (
        LISTENS + TLS + "def serve():\n    with there.wrap_socket(listener.accept()[0], server_side=True) as tls:\n"
        "        tls.send(b'x')\n"
        "thread = threading.Thread(target=serve); thread.start()\n"
        "with listener, socket.create_connection(address) as one:\n"
        "    with here.wrap_socket(one, suppress_ragged_eofs=False) as tls:\n        thread.join(); tls.recv(9)\n"
        "        tls.recv(9)\n",
        ["failure 16 SSLEOFError.*: the other end closed the connection without ending TLS, at line 10$"],
        [],
    ),
    "an answer is shorter than it says": (
        LISTENS + "import http.client\nwith listener:\n    one = http.client.HTTPConnection(*address)\n"
        "    one.request('GET', '/')\n    two = listener.accept()[0]\n    two.recv(999)\n"
        "    two.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nhello')\n    two.close()\n"
        "    one.getresponse().read()\n",
        ["failure 12 IncompleteRead.*: the answer of line 10 says that 9 bytes will come, and 5 came .*, and then"],
        ["left-open 7 closed by"],
    ),
    "a task is refused": (
        (
            "import asyncio, socket\nwith socket.socket() as bound:\n    bound.bind(('127.0.0.1', 0))\n"
            "    end = bound.getsockname()\nasync def ask():\n    await asyncio.open_connection(*end)\n"
            "async def main():\n    task = asyncio.create_task(ask())\n    await asyncio.wait([task])\n"
            "asyncio.run(main())\n"
        ),
        ["stderr 6 an error ended what asyncio had called: ConnectionRefusedError: .*: nobody listens there$"],
        [],
    ),
    "an error is nobody's, and its task is let go of": (
        (
            "import asyncio, socket\nwith socket.socket() as bound:\n    bound.bind(('127.0.0.1', 0))\n"
            "    end = bound.getsockname()\nasync def main():\n"
            "    task = asyncio.ensure_future(asyncio.open_connection(*end))\n"
            "    await asyncio.wait([task])\n    del task\nasyncio.run(main())\n"
        ),
        ["stderr None an error ended what asyncio had called: ConnectionRefusedError"],
        ["refused 7 nobody listens there$|was closed before"],
    ),
    "a sendto() of asyncio names nobody": (
        (
            "import asyncio\nasync def main():\n    loop = asyncio.get_running_loop()\n"
            "    one, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, ('127.0.0.1', 0))\n"
            "    one.sendto(b'x')\n    one.close()\n    await asyncio.sleep(0)\nasyncio.run(main())\n"
        ),
        ["stderr 5 an error ended what asyncio had called: TypeError: .*: no receiver is named$"],
        [],
    ),
    "it may not broadcast": (
        (
            "import socket\nwith socket.socket(type=socket.SOCK_DGRAM) as one:\n"
            "    one.sendto(b'x', ('127.255.255.255', 4000))\n"
        ),
        ["failure 3 127.255.255.255:4000 is a broadcast address, and the datagram socket 1 .* may not send there$"],
        [],
    ),
    "a file has its descriptor too": (
        (
            "import os, socket\none, two = socket.socketpair()\nwith two, os.fdopen(one.fileno(), 'wb') as file:\n"
            "    file.write(b'x')\none.close()\n"
        ),
        [r"failure 5 os.fdopen\(\) made a file of its descriptor at line 3, and whoever closes it first"],
        [],
    ),
    "who got no answer has asked again": (
        LISTENS + "def ask():\n    with socket.create_connection(address) as one:\n        one.sendall(b'x')\n"
        "        accepted = listener.accept()[0]; answers and accepted.sendall(b'y' * len(accepted.recv(1)))\n"
        "        accepted.close(); return one.recv(1)\nanswers = False\ntry: ask()\nexcept ConnectionError: pass\n"
        "answers = True; ask(); listener.close()\n",
        [],
        ["reset 8 1 byte .*lay unread"],
    ),
    "it was shut down": (
        LISTENS + "with listener:\n    listener.shutdown(socket.SHUT_RDWR)\n    listener.accept()\n",
        [r"failure 6 Invalid argument: the listening socket 1 \S+ was shut down at line 5$"],
        [],
    ),
    "another listens at its port": (
        (
            "import socket, threading\nidle = socket.create_server(('127.0.0.1', 0), reuse_port=True)\n"
            "listener = socket.create_server(idle.getsockname(), reuse_port=True)\n"
            "threading.Thread(target=lambda: [listener.accept()[0].close() for _ in range(30)], daemon=True).start()\n"
            "with idle, listener:\n    for _ in range(30):\n"
            "        with socket.create_connection(idle.getsockname(), 1) as one:\n            one.recv(1)\n"
        ),
        ["failure 8 at the listening socket 1 .* of line 2, one of 2 that listen at this port$"],
        ["reset 5 socket 1 .* was closed while", "survivor 4 a"],
    ),
    "the library raised, and the program had nothing to close": (
        (
            "import multiprocessing.connection as mc, threading\ndef serve(one):\n    try: one.accept()\n"
            "    except mc.AuthenticationError: pass\nwith mc.Listener(('127.0.0.1', 0), authkey=b'1') as one:\n"
            "    threading.Thread(target=serve, args=(one,)).start()\n    mc.Client(one.address, authkey=b'2')\n"
        ),
        ["failure 7 AuthenticationError: .*: the two ends have different keys$"],
        ["left-open 7 by the end of the process"],
    ),
    "its event loop is kept from answering": (
        (
            "import asyncio, socket\nasync def main():\n"
            "    server = await asyncio.start_server(lambda *_: None, '127.0.0.1', 0)\n    async with server:\n"
            "        with socket.create_connection(server.sockets[0].getsockname(), 0.05) as one:\n"
            "            one.recv(1)\nasyncio.run(main())\n"
        ),
        [r"failure 6 TimeoutError: timed out: who is to answer, the listening socket 3 \S+ of line 3, is of the ev"],
        ["reset 4 waited in its queue"],
    ),
    "the time-out of all sockets is too short": (
        LISTENS + "socket.setdefaulttimeout(0.01)\nwith listener, socket.create_connection(address) as one:\n"
        "    two = listener.accept()[0]\n    try: two.recv(1)\n    finally: one.sendall(b'late'); two.close()\n",
        [r"failure 4 TimeoutError: timed out at line 7: what it waited for came when its time was up, which setd"],
        ["reset 8 4 bytes"],
    ),
    "its server has no certificate": (
        LISTENS + "import ssl, threading\ndef serve():\n    with listener.accept()[0] as one:\n"
        "        try: ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).wrap_socket(one, server_side=True)\n"
        "        except ssl.SSLError: pass\n"
        "thread = threading.Thread(target=serve); thread.start()\ncontext = ssl.create_default_context()\n"
        "with listener, socket.create_connection(address) as one:\n"
        "    with one: context.wrap_socket(one, server_hostname='a')\n",
        [r"failure 7 HANDSHAKE_FAILURE.* at line 12: the TLS handshake failed: the server has nothing to offer"],
        [],
    ),
    "what was cleared up after an error is no fault of its own": (
        LISTENS + "with listener, socket.create_connection(address) as one, listener.accept()[0] as two:\n"
        "    one.sendall(b'unread')\n    one.settimeout(0.01)\n    one.recv(1)\n",
        ["failure 7 : nothing came meanwhile"],
        ["reset 4 lay unread"],
    ),
}
ERAS = {"the other end does not end TLS": SAYS_AN_ABRUPT_END}


@pytest.mark.skipif(sys.platform != "linux", reason="what crosses the wire is seen on Linux")
@pytest.mark.parametrize("case", marked(FAILS, ERAS))
def test_what_a_program_died_of_is_said_once(case: str, tmp_path: Path) -> None:
    text, wrong, noted = FAILS[case]
    program = tmp_path / "program.py"
    program.write_text(text, encoding="utf-8")
    found = judge(record(program), strict=False)
    for is_note, expected in ((False, wrong), (True, noted)):
        told = [f"{one.event} {one.line} {one.message}" for one in found if one.is_note is is_note]
        assert len(told) == len(expected), found
        for said, pattern in zip(told, expected, strict=True):
            event, line, words = pattern.split(" ", 2)
            assert re.search(f"^{event} {line} .*{words}", said), said
