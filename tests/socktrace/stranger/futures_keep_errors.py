"""Six ways to call something elsewhere and never to hear that it failed."""

import asyncio
import multiprocessing
import socket
import threading
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from multiprocessing.pool import ThreadPool


def waited_for(connection: socket.socket) -> int:
    return int(connection.recv(10))


def mapped(connection: socket.socket) -> str:
    return connection.recv(10).decode("ascii")


def applied(data: bytes) -> int:
    return int(100 / len(data))


def in_a_process(data: bytes) -> int:
    return data[5]


async def in_a_loop(words: dict[str, str]) -> str:
    return words["bob"]


async def in_a_task(data: bytes) -> int:
    return data[7]


def pair() -> tuple[socket.socket, socket.socket]:
    here, there = socket.socketpair()
    here.sendall(b"\xff")
    return here, there


loop = asyncio.new_event_loop()
here, there = pair()
with here, there, ThreadPoolExecutor() as pool:
    wait([pool.submit(waited_for, there)])
here, there = pair()
with here, there, ThreadPoolExecutor() as pool:
    pool.map(mapped, [there])
here, there = pair()
with here, there, ThreadPool(1) as threads:
    for _ in range(2):
        threads.apply_async(applied, (b"",)).wait()
    there.recv(10)
with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as processes:
    kept: list[Future[int]] = [processes.submit(in_a_process, b"")]
thread = threading.Thread(target=loop.run_forever)
thread.start()
wait([asyncio.run_coroutine_threadsafe(in_a_loop({}), loop)])
loop.call_soon_threadsafe(loop.stop)
thread.join()
tasks = [loop.create_task(in_a_task(b""))]
loop.run_until_complete(asyncio.sleep(0))
loop.close()
# fault: stderr 32: an error ended what asyncio had called: IndexError: index out of range
# fault: swallowed 12: an error ended what concurrent.futures had called, and nobody asked for it: ValueError: invalid
#     literal for int() with base 10: b'\xff'
# fault: swallowed 16: an error ended what concurrent.futures had called, and nobody asked for it: UnicodeDecodeError:
#     'ascii' codec can't decode byte 0xff in position 0: ordinal not in range(128)
# fault: swallowed 20: an error ended what multiprocessing had called, and nobody asked for it: ZeroDivisionError:
#     division by zero (2 times)
# fault: swallowed 24: an error ended what concurrent.futures had called, and nobody asked for it: IndexError: index
#     out of range
# fault: swallowed 28: an error ended what concurrent.futures had called, and nobody asked for it: KeyError: 'bob'
