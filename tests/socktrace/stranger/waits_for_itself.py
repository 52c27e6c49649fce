"""It waits for an answer that it would have to give itself."""

import socket
import urllib.request

with socket.create_server(("127.0.0.1", 0)) as listener:
    urllib.request.urlopen(f"http://127.0.0.1:{listener.getsockname()[1]}/")
# fault: hang 7: it was still running when its time limit came: line 7 waits in urlopen() on the connecting socket 2
#     (127.0.0.1:PORT), which nobody accepted at the listening socket 1 (127.0.0.1:PORT)
