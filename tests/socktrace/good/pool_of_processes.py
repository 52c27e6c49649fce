"""multiprocessing: pipes, a queue and a child; sockets of its own plumbing."""

import multiprocessing


def work(pipe: object) -> None:
    pipe.send("done")  # type: ignore[attr-defined]
    pipe.close()  # type: ignore[attr-defined]


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    child = context.Process(target=work, args=(there,))
    child.start()
    there.close()
    print(here.recv())
    child.join()
    here.close()
