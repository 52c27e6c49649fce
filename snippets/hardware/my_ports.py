"""A program can list most ports of its computer, but not all.

It asks the files and tools of its own system, and sends nothing.
With --sample it asks nothing, and shows three made-up computers.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from glob import glob

# socktrace: run with --sample
# socktrace: expect no-socket

SECONDS = 20
UTF8 = "[Console]::OutputEncoding = [Text.Encoding]::UTF8"


@dataclass(frozen=True)
class Port:
    """A row to show: a name, and what else is known."""

    name: str
    about: str


def ask(question: str) -> str:
    """Return what the system says, as words or as JSON.

    Args:
        question: A pattern of folders and the names of files there,
            a tool with its options, or a command of PowerShell.

    Raises:
        OSError: There is no such thing, or it may not be used.
        subprocess.TimeoutExpired: No answer comes.
    """
    words = question.split()
    if question.startswith("/"):
        pattern, *names = words
        os.listdir(os.path.dirname(pattern))
        found = [
            read(path, names) for path in sorted(glob(pattern))
        ]
        return json.dumps([row for row in found if row])
    if question.startswith("Get-"):
        words = ["powershell", "-NoProfile", "-NonInteractive"]
        words += [
            "-Command",
            f"{UTF8}; {question} | ConvertTo-Json",
        ]
    done = subprocess.run(
        words,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    printed = done.stdout.strip()
    text = (printed or done.stderr).decode("utf-8-sig", "replace")
    if not printed and (text.strip() or done.returncode):
        raise OSError(text.strip() or f"exit {done.returncode}")
    return text


def read(folder: str, names: list[str]) -> dict[str, str]:
    """Read files in a folder; of a link only that it is there."""
    found = {}
    for name in names:
        key, _, file = name.partition("=")
        path = f"{folder}/{file or key}"
        try:
            if os.path.islink(path):
                found[key] = "yes"
            else:
                with open(path, errors="replace") as content:
                    found[key] = content.read().strip()
        except PermissionError:
            found[key] = "not readable"
        except OSError:
            pass  # it has no value now, or is not there
    row = {"name": os.path.basename(folder), **found}
    return row if found or not names else {}


def rows(text: str) -> list[Port]:
    """Read JSON: in each row first the name, and then the rest."""
    found = json.loads(text or "[]")
    ports = []
    for row in [found] if isinstance(found, dict) else found:
        (_, name), *about = row.items()
        known = [said(key, value) for key, value in about]
        if UNKNOWN not in known:
            ports.append(Port(str(name), join(known)))
    return ports


def said(key: str, value: object) -> str:
    """Say what a value means, or the value with its unit."""
    unit = UNITS.get(key, "{}")
    value = "" if value is None else value
    return MEANINGS.get(f"{key} {value}", unit.format(value))


def places(text: str, form: str) -> list[Port]:
    """Read each place of a form: its first group is the name."""
    found = re.findall(form, text, re.MULTILINE)
    return [Port(name, join(about)) for name, *about in found]


def join(parts: list[str]) -> str:
    """Put together what is known, without what is not."""
    return ", ".join(part for part in parts if part)


# Linux: if_arp.h, serial.h, sysfs-class-net, sysfs-bus-usb.
UNKNOWN = "unknown chip"
MEANINGS = {
    "chip 0": UNKNOWN,
    "type 1": "Ethernet frames",
    "type 772": "loopback",
    "device yes": "hardware",
    "phy80211 yes": "Wi-Fi",
    "speed -1": "",
    "maxchild 0": "",
}
UNITS = {
    "type": "type {}",
    "chip": "chip type {}",
    "idVendor": "maker {}",
    "idProduct": "product {}",
    "speed": "{} Mbit/s",
    "maxchild": "{} ports",
}
EMPTY = "USB ports and display connectors with nothing in them"
OTHERS = "names of other users' programs, unless you are root"
ALWAYS = "power inlet, audio jacks, card slots: nothing here asks"
UNSEEN = {
    "linux": [OTHERS, ALWAYS],
    "darwin": [EMPTY, OTHERS, ALWAYS],
    "win32": [EMPTY, ALWAYS],
}
PLUGGED = "Get-PnpDevice -PresentOnly | Where-Object"
SELECT = "| Select-Object"
PROGRAM = (
    f"{SELECT} LocalPort, LocalAddress, "
    "@{n='by'; e={(Get-Process -Id $_.OwningProcess).Name}}"
)
SYSTEMS = {
    "linux": {
        "network interfaces": "/sys/class/net/* "
        "type device phy80211 operstate speed",
        "USB devices": "/sys/bus/usb/devices/* "
        "product idVendor idProduct speed maxchild",
        "serial ports": "/sys/class/tty/* device chip=type",
        "display connectors": "/sys/class/drm/card*-* status",
        "listening ports": "ss -Htulnp",
    },
    "darwin": {
        "network hardware": "networksetup -listallhardwareports",
        "network interfaces": "ifconfig",
        "USB devices": "ioreg -p IOUSB",
        "serial ports": "/dev/cu.*",
        "displays": "system_profiler -json SPDisplaysDataType",
        "listening ports": "netstat -an",
        "listening programs": "lsof +c0 -nP -iTCP -sTCP:LISTEN",
    },
    "win32": {
        "network interfaces": f"Get-NetAdapter {SELECT} "
        "Name, MediaType, Status, LinkSpeed",
        "USB devices": f"{PLUGGED} InstanceId -match "
        rf"'^USB.VID_\w+&PID_\w+\\' {SELECT} FriendlyName, "
        "@{n='at'; e={(Get-PnpDeviceProperty "
        "-InstanceId $_.InstanceId "
        "-KeyName DEVPKEY_Device_LocationInfo).Data}}",
        "serial ports": f"{PLUGGED} Class -eq 'Ports' {SELECT} "
        "FriendlyName",
        "displays": "Get-CimInstance -Namespace root/wmi "
        f"-ClassName WmiMonitorConnectionParams {SELECT} "
        "InstanceName, @{n='by'; e={@{'0'='VGA'; '4'='DVI'; "
        "'5'='HDMI'; '10'='DisplayPort'; '2147483648'='inside'}"
        "[[string]$_.VideoOutputTechnology]}}",
        "listening TCP ports": "Get-NetTCPConnection -State Listen "
        f"{PROGRAM}",
        "UDP ports": f"Get-NetUDPEndpoint {PROGRAM}",
    },
}
FORMS = {  # of what is not JSON: the first group is the name
    "ss": r"^(tcp|udp) .*? (\S+:\d+) +\S+:\*"
    r'(?: +users:\(\("(.+?)")?',
    "networksetup": r"Hardware Port: (.+)\nDevice: (.+)",
    "ifconfig": r"^(\w+): .*\n(?:[ \t].*\n)*?[ \t]+media: (.+)"
    r"(?:\n[ \t]+status: (.+))?",
    "ioreg": r"\+-o (.+)@([0-9a-f]{8})  <class",
    "system_profiler": r'"_name" : "(.+)",\s+"_spdisplays(?:[^}]*'
    r'_connection_type" : "spdisplays_(\w+)")?',
    "netstat": r"^(tcp\w*|udp\w*) .* (\S+\.\d+) +\*\.\*"
    r"(?: +LISTEN)? *$",
    "lsof": r"^(\S+) +\d+ .* TCP (\S+) \(LISTEN\)",
}


def show(system: str, told: dict[str, str] | None = None) -> None:
    """Print what is there, and then what could not be seen.

    Args:
        system: What Python calls the system.
        told: The answers by title, so that the system is not asked.
    """
    unseen = list(
        UNSEEN.get(system, [f"anything: what is {system}?"])
    )
    for title, question in SYSTEMS.get(system, {}).items():
        tool = question.split()[0]
        ports = []
        try:
            answer = told[title] if told else ask(question)
            form = FORMS.get(tool)
            ports = places(answer, form) if form else rows(answer)
        except subprocess.TimeoutExpired:
            unseen.append(
                f"{title}: {tool}: no answer in {SECONDS} seconds"
            )
        except OSError as error:
            why = str(error.strerror or error).splitlines()[0]
            unseen.append(f"{title}: {tool}: {why}")
        except (
            ValueError,
            TypeError,
            AttributeError,
            RecursionError,
        ):
            unseen.append(
                f"{title}: {tool}: an answer of unknown form"
            )
        say(f"{title}:")
        width = max([len(port.name) for port in ports], default=0)
        for port in ports:
            say(f"  {port.name:{width}}  {port.about}")
        if not ports:
            say("  none seen")
    say("cannot see:")
    for line in unseen:
        say(f"  {line}")


def say(text: str) -> None:
    """Print a line, whatever a device may call itself."""
    shown = "".join(
        one if one.isprintable() else "?" for one in text
    )
    code = sys.stdout.encoding
    print(shown.rstrip().encode(code, "replace").decode(code))


SAMPLE = {
    "linux": {
        "network interfaces": """[
{"name": "enp3s0", "type": "1", "device": "yes", "operstate": "up",
 "speed": "1000"},
{"name": "lo", "type": "772", "operstate": "unknown"},
{"name": "wlp2s0", "type": "1", "device": "yes", "phy80211": "yes",
 "operstate": "down"}]""",
        "USB devices": """[
{"name": "1-1", "product": "USB2.0 Hub", "idVendor": "05e3",
 "idProduct": "0608", "speed": "480", "maxchild": "4"},
{"name": "1-1.3", "idVendor": "046d", "idProduct": "c077",
 "speed": "1.5", "maxchild": "0"}]""",
        "serial ports": """[
{"name": "ttyS0", "device": "yes", "chip": "4"},
{"name": "ttyS1", "device": "yes", "chip": "0"},
{"name": "ttyUSB0", "device": "yes"}]""",
        "display connectors": """[
{"name": "card0-DP-1", "status": "disconnected"},
{"name": "card0-HDMI-A-1", "status": "connected"}]""",
        "listening ports": """\
