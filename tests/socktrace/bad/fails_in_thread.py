"""An exception in a thread: the program still exits 0."""

import threading

thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
# fault: stderr 5: an error ended a thread: ZeroDivisionError: division by zero
