import socket

socket.setdefaulttimeout(60)  # seconds
here = ("127.0.0.1", 8000)
page = "<h1>Grüezi</h1>".encode()
head = [
    "HTTP/1.1 200 OK",
    f"Content-Length: {len(page)}",
    "Content-Type: text/html; charset=utf-8",
    "Connection: close",
]
with socket.create_server(here) as server:
    conn, caller = server.accept()
    with conn, conn.makefile("rb") as asked:
        while (line := asked.readline()).strip():
            print(line)
        lines = "\r\n".join([*head, "", ""])
        conn.sendall(lines.encode() + page)
