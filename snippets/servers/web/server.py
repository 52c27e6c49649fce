import socket

socket.setdefaulttimeout(60)  # seconds
page = "<h1>Grüezi</h1>".encode()
head = f"""HTTP/1.1 200 OK
Content-Length: {len(page)}
Content-Type: text/html; charset=utf-8
Connection: close

"""
server = socket.create_server(("127.0.0.1", 8000))
with server, server.accept()[0] as conn, conn.makefile() as asked:
    while line := asked.readline().strip():
        print(line)
    conn.sendall(head.replace("\n", "\r\n").encode() + page)
