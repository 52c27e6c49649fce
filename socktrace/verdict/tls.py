"""Why a TLS handshake failed of which a program died: OpenSSL's reason, in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from socktrace.recording import Call, Program
from socktrace.recording.endings import CLOSINGS
from socktrace.verdict.case import Case, raised_at

_FAILED = "the TLS handshake failed: "
_TRUST = (
    _FAILED + "the client does not trust the certificate",
    "give the client's context what to trust: `load_verify_locations()`, `create_default_context(cafile=...)`",
)
_DISTRUST = (
    _FAILED + "the server does not trust the client's certificate",
    "give the server's context what to trust: `load_verify_locations()`",
)
_EXPIRED = (
    _FAILED + "the certificate has expired",
    "have a new one made, and let the end whose it is load it: `load_cert_chain()`; or set the clock of this machine",
)
_NO_TLS = (_FAILED + "the other end does not speak TLS", "let both ends speak TLS")
_NOTHING_TO_OFFER = (
    _FAILED + "the server has nothing to offer that the client takes, as without a certificate",
    "give the server's context its certificate and key: `load_cert_chain()`",
)
_NO_VERSION = (
    _FAILED + "the two ends have no version of TLS in common",
    "let the versions of the two contexts meet: `minimum_version`, `maximum_version`",
)
_ASKS_CLIENT = (
    _FAILED + "the server asks for the client's certificate, and gets none",
    "give the client's context its own: `load_cert_chain()`; or let the server not ask: `verify_mode = CERT_NONE`",
)
_REASONS: Mapping[str, tuple[str, str]] = {
    "Hostname mismatch": (
        "the certificate is made out to another name than the one that was asked for",
        "pass the certificate's own name as `server_hostname`, or have it made out to this one",
    ),
    "IP address mismatch": (
        "the certificate does not name this address",
        "pass the certificate's own name as `server_hostname`, or have it made out to this address",
    ),
    "certificate has expired": _EXPIRED,
    "CERTIFICATE_EXPIRED": _EXPIRED,
    "certificate is not yet valid": (
        _FAILED + "the certificate is not valid yet",
        "set the clock of this machine, or have the certificate made out from an earlier day on",
    ),
    "CERTIFICATE_VERIFY_FAILED": _TRUST,
    "ALERT_UNKNOWN_CA": _TRUST,
    "WRONG_VERSION_NUMBER": _NO_TLS,
    "HTTP_REQUEST": _NO_TLS,
    "ALERT_HANDSHAKE_FAILURE": _NOTHING_TO_OFFER,
    "NO_SHARED_CIPHER": _NOTHING_TO_OFFER,
    "ALERT_PROTOCOL_VERSION": _NO_VERSION,
    "UNSUPPORTED_PROTOCOL": _NO_VERSION,
    "CERTIFICATE_REQUIRED": _ASKS_CLIENT,
    "PEER_DID_NOT_RETURN_A_CERTIFICATE": _ASKS_CLIENT,
    "UNEXPECTED_MESSAGE": (
        _FAILED + "the other end spoke out of turn, as a second client does",
        "one of the two has to be the server: `wrap_socket(..., server_side=True)`",
    ),
}
"""What OpenSSL's reasons mean, and what to do about them."""
_UNREADABLE = "record layer failure"
"""What OpenSSL says from 3.2 on where a record cannot be read: before, that of plain text had an error of its own."""
_CUT = (
    "UNEXPECTED_EOF_WHILE_READING",
    "EOF occurred in violation of protocol",
    "SSLZeroReturnError",  # so the Python of Debian 12 says it, 3.11.2
    "ConnectionResetError",
    "BrokenPipeError",
)
"""What is said where the other end closed in the midst of it."""


HANDSHAKE, ALERT = _RECORDS = "\\x16", "\\x15"
"""How the two records begin by which TLS is agreed upon, or is not (RFC 8446 section 5.1, `ContentType`)."""
_RAGGED = re.compile(r"UNEXPECTED_EOF_WHILE_READING|EOF occurred in violation of protocol|SSLZeroReturnError")
"""What is said where the other end closed without ending TLS."""


