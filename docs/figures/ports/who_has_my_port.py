from itertools import pairwise

from sitebuild.figures import Sheet, box, column, ended, equal, grid, listening, room, row, socket, text

TITLE = "From the error to the cause: three questions"
DESCRIPTION = """
Address already in use leads to three questions, one command each. First: who listens on the port? If there is a row,
its last column names the program: an old run of your own is asked to end, a service is stopped by its manager, for
docker-proxy the container is stopped, and without a name the question is asked again with sudo. If there is no row, the
second: does a connection use the port? One in TIME-WAIT is over: wait a minute, or let both servers set SO_REUSEADDR.
Any other belongs to the program in the last column; if none stands there even with sudo, wait: the kernel ends
it by itself. If there is none, the third: is a socket bound to it that does not listen? A newer ss shows it, and its
program, as in the first.
"""


QUESTIONS = (
    (listening, "1 Does a socket listen there?", "ss -ltnp 'sport = :8080'"),
    (ended, "2 Does a connection use it?", "ss -tanp 'sport = :8080'"),
    (socket, "3 Is one only bound?", "ss -tanpB 'sport = :8080'"),
)
ROWS = """\
its last column names the program
• your own old run: ask it to end
• a service: use its manager
• docker-proxy: stop the container
• no name: ask again with sudo"""
CONNECTIONS = """\
TIME-WAIT: over; wait a minute,
or let both set SO_REUSEADDR
else, a name: it has the port
no name even with sudo: wait"""
ANSWERS = (
    ROWS,
    CONNECTIONS,
    "a program holds it quietly:\nits name is in the last column\n(-B needs a newer ss)",
)


def draw(sheet: Sheet) -> None:
    asked = [row(sign(), text(f"**{ask}**\n`{command}`", small=True)) for sign, ask, command in QUESTIONS]
    error, *questions = equal(
        box("**Address already in use**", tone="end", thick=True),
        *(box(one, align="start", thick=True) for one in asked),
    )
    said = [box(text(words, small=sheet.narrow), align="start", tone="soft") for words in ANSWERS]
    answers = equal(*said, only="width")
    steps = list(zip(questions, answers, strict=True))
    if sheet.wide:
        sheet.put(grid([[error], *steps], gap=room("a row"), row_gap="far"))
    else:
        sheet.put(column(error, *(one for step in steps for one in step), gap="far", align="end"))
    for (question, answer), found in zip(steps, ("a row", "a row", "a row"), strict=True):
        sheet.arrow(question, answer, found)
    for before, after in pairwise(questions):
        sheet.arrow(before, after, "no row", by="start" if sheet.narrow else "middle", at="end")
    sheet.arrow(error, questions[0])
