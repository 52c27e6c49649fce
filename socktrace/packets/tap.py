"""Witness 2, on the kernel's loopback interface: takes the packets that cross it (Linux)."""

from __future__ import annotations

import socket
import struct
import time
from array import array
from typing import NamedTuple

from socktrace.packets.headers import length_of, ports

KEPT = 160
"""How many bytes of a packet are kept, from the IP header on."""
_ETH_P_ALL, _ETH_P_IP, _ETH_P_IPV6 = 0x3, 0x800, 0x86DD
_SOL_PACKET, _PACKET_STATISTICS = 263, 6
_SO_ATTACH_FILTER, _SO_RCVBUFFORCE, _SO_TIMESTAMPNS = 26, 33, 35
_INSTRUCTION, _PROGRAM = struct.Struct("@HBBI"), struct.Struct("@HP")
_IS_OUTGOING = (
    (0x20, 0, 0, 0xFFFFF004),  # load the packet's type, SKF_AD_PKTTYPE
    (0x15, 0, 1, 4),  # unless it is PACKET_OUTGOING, skip the next
    (0x06, 0, 0, 0xFFFFFFFF),  # keep all of it
    (0x06, 0, 0, 0),  # keep nothing
)
"""A program of the kernel's packet filter (linux/filter.h, and Documentation/networking/filter.rst)."""
_ROOM = 256 << 20  # bytes
_PATIENCE = 0.002
"""For how many seconds packets gather before they are read, where there is room for all that may come in that time. To
be woken for each of them takes longer than to read it, from the program, too."""
_STAMPS_WITHIN = 1.0  # seconds
_STAMP = struct.Struct("@ll")
"""Seconds and nanoseconds, each as long as a `long` of the C library (socket(7))."""
_AT_ONCE = 10_000  # packets


class Captured(NamedTuple):
    """A packet as captured.

    Args:
        at: When, in nanoseconds of the system clock.
        head: Its first bytes, from the IP header on.
        length: Its whole length in bytes.
    """

    at: int
    head: bytes
    length: int


class Tap:
    """Captures what crosses an interface in the network namespace of the thread that makes it (packet(7)).

    Args:
        interface: Its name. Only a tap on `lo` sees to it that the kernel stamps packets; it does so for all taps.

    Raises:
        OSError: The kernel does not allow it, or this is not Linux.
    """

    def __init__(self, interface: str = "lo") -> None:
        if not hasattr(socket, "AF_PACKET"):
            raise OSError("packet sockets exist on Linux only")
        # protocol 0 until bind(): moving a packet socket to another interface makes the kernel wait for every CPU
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
        if interface == "lo":  # it hands every packet over twice
            self._take_outgoing()
        self.patience = _PATIENCE
        """For how many seconds packets may gather."""
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _ROOM)
        except PermissionError:  # only the host's root may go beyond net.core.rmem_max
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
            self.patience = 0.0
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        self._socket.bind((interface, _ETH_P_ALL))
        self._socket.setblocking(False)
        if interface == "lo":
            self._await_stamps()

    def _take_outgoing(self) -> None:
        """Take packets as they are sent, not as they come.

        Each processor has a queue of its own for what comes over the loopback interface, so a packet can come after one
        that was sent later. In the order in which they are sent, no answer stands before what it answers.
        """
        code = array("B", b"".join(_INSTRUCTION.pack(*one) for one in _IS_OUTGOING))
        address, _ = code.buffer_info()
        self._socket.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, _PROGRAM.pack(len(_IS_OUTGOING), address))

    def _await_stamps(self) -> None:
        """Wait until the kernel stamps packets as they cross; it turns that on in the background, a moment later.

        Until then a packet bears the time at which it was read, and would seem to come after calls that it preceded.
        """
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
            deadline = time.monotonic() + _STAMPS_WITHIN
            while time.monotonic() < deadline:
                probe.sendto(b"", probe.getsockname())
                sent = time.time_ns()
                time.sleep(0.0002)
                own = [one for one in self.drain() if ports(one.head) == (port, port)]  # others may be at work here
                if own and all(one.at <= sent for one in own):
                    return
        raise OSError("the kernel does not stamp packets with their time")

    def fileno(self) -> int:
        """Return the descriptor to wait on."""
        return self._socket.fileno()

    def close(self) -> None:
        """Stop capturing."""
        self._socket.close()

    def drain(self) -> list[Captured]:
        """Return the packets that have come since the last call; of many the first ones, or it might never return."""
        packets: list[Captured] = []
        while len(packets) < _AT_ONCE:
            try:
                head, ancillary, _, link = self._socket.recvmsg(KEPT, 64)
            except BlockingIOError:
                break
            if link[1] not in (_ETH_P_IP, _ETH_P_IPV6):
                continue
            ((_, _, stamp),) = ancillary
            seconds, nanoseconds = _STAMP.unpack_from(stamp)
            packets.append(Captured(seconds * 1_000_000_000 + nanoseconds, head, length_of(head)))
        return packets

    def lost(self) -> int:
        """Return how many packets the kernel had no room to keep."""
        counts: bytes = self._socket.getsockopt(_SOL_PACKET, _PACKET_STATISTICS, 8)
        return int(struct.unpack("@II", counts)[1])
