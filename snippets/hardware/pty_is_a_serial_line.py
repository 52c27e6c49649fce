"""A program sets up a pseudo-terminal like a serial line.

The real thing is /dev/ttyS0, with a UART and a connector behind
it. Here both ends are in the kernel, so no hardware is needed.
"""

import os

# socktrace: expect no-socket


def main() -> None:
    """Set one end to 115200 baud, 8N1, and send bytes both ways.

    Source: termios(3), pty(7).
    """
    if not hasattr(os, "openpty"):
        print("this system has no pseudo-terminals")
        return

    import termios
    import tty

    modem, port = os.openpty()
    try:
        print("the port is a terminal:", os.isatty(port))

        tty.setraw(port)  # 8 data bits, and no byte is changed
        line = termios.tcgetattr(port)
        line[4] = line[5] = termios.B115200  # in and out
        termios.tcsetattr(port, termios.TCSANOW, line)

        _, _, flags, _, _, speed, _ = termios.tcgetattr(port)
        print("115200 baud:", speed == termios.B115200)
        print("8 data bits:", flags & termios.CSIZE == termios.CS8)
        print("a parity bit:", flags & termios.PARENB != 0)

        os.write(port, b"AT\r")
        print("the modem reads:", os.read(modem, 99))
        os.write(modem, b"OK\r")
        print("the port reads:", os.read(port, 99))
    finally:
        os.close(modem)
        os.close(port)


if __name__ == "__main__":
    main()
