"""asyncio starts a program; the thread that waits for it ends a moment later."""

import asyncio
import sys


async def main() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "print(1)", stdout=asyncio.subprocess.PIPE)
    print(await process.communicate())


asyncio.run(main())
