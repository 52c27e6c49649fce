import socket

socket.setdefaulttimeout(60)  # seconds
here = ("127.0.0.1", 8000)
page = "<h1>Grüezi</h1>".encode()
head = f"""HTTP/1.1 200 OK
Content-Length: {len(page)}
Content-Type: text/html; charset=utf-8
Connection: close

""".replace("\n", "\r\n").encode()
with socket.create_server(here) as server:
    conn, caller = server.accept()
    with conn, conn.makefile() as asked:
        for line in asked:
            if line == "\n":
                break
            print(line, end="")
        conn.sendall(head + page)
