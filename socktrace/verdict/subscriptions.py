"""Who waits for messages of ZeroMQ in vain, as the packets tell: no call on a socket of it is seen. Pure."""

from __future__ import annotations

import re

from socktrace.recording import Endpoint
from socktrace.recording.conversations import Conversation
from socktrace.verdict.case import Case, other_end
from socktrace.verdict.misuse import Cause

_IS_SUBSCRIBER = re.compile(r"READY\\x0bSocket-Type\\x00\\x00\\x00\\x03SUB")
"""By which words a subscriber greets (ZMTP 3.1, rfc.zeromq.org/spec/37)."""
_IS_ROUTER = re.compile(r"READY\\x0bSocket-Type\\x00\\x00\\x00\\x06ROUTER")
_SUBSCRIBES = "SUBSCRIBE"
"""The command by which it says what it wants to have."""
_READY = "READY"
"""The last of what each end says before any message."""


def in_vain(case: Case) -> Cause | None:
    """Say why a subscriber got nothing: it has not subscribed, or its publisher had sent all before that.

    And say of a ROUTER that it has sent nothing to who has asked it.

    Args:
        case: The run.
    """
    for one in case.conversations:
        for end in (one.client, one.server):
            says, hears = _said(one, end), _said(one, other_end(one, end))
            if hears and _READY not in hears[-1] and says and _IS_ROUTER.search(says[-1]):
                words = (
                    f"the ROUTER of ZeroMQ at {end} has sent nothing to {other_end(one, end)}, which has asked it: it "
                )
                words += "drops what does not begin with the identity of one who is there (zmq_socket(3))"
                fix = "answer with what recv_multipart() gave first: `send_multipart([identity, *rest])`"
                return Cause(words, fix)
            if not any(map(_IS_SUBSCRIBER.search, says)) or not hears:
                continue
            if not any(_SUBSCRIBES in text for text in says):
                words = f"the subscriber of ZeroMQ at {end} has subscribed to nothing, so it is sent nothing"
                return Cause(words, "`socket.subscribe(b'')` for all messages, or the words with which those begin")
            if _READY in hears[-1]:
                words = (
                    f"the publisher has sent nothing to {end} since that subscribed; what it had sent before is lost"
                )
                return Cause(words, "send when the subscriber is there: let it say so on another socket, or send again")
    return None


def _said(one: Conversation, end: Endpoint) -> list[str]:
    return [packet.data for packet in one.packets if packet.data and packet.source == end]
