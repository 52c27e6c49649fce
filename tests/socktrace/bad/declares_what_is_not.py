"""It says that a reset will come, and none does."""

import socket

# socktrace: expect reset
with socket.socket():
    pass
# fault: declaration 5: it says to expect 'reset', but that did not happen
