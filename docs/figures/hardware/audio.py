from sitebuild.figures import Sheet, audio_plug

TITLE = "The four contacts of a headset plug, in two orders"
DESCRIPTION = """
A plug lies on its side, its tip at the left. From the tip to the cable CTIA has left, right, ground and microphone;
OMTP has left, right, microphone and ground. The last two differ.
"""


def draw(sheet: Sheet) -> None:
    mic = "mic" if sheet.narrow else "microphone"
    plug = audio_plug(
        ["tip", "ring", "ring", "sleeve"],
        above=[["left", "right", "**ground**", f"**{mic}**"]],
        below=[["left", "right", f"**{mic}**", "**ground**"]],
    )
    sheet.put("**CTIA**", plug, "**OMTP**", gap="near")