udp UNCONN 0 0 0.0.0.0:5353 0.0.0.0:*
tcp LISTEN 0 5 127.0.0.1:80 0.0.0.0:* users:(("httpd",pid=7,fd=3))
""",
    },
    "darwin": {
        "network hardware": "Hardware Port: Wi-Fi\nDevice: en0\n",
        "network interfaces": """\
lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> mtu 16384
\tinet 127.0.0.1 netmask 0xff000000
en0: flags=8863<UP,BROADCAST,SMART,RUNNING,MULTICAST> mtu 1500
\tmedia: autoselect
\tstatus: active
""",
        "USB devices": """\
+-o AppleT8103USBXHCI@01000000  <class AppleT8103USBXHCI, id 0x2>
  +-o USB Serial@01120000  <class IOUSBHostDevice, id 0x4>
""",
        "serial ports": '[{"name": "cu.usbserial-1120"}]',
        "displays": """
"_name" : "Color LCD",
"_spdisplays_displayID" : "1",
"spdisplays_connection_type" : "spdisplays_internal",
""",
        "listening ports": """\
tcp46  0  0  *.8000          *.*            LISTEN
tcp4   0  0  10.0.0.5.52044  192.0.2.1.443  ESTABLISHED
""",
        "listening programs": """\
python3.13 812 me 3u IPv6 0x6a 0t0 TCP *:8000 (LISTEN)
""",
    },
    "win32": {
        "network interfaces": """
{"Name": "Wi-Fi", "MediaType": "Native 802.11", "Status": "Up",
 "LinkSpeed": "866.7 Mbps"}""",
        "USB devices": """
{"FriendlyName": "USB Composite Device",
 "at": "Port_#0002.Hub_#0001"}""",
        "serial ports": """
{"FriendlyName": "USB Serial Device (COM3)"}""",
        "displays": "",
        "listening TCP ports": """
{"LocalPort": 8000, "LocalAddress": "::", "by": "python"}""",
        "UDP ports": "",
    },
}


def main() -> None:
    """Show this computer, or the sample."""
    if "--sample" not in sys.argv[1:]:
        show(sys.platform)
        return
    for system, told in SAMPLE.items():
        say(f"== made up; sys.platform is {system}")
        show(system, told)
        print()


if __name__ == "__main__":
    main()
