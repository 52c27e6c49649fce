"""Python imports this as it starts, before the program: it lets the witness in, and gives way to the real one."""

import sys


def _give_way(folder, library):  # type: ignore[no-untyped-def]  # a Python that is too old may come here, too
    """Let the witness in; leave of this module nothing but what Python would have without it.

    Args:
        folder: This module's folder.
        library: The folder that the package `socktrace` is in.
    """
    import os

    sys.path[:] = [entry for entry in sys.path if entry != folder]
    sys.path_importer_cache.pop(folder, None)
    given = os.environ.pop("SOCKTRACE", "")
    before = os.environ.pop("PYTHONPATH", folder)
    if before != folder or given.startswith("="):
        os.environ["PYTHONPATH"] = before[len(folder + os.pathsep) :]
    for name in [name for name in os.environ if name.startswith("SOCKTRACE_PYTHON")]:  # as `inherited` hides them
        os.environ[name[len("SOCKTRACE_") :]] = os.environ.pop(name)
    if "SOCKTRACE_OPTIONS" in os.environ:
        count, *options = os.environ.pop("SOCKTRACE_OPTIONS").split("\n")
        sys.orig_argv[1 : 1 + int(count)] = options
    if given and sys.version_info >= (3, 11):
        known, path, folders = set(sys.modules), list(sys.path), set(sys.path_importer_cache)
        own = os.path.dirname(os.__file__)
        sys.path[:] = [*(entry for entry in path if entry in (own, os.path.join(own, "lib-dynload"))), library]
        try:
            from socktrace.calls.hook import begin

            begin(given.lstrip("="), library)
        except Exception:
            pass  # what does not say that it is watched, is told not to have been; the program has to run all the same
        finally:
            sys.path[:] = path
            for name in set(sys.modules) - known:
                del sys.modules[name]
            for name in set(sys.path_importer_cache) - folders:
                del sys.path_importer_cache[name]
    del sys.modules["sitecustomize"]
    # The real one. Where there is none, the error says to `site` that all is well.
    import sitecustomize  # type: ignore[import-not-found]  # noqa: F401


if __name__ == "sitecustomize":
    _folder = __file__.rpartition("sitecustomize")[0][:-1]
    _give_way(_folder, _folder[: -len("/socktrace/calls/startup")])  # type: ignore[no-untyped-call]
