from sitebuild.figures import Field, Sheet, column, field, header, row

TITLE = "The two port fields at the head of the TCP and the UDP header"
DESCRIPTION = """
To scale, 32 bits to a row. Both headers begin with 16 bits for the source port and 16 bits for the destination port.
In the example the source port is 49152, in bytes c0 00, and the destination port is 8080, in bytes 1f 90. After them
the UDP header has a length and a checksum, 64 bits in all. The TCP header goes on with sequence number, acknowledgment
number, data offset and flags, window, checksum and urgent pointer, 160 bits in all without options.
"""


def draw(sheet: Sheet) -> None:
    ports = [(49152, "source port"), (8080, "destination port")]
    bits = [field(name, 16, strong=True, digits=f"{number:016b}") for number, name in ports]
    first = header([bits], across=sheet.across)
    udp = header([named(), [field("length", 16), field("checksum", 16)]], across=sheet.across)
    tcp = header(
        [
            named(),
            [field("sequence number", 32)],
            [field("acknowledgment number", 32)],
            [field("offset, flags" if sheet.narrow else "data offset, flags", 16), field("window", 16)],
            [field("checksum", 16), field("urgent pointer", 16)],
        ],
        across=sheet.across,
    )
    sheet.put(column("**The first 32 bits, in TCP and in UDP**", first, gap="tight"))
    for one, (number, _) in zip(bits, ports, strict=True):
        high, low = divmod(number, 256)
        sheet.note(
            column(row(f"`{high:02x}`", f"`{low:02x}`", gap="wide"), f"**= {number}**", gap="none"), one, "bottom"
        )
    sheet.put(column("**The UDP header: 64 bits**", udp, gap="tight"))
    says = "**The TCP header: 160 bits**" if sheet.narrow else "**The TCP header: 160 bits, without options**"
    sheet.put(column(says, tcp, gap="tight"))


def named() -> list[Field]:
    return [field("source port", 16, strong=True), field("destination port", 16, strong=True)]
