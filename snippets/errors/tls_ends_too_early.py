"""TLS says goodbye; a stream that merely ends may be cut."""

import ssl


def main() -> None:
    """Begin a TLS handshake in memory; the other side is gone.

    Source: Python documentation of ssl.MemoryBIO.
    """
    # socktrace: expect no-socket
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    context = ssl.create_default_context()
    client = context.wrap_bio(
        incoming, outgoing, False, "localhost"
    )
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        print("Client Hello:", bool(outgoing.pending))
    incoming.write_eof()  # no answer, and no goodbye
    try:
        client.do_handshake()
    except ssl.SSLError as error:
        text, _, _line = str(error).rpartition(" (_ssl.c")
        print(f"{type(error).__name__}: {text}")


if __name__ == "__main__":
    main()