def refused_by_tls(case: Case, number: int, one: Program, said: str) -> tuple[tuple[str, str], frozenset[int]] | None:
    """Say why a program died of a TLS handshake; `None` if it did not.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        one: What became of it.
        said: Its last words.

    Returns:
        What was the matter, as the end of a sentence, and what to do about it; and the sockets of the connection.
    """
    ends = _ends(case, number, raised_at(one))
    cause = next((told for reason, told in _REASONS.items() if reason in said), None)
    if cause in (_TRUST, _NOTHING_TO_OFFER):
        cause = _of_client(case, number, raised_at(one), ends, cause, "ALERT" in said) or cause
    if cause is None and _UNREADABLE in said and not _began(case, _at(case, number, raised_at(one), ends)):
        cause = _NO_TLS
    if cause is None and _RAGGED.search(said) and (spoke := _spoke(case, number, raised_at(one))):
        return _not_ended(case, number, spoke), spoke
    if cause is None and ends and any(reason in said for reason in _CUT):
        cause = _cut_short(case, ends, _began(case, _at(case, number, raised_at(one), ends)))
    if cause is None and (plain := _answered_plain(case, number, one, said)):
        return _NO_TLS, plain
    return None if cause is None else (cause, ends)


def _of_client(
    case: Case, number: int, line: int | None, ends: frozenset[int], cause: tuple[str, str], by_alert: bool
) -> tuple[str, str] | None:
    """Say what was the matter where it was the client's certificate that the server did not like, or get.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
        line: The line that raised it.
        ends: The sockets of the connection.
        cause: What is the matter if it was the server's.
        by_alert: Whether the other end had said so (RFC 8446 section 6.2), and not this one.

    Returns:
        `None` if it was the server's certificate, or if that is not known.
    """
    here = _at(case, number, line, ends)
    roles = {case.recording.socket(one).role for one in here}
    if cause == _TRUST:
        return _DISTRUST if roles == {"client" if by_alert else "accepted"} else None
    return _ASKS_CLIENT if roles == {"client"} and _began(case, here) else None


def _at(case: Case, number: int, line: int | None, ends: frozenset[int]) -> frozenset[int]:
    """Return those of some sockets that were used at a line."""
    return frozenset(one for one in ends if any((row.process, row.line) == (number, line) for row in case.calls(one)))


def _began(case: Case, here: frozenset[int]) -> bool:
    """Say whether the other end of a connection, seen from one of its sockets, began to agree upon TLS."""
    for one in case.conversations:
        if here & {one.client_socket, one.server_socket}:
            other = one.server if one.client_socket in here else one.client
            return next((packet.data for packet in one.sent(other) if packet.size), "").startswith(HANDSHAKE)
    return False


def lacks_certificate(case: Case, words: str, ends: frozenset[int]) -> Call | None:
    """Return the call that made the TLS socket of a server that has nothing to offer; `None` if that is not known.

    Args:
        case: The run.
        words: What was the matter, as `refused_by_tls` says it.
        ends: The sockets of the connection.
    """
    accepted = (one for one in ends if case.recording.socket(one).role == "accepted")
    calls = (call for one in accepted for call in case.calls(one) if call.name == "adopt" and call.line)
    return next(calls, None) if words == _NOTHING_TO_OFFER[0] else None


def _answered_plain(case: Case, number: int, one: Program, said: str) -> frozenset[int]:
    """Return both sockets of a connection on which a client began with TLS and the server did not go on so.

    An event loop speaks TLS on plain sockets, and no call tells of it but by its bytes.
    """
    if not any(reason in said for reason in (*_CUT, "SSL handshake")):
        return frozenset()
    for row in reversed(case.conversations):
        if row.server_socket is None or case.recording.socket(row.server_socket).tls:
            continue
        asked, answered = (_first_sent(case, end) for end in (row.client_socket, row.server_socket))
        at_line = asked and (asked.process, asked.line) == (number, raised_at(one))
        if (
            asked is not None
            and at_line
            and asked.data.startswith(HANDSHAKE)
            and not (answered and answered.data.startswith(_RECORDS))
        ):
            return frozenset(end for end in (row.client_socket, row.server_socket) if end is not None)
    return frozenset()


