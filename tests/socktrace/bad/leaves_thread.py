"""A daemon thread is still there at the end."""

import threading

threading.Thread(target=threading.Event().wait, daemon=True, name="lingerer").start()
# fault: survivor 0: the thread 'lingerer' outlived the program
