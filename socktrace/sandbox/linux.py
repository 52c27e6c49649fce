"""What of Linux no function of Python does: a network namespace, and a process's rights."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import struct
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x1
_SIOCADDRT, _RTF_UP = 0x890B, 0x1
_CAPABILITY_VERSION_3 = 0x20080522
EXIT = os._exit
"""As it is before a program replaces it."""


def unshare() -> str | None:
    """Move this process into a new network namespace and give it a loopback interface; say why if that fails."""
    import fcntl  # absent on Windows, which never comes here

    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) != 0:
        if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
            return f"no network namespace: {os.strerror(ctypes.get_errno())} (unshare(2))"
        try:
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
            Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
        except OSError as error:
            return f"no user namespace: {error.strerror} (user_namespaces(7))"
    name = ctypes.create_string_buffer(b"lo")
    groups, mask = (struct.pack("HH4s8x", socket.AF_INET, 0, bytes([first, 0, 0, 0])) for first in (224, 240))
    # struct rtentry (linux/route.h). Without a way to the groups of IPv4 none can be joined (ip(7), ENODEV).
    route = struct.pack("L16s16x16sHhLPhPLLH0L", 0, groups, mask, _RTF_UP, 0, 0, 0, 0, ctypes.addressof(name), 0, 0, 0)
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            request = struct.pack("16sH14x", b"lo", 0)
            flags = struct.unpack("16sH14x", fcntl.ioctl(control, _SIOCGIFFLAGS, request))[1]
            fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))
            with contextlib.suppress(OSError):  # a kernel that is not Linux, such as gVisor's, may know no such thing
                fcntl.ioctl(control, _SIOCADDRT, route)
    except OSError as error:
        return f"the loopback interface stays down: {error.strerror} (netdevice(7))"
    return None


def prctl(option: int, value: int) -> None:
    """Set something of this process (prctl(2)).

    Args:
        option: What, such as `PR_SET_PDEATHSIG`.
        value: Its value.
    """
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def drop_capabilities() -> None:
    """Give back what the user namespace lent, so that the program meets the same rights as outside (capset(2))."""
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    ctypes.CDLL(None).capset(header, bytes(24))
