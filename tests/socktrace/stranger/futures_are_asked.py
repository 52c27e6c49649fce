"""What fails elsewhere is asked for: by its result, by its error, by a function that is called when it is done."""

import asyncio
import socket
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from multiprocessing.pool import ThreadPool


def fail(data: bytes) -> int:
    return int(data)


def slowly(seconds: float, data: bytes) -> int:
    time.sleep(seconds)
    return int(data)


def asks(future: Future[int]) -> None:
    print("called back:", future.exception())


def copes(error: BaseException) -> None:
    print("told:", error)


def asked_for_its_result(pool: ThreadPoolExecutor) -> None:
    future = pool.submit(fail, b"a")
    try:
        print(future.result())
    except ValueError as error:
        print(error)


def asked_for_its_error(pool: ThreadPoolExecutor) -> None:
    for future in as_completed([pool.submit(fail, b"b"), pool.submit(fail, b"b")]):
        print(future.exception())


def the_first_error_is_enough(pool: ThreadPoolExecutor) -> None:
    try:
        print(list(pool.map(fail, [b"1", b"c", b"d"])))
    except ValueError as error:
        print(error)


def the_first_answer_is_enough(pool: ThreadPoolExecutor) -> None:
    tries = [pool.submit(slowly, seconds, data) for seconds, data in ((0, b"5"), (0.2, b"e"), (0.2, b"f"))]
    done, _ = wait(tries, return_when=FIRST_COMPLETED)
    print(done.pop().result())


def nobody_wants_it(pool: ThreadPoolExecutor) -> None:
    busy = [pool.submit(slowly, 0.1, b"1") for _ in range(3)]
    print(pool.submit(fail, b"g").cancel(), [one.result() for one in busy])


async def in_a_loop() -> None:
    try:
        await asyncio.get_running_loop().run_in_executor(None, fail, b"h")
    except ValueError as error:
        print(error)


async def gives_up() -> None:
    try:
        await asyncio.wait_for(asyncio.to_thread(slowly, 0.2, b"k"), 0.05)
    except TimeoutError:
        print("no answer")


here, there = socket.socketpair()
with here, there, ThreadPoolExecutor(3) as pool:
    asked_for_its_result(pool)
    asked_for_its_error(pool)
    pool.submit(fail, b"i").add_done_callback(asks)
    the_first_error_is_enough(pool)
    the_first_answer_is_enough(pool)
    nobody_wants_it(pool)
asyncio.run(in_a_loop())
asyncio.run(gives_up())
with ThreadPool(1) as threads:
    threads.apply_async(fail, (b"j",), error_callback=copes).wait()
    print(threads.apply_async(fail, (b"1",)).get())
