from sitebuild.figures import Field, Sheet, column, field, header

TITLE = "The two port fields at the head of the TCP and the UDP header"
DESCRIPTION = """
To scale, 32 bits to a row. Both headers begin with 16 bits for the source port and 16 bits for the destination port.
After them the UDP header has a length and a checksum, 64 bits in all. The TCP header goes on with fields that have no
name here, 160 bits in all without options.
"""


def draw(sheet: Sheet) -> None:
    udp = header([ports(), [field("length", 16), field("checksum", 16)]], across=sheet.across)
    tcp = header(
        [
            ports(),
            [field("", 32)],
            [field("the other fields", 32)],
            [field("", 16), field("", 16)],
            [field("", 16), field("", 16)],
        ],
        across=sheet.across,
    )
    sheet.put(column("**The UDP header: 64 bits**", udp, gap="tight"))
    says = "**The TCP header: 160 bits**" if sheet.narrow else "**The TCP header: 160 bits, without options**"
    sheet.put(column(says, tcp, gap="tight"))


def ports() -> list[Field]:
    return [field("source port", 16, strong=True), field("destination port", 16, strong=True)]
