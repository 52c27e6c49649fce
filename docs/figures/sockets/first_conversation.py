from sitebuild.figures import Sheet, column, connected, ladder, phase, port, recorded
from socktrace.recording import Recording

TITLE = "Two sockets, one connection, three phases"
DESCRIPTION = """
A client's socket with port 50312 and a server's socket with port 8080. First the handshake: SYN to the server, SYN and
ACK back, ACK to the server. Then bytes flow both ways: hello to the server, and hello back. Then each side sends one
FIN.
"""
RECORDING = "sockets/echo.py"


def draw(sheet: Sheet, recording: Recording) -> None:
    sheet.put(
        ladder(
            column("**client**", connected(), port(50312)),
            column("**server**", connected(), port(8080)),
            recorded(recording),
            phases=[
                phase(3, "**1 open**\nthe handshake" if sheet.wide else "**1 open**"),
                phase(2, "**2 talk**\nboth ways" if sheet.wide else "**2 talk**"),
                phase(2, "**3 close**\neach way" if sheet.wide else "**3 close**"),
            ],
            apart="huge" if sheet.wide else "vast",
        )
    )
