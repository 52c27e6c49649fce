from sitebuild.figures import Sheet, cross, ended, grid, listening, text

TITLE = "A path without a file, a file without a server, and both"
DESCRIPTION = """
Three times the path /run/app.sock is called. First there is no file, a cross: No such file or directory. Then there is
a file whose server has gone, a dashed circle: Connection refused. Then a listening socket, a ring: it works.
"""


def draw(sheet: Sheet) -> None:
    met = [cross(), ended(), listening()]
    there = ["no file", "a file, and no server", "a file, and its server"]
    said = ["No such file or directory", "Connection refused", "it works"]
    if sheet.narrow:
        words = [text(f"{what}:\n{word}", align="start") for what, word in zip(there, said, strict=True)]
        sheet.put(text("`/run/app.sock`"), grid(zip(met, words, strict=True), gap="some", align=("middle", "start")))
        return
    heads = [text(words, small=True) for words in ("at `/run/app.sock`", "", "`connect` says")]
    rows = zip(
        [text(what, align="end") for what in there], met, [text(word, align="start") for word in said], strict=True
    )
    sheet.put(grid([heads, *rows], gap="far", row_gap="some", align=("end", "middle", "start")))
