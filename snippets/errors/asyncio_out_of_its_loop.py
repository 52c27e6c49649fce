"""A coroutine runs once, and only in a loop that runs."""

import asyncio


async def work() -> str:
    """Do nothing, in good order."""
    return "done"


def main() -> None:
    """Run a coroutine twice; ask for a loop where none runs."""
    once = work()
    print(asyncio.run(once))
    closed = asyncio.new_event_loop()
    closed.close()
    for call in (
        lambda: asyncio.run(once),
        asyncio.get_running_loop,
        lambda: closed.call_soon(print),
    ):
        try:
            call()
        except RuntimeError as error:
            print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