def _first_sent(case: Case, socket: int | None) -> Call | None:
    return next((call for call in case.calls(socket) if call.name == "send"), None)


def laid_bare(case: Case, number: int) -> tuple[str, str] | None:
    """Say where a program read what had crossed the wire of TLS as if it were what was sent; `None` if it did not.

    After shutdown() an `ssl.SSLSocket` is a plain socket to Python, and to the other end it is not.

    Args:
        case: The run.
        number: The program, as `Call.process` counts.
    """
    shut = {call.socket: call for call in case.recording.calls if call.name == "shutdown" and call.process == number}
    for socket, call in shut.items():
        after = (one for one in case.calls(socket) if one.at > call.until and one.name == "recv" and one.size)
        read = next((one for one in after if not one.function.startswith("ssl.")), None)
        if read and case.recording.socket(socket).tls:
            words = f"shutdown() at {case.place(call, case.program(number).file)} took TLS off this end only"
            fix = "leave shutdown() out, and let the request itself say where it ends; `unwrap()` ends TLS at both ends"
            return f"{words}: what {read.function}() gives since then is not decrypted", fix
    return None


def _spoke(case: Case, number: int, line: int | None) -> frozenset[int]:
    """Return both sockets of the connection that spoke TLS, and was read from at a line."""
    for one in reversed(case.conversations):
        ends = frozenset(end for end in (one.client_socket, one.server_socket) if end is not None)
        calls = [call for end in ends for call in case.calls(end)]
        moved = any(call.function.startswith("ssl.") and call.size for call in calls)
        if moved and any((call.process, call.line) == (number, line) for call in calls):
            return ends
    return frozenset()


def _not_ended(case: Case, number: int, ends: frozenset[int]) -> tuple[str, str]:
    """Say which end of a connection closed it without ending TLS first (RFC 8446 section 6.1)."""
    closes = [call for end in ends for call in case.calls(end) if call.name in (*CLOSINGS, "shutdown")]
    first = min(closes, key=lambda call: call.at, default=None)
    place = case.place(first, case.program(number).file) if first else ""
    words = "the other end closed the connection without ending TLS" + (f", at {place}" if place else "")
    return words, "let it call `unwrap()` before close(); else nobody can tell whether all has come"


def _ends(case: Case, number: int, line: int | None) -> frozenset[int]:
    """Return both sockets of the connection that was to speak TLS at a line, and never did."""
    for one in reversed(case.conversations):
        ends = frozenset(end for end in (one.client_socket, one.server_socket) if end is not None)
        calls = [call for end in ends if case.recording.socket(end).tls for call in case.calls(end)]
        if any((call.process, call.line) == (number, line) for call in calls):
            return ends
    return frozenset()


def _cut_short(case: Case, ends: frozenset[int], speaks_tls: bool) -> tuple[str, str] | None:
    """Say that the other end closed before TLS was agreed upon; `None` if that was later.

    Args:
        case: The run.
        ends: The sockets of the connection.
        speaks_tls: Whether the other end had begun with TLS. In TLS 1.3 a client is done before its certificate is
            looked at (RFC 8446 section 2).
    """
    calls = [call for end in ends for call in case.calls(end)]
    if any(call.function.startswith("ssl.") and call.size for call in calls):
        return None
    plain = [call for call in calls if not case.recording.socket(call.socket).tls and call.name in CLOSINGS]
    place = case.place(plain[0]) if plain else ""
    words = _FAILED + "the other end closed the connection" + (f" at {place}" if place else "")
    if speaks_tls:
        return words, "look at its own error, such as one of the certificate that it was shown, or was not"
    return words, "let the other end speak TLS too, and close when that has been ended: `unwrap()`"
