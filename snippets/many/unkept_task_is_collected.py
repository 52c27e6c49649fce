"""A task that nobody keeps may be gone before it is done."""

import asyncio
import gc
from asyncio import Future, Task
from weakref import ref

kept: set[Task[None]] = set()


async def wait() -> None:
    """Wait for what nobody else knows. Source: asyncio tasks."""
    await Future()


async def forget() -> None:
    """Start two tasks alike, and keep one. Source: asyncio."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(
        lambda _, said: print("the loop says:", said["message"])
    )
    task = asyncio.create_task(wait())
    kept.add(task)
    unkept = ref(asyncio.create_task(wait()))

    await asyncio.sleep(0)  # both have begun, and wait
    gc.collect()  # which Python does by itself, now and then
    print("kept:", "there" if task in kept else "gone")
    print("not kept:", "there" if unkept() else "gone")
    task.cancel()


def main() -> None:
    """Run it."""
    asyncio.run(forget())


if __name__ == "__main__":
    main()
