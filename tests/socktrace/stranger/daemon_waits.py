"""A daemon thread waits for work that does not come."""

import queue
import threading

threading.Thread(target=queue.Queue().get, daemon=True, name="helper").start()
# note: survivor 0: the thread 'helper' outlived the program
