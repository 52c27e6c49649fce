"""Which of the kernel's sockets is behind a descriptor of this process."""

from __future__ import annotations

import os
import stat
import sys

_HIGH = 500
"""From which number on a witness keeps its own descriptors: a program's begin at 3, with or without one."""

_PROBED = 4096
"""How many descriptors are tried where they cannot be listed."""
_FSTAT, _LISTDIR = os.fstat, os.listdir
"""As they are: the program may replace them."""

LINUX = sys.platform.startswith("linux")


def out_of_the_way(fd: int) -> int:
    """Give a descriptor a number that the program would not get, where that is possible, and return it."""
    if os.name != "posix":
        return fd
    import fcntl  # absent on Windows
    import resource

    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    try:
        high = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, _HIGH if limit < 0 or limit > _HIGH else max(limit - 8, 0))
    except OSError:  # there are hardly any
        return fd
    os.close(fd)
    return high


class Descriptors:
    """Tells the sockets of this process apart, whatever descriptors they have at the moment.

    The number of a descriptor is used again as soon as it is closed, and one socket can have several. So each socket
    has an identity: on Linux its inode, elsewhere a number of our own.

    Args:
        inodes: Whether the kernel numbers sockets and lists the descriptors of a process, as Linux does in /proc
            (proc(5)).
    """

    def __init__(self, *, inodes: bool = LINUX) -> None:
        self._inodes = inodes
        self._known: dict[int, str] = {}
        self._made = 0
        self._foreign = frozenset(self._listed().values())

    def known(self, fd: int) -> str | None:
        """Return the identity of the socket that a descriptor was last seen to have, `None` if it is no such one."""
        identity = self._known.get(fd)
        return None if identity is None or (self._inodes and _inode(fd) != identity) else identity

    def last(self, fd: int) -> str | None:
        """Return the identity of the socket that a descriptor was last seen to have, even if it was closed since."""
        return self._known.get(fd)

    def identity(self, fd: int) -> str:
        """Return the identity of the socket behind a descriptor: the one that is known of it, if any is."""
        return self._known.get(fd) or self.identify(fd)

    def identify(self, fd: int, *, fresh: bool = False) -> str:
        """Find out the identity of the socket behind a descriptor.

        Args:
            fd: The descriptor.
            fresh: Whether the socket is a new one, so that what is known of the descriptor is of another.
        """
        inode = _inode(fd) if self._inodes else None
        if inode is not None:
            self._known[fd] = inode
        elif fresh or fd not in self._known:
            self._made += 1
            self._known[fd] = f"{os.getpid()}.{self._made}"
        return self._known[fd]

    def is_copy(self, fd: int, identity: str) -> None:
        """Take note that a descriptor is a copy of another one, and which socket both have."""
        self._known[fd] = identity

    def forget(self, fd: int) -> str | None:
        """Take note that a descriptor is being closed, and return the identity of the socket that it had."""
        return self._known.pop(fd, None)

    def still_open(self) -> dict[int, str]:
        """Return the identity of each socket that is open by its descriptor, but for those that were so before."""
        found = self._listed() if self._inodes else {fd: one for fd, one in self._known.items() if _alive(fd)}
        return {fd: identity for fd, identity in found.items() if identity not in self._foreign}

    def _listed(self) -> dict[int, str]:
        if not self._inodes:
            return {}
        try:
            descriptors = [int(name) for name in _LISTDIR("/proc/self/fd")]
        except OSError:  # it has no descriptor left to read that with, or has locked itself out (chroot(2))
            descriptors = [*range(max(_PROBED, *(fd + 1 for fd in self._known)))]
        return {fd: inode for fd in descriptors if (inode := _inode(fd))}


def _inode(fd: int) -> str | None:
    try:
        status = _FSTAT(fd)
    except OSError:
        return None
    return str(status.st_ino) if stat.S_ISSOCK(status.st_mode) else None


def _alive(fd: int) -> bool:
    try:
        return stat.S_ISSOCK(_FSTAT(fd).st_mode) if os.name == "posix" else True
    except OSError:
        return False
