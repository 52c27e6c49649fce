"""Wrong: it was meant to be reached from outside."""

import socket


def main():
    """Call the server at the address that others use."""
    socket.setdefaulttimeout(5)  # seconds
    other = "127.0.0.2"  # stands in for a container's
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection((other, port)) as client:
            client.sendall(b"hello")
            print("reached")


if __name__ == "__main__":
    main()

# socktrace: wrong failure, refused
# socktrace: wanted reached
