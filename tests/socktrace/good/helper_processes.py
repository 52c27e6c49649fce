"""A manager of multiprocessing: a helper process with sockets and threads of its own."""

import multiprocessing

if __name__ == "__main__":
    with multiprocessing.get_context("fork").Manager() as manager:
        shared = manager.dict()
        shared["one"] = 1
        print(dict(shared))
