"""Another thread puts the answer for a task into its event loop, which sleeps on."""

import asyncio
import threading


async def main() -> None:
    loop, answer = asyncio.get_running_loop(), asyncio.Event()
    async with await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0):
        threading.Timer(0.1, loop.call_soon, [answer.set]).start()
        await answer.wait()


asyncio.run(main())
# fault: hang 11: it was still running when its time limit came: line 11 (the task 'main') waits in wait(); its event
#     loop sleeps, though another thread has given it something to call
