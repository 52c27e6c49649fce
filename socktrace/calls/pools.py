"""What urllib3, and so requests, botocore and others, keeps open when it was told to close."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def pool_manager() -> Any:
    """Return the class of urllib3 that has a session's pools of connections; `None` if it is not loaded."""
    return getattr(sys.modules.get("urllib3.poolmanager"), "PoolManager", None)


def pooled(manager: Any) -> Iterator[Any]:
    """Yield the sockets that lie in the pools of urllib3, unused.

    Its `clear()`, which closes a session of requests, lets go of the pools only. Each closes its connections when it is
    collected, and a response that the program still has keeps it.

    Args:
        manager: What has the pools.
    """
    for key in manager.pools.keys():  # noqa: SIM118  # it can be asked only
        pool = manager.pools.get(key)
        for connection in list(pool.pool.queue) if pool is not None and pool.pool is not None else ():
            if getattr(connection, "sock", None) is not None:
                yield connection.sock
