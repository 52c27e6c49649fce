"""Three ways in which an asyncio reader gives up."""

import asyncio


async def read(how: str, *arguments: object) -> None:
    """Read from a stream that brings "hello" and ends."""
    reader = asyncio.StreamReader(limit=4)
    reader.feed_data(b"hello")
    reader.feed_eof()
    try:
        await getattr(reader, how)(*arguments)
    except (EOFError, ValueError, asyncio.LimitOverrunError) as e:
        print(f"{how}: {type(e).__name__}: {e}")


async def main() -> None:
    """Want more than comes, and lines longer than allowed."""
    await read("readexactly", 8)
    await read("readuntil", b"\n")
    await read("readline")


if __name__ == "__main__":
    asyncio.run(main())
