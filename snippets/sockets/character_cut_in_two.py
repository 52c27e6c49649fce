"""A read may end inside a character; decode whole frames."""

import codecs
import socket


def main() -> None:
    """Read four letters that are five bytes, in two pieces.

    Source: RFC 3629 section 3; recv(2).
    """
    socket.setdefaulttimeout(5)  # seconds
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
        listener.accept()[0] as accepted,
    ):
        client.sendall("café".encode())
        pieces = [accepted.recv(4), accepted.recv(4)]
    print("pieces:", pieces)
    try:
        print("first piece:", pieces[0].decode())
    except UnicodeDecodeError as error:
        print("first piece:", error)
    print("all of it:", b"".join(pieces).decode())
    decoder = codecs.getincrementaldecoder("utf-8")()
    print("decoder:", [decoder.decode(piece) for piece in pieces])


if __name__ == "__main__":
    main()
