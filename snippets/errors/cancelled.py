"""Whoever cancels a task raises an error at its await."""

import asyncio
import socket


async def wait_for_bytes(sock: socket.socket) -> None:
    """Wait for bytes that nobody sends, and say how it ends."""
    try:
        await asyncio.get_running_loop().sock_recv(sock, 1024)
    except asyncio.CancelledError as error:
        kind = type(error)
        print(f"in the task: {kind.__module__}.{kind.__name__}")
        raise  # who swallows it, can't be stopped


async def cancel_twice() -> None:
    """Cancel a task, then let a timeout do it."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        task = asyncio.create_task(wait_for_bytes(ours))
        await asyncio.sleep(0)  # so that the task begins to wait
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            print("outside, after cancel(): CancelledError")
        try:
            async with asyncio.timeout(0.1):
                await wait_for_bytes(ours)
        except TimeoutError:
            print("outside, after a timeout: TimeoutError")


def main() -> None:
    """Run it."""
    asyncio.run(cancel_twice())


if __name__ == "__main__":
    main()
