"""The tool that lists ports reads what the three systems really say, and says what it cannot see.

The answers below have the form of real ones. Each names where its form was read; names and numbers are shortened.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from snippets.hardware import my_ports
from snippets.hardware.my_ports import Port, ask, places, rows

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "snippets/hardware/my_ports.py"
PAGE = ROOT / "docs/hardware/my-ports.md"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="its files are those of Linux")
posix_only = pytest.mark.skipif(os.name != "posix", reason="a script stands in for a tool")


def read(system: str, title: str, answer: str) -> list[tuple[str, str]]:
    """Read an answer as the program does."""
    form = my_ports.FORMS.get(my_ports.SYSTEMS[system][title].split()[0])
    ports = places(answer, form) if form else rows(answer)
    return [(port.name, port.about) for port in ports]


# -- Linux -------------------------------------------------------------------------------------------------------------

# Rows 2 and 3 are what ss -Htulnp of iproute2 6.1 printed on a machine with Linux 6.18; the others are made up in their
# form, with the addresses that ss(8) and ip(7) allow.
SS = """\
udp   UNCONN 0      0      0.0.0.0:5353      0.0.0.0:*    users:(("avahi-daemon",pid=612,fd=12))
tcp   LISTEN 0      128    0.0.0.0:2024      0.0.0.0:*                                          
tcp   LISTEN 0      5      127.0.0.1:33623   0.0.0.0:*    users:(("python",pid=2656,fd=16))     
tcp   LISTEN 0      511            *:80              *:*    users:(("nginx",pid=9,fd=6),("nginx",pid=8,fd=6))
tcp   LISTEN 0      128         [::]:22           [::]:*                                          
udp   UNCONN 0      0      127.0.0.53%lo:53  0.0.0.0:*                                          
"""  # noqa: W291  ss fills its last column with blanks


def test_ss() -> None:
    assert read("linux", "listening ports", SS) == [
        ("udp", "0.0.0.0:5353, avahi-daemon"),
        ("tcp", "0.0.0.0:2024"),
        ("tcp", "127.0.0.1:33623, python"),
        ("tcp", "*:80, nginx"),
        ("tcp", "[::]:22"),
        ("udp", "127.0.0.53%lo:53"),
    ]


def tree(root: Path, files: dict[str, str]) -> None:
    """Lay out files; a value that begins with > is a link."""
    for name, value in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if value.startswith(">"):
            path.symlink_to(value[1:])
        else:
            path.write_text(value + "\n", encoding="utf-8")


def asked(title: str, root: Path) -> list[tuple[str, str]]:
    """Ask the question of a Linux list of a folder that stands for the one in /sys."""
    pattern, blank, names = my_ports.SYSTEMS["linux"][title].partition(" ")
    return read("linux", title, ask(f"{root}/{Path(pattern).name}{blank}{names}"))


@linux_only
def test_network_interfaces_of_linux(tmp_path: Path) -> None:
    # https://github.com/torvalds/linux/blob/master/Documentation/ABI/testing/sysfs-class-net; a Linux 6.18 machine has
    # speed -1 for a virtual card, and reading speed of lo is an error; numbers of type in include/uapi/linux/if_arp.h
    tree(
        tmp_path,
        {
            "enp3s0/type": "1",
            "enp3s0/device": ">../../0000:03:00.0",
            "enp3s0/operstate": "up",
            "enp3s0/speed": "1000",
            "eth0/type": "1",
            "eth0/device": ">../../virtio2",
            "eth0/operstate": "up",
            "eth0/speed": "-1",
            "lo/type": "772",
            "lo/operstate": "unknown",
            "lo/speed/a-folder-cannot-be-read": "",
            "tun0/type": "65534",
            "tun0/operstate": "unknown",
            "wlp2s0/type": "1",
            "wlp2s0/device": ">../../0000:02:00.0",
            "wlp2s0/phy80211": ">../../ieee80211/phy0",
            "wlp2s0/operstate": "down",
        },
    )
    assert asked("network interfaces", tmp_path) == [
        ("enp3s0", "Ethernet frames, hardware, up, 1000 Mbit/s"),
        ("eth0", "Ethernet frames, hardware, up"),
        ("lo", "loopback, unknown"),
        ("tun0", "type 65534, unknown"),
        ("wlp2s0", "Ethernet frames, hardware, Wi-Fi, down"),
    ]


@linux_only
def test_usb_devices_of_linux(tmp_path: Path) -> None:
    # https://github.com/torvalds/linux/blob/master/Documentation/ABI/testing/sysfs-bus-usb
    tree(
        tmp_path,
        {
            "usb1/product": "xHCI Host Controller",
            "usb1/idVendor": "1d6b",
            "usb1/idProduct": "0002",
            "usb1/speed": "480",
            "usb1/maxchild": "16",
            "1-1.3/idVendor": "046d",
            "1-1.3/idProduct": "c077",
            "1-1.3/speed": "1.5",
            "1-1.3/maxchild": "0",
            "1-1.3:1.0/bInterfaceNumber": "00",
        },
    )
    assert asked("USB devices", tmp_path) == [
        ("1-1.3", "maker 046d, product c077, 1.5 Mbit/s"),
        ("usb1", "xHCI Host Controller, maker 1d6b, product 0002, 480 Mbit/s, 16 ports"),
    ]


@linux_only
def test_serial_ports_of_linux_without_those_of_an_unknown_chip(tmp_path: Path) -> None:
    # the links as on a Linux 6.18 machine; PORT_UNKNOWN is 0 and PORT_16550A is 4 in include/uapi/linux/serial.h
    tree(
        tmp_path,
        {
            "console/active": "ttyS0",
            "tty1/active": "tty1",
            "ttyS0/device": ">../../../00:00:0.0",
            "ttyS0/type": "4",
            "ttyS1/device": ">../../../serial8250:0.1",
            "ttyS1/type": "0",
            "ttyUSB0/device": ">../../../ttyUSB0",
        },
    )
    assert asked("serial ports", tmp_path) == [("ttyS0", "hardware, chip type 4"), ("ttyUSB0", "hardware")]


@linux_only
def test_display_connectors_of_linux(tmp_path: Path) -> None:
    # https://github.com/torvalds/linux/blob/master/drivers/gpu/drm/drm_sysfs.c; such names and values are pasted in
    # https://github.com/hyprwm/aquamarine/issues/81
    tree(
        tmp_path,
        {
            "card1/dev": "226:1",
            "card1-DP-1/status": "disconnected",
            "card1-eDP-1/status": "connected",
            "card1-Writeback-1/status": "unknown",
        },
    )
    assert asked("display connectors", tmp_path) == [
        ("card1-DP-1", "disconnected"),
        ("card1-Writeback-1", "unknown"),
        ("card1-eDP-1", "connected"),
    ]


@linux_only
def test_a_file_that_may_not_be_read_is_shown_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # older kernels let only root read the type of a serial port: drivers/tty/serial/serial_core.c had 0440
    tree(tmp_path, {"ttyS0/device": ">../00:03", "ttyS0/type": "4"})

    def refuse(path: str, errors: str) -> None:
        raise PermissionError(13, f"Permission denied, {errors}", path)

    monkeypatch.setattr("builtins.open", refuse)
    assert asked("serial ports", tmp_path) == [("ttyS0", "hardware, chip type not readable")]


# -- macOS -------------------------------------------------------------------------------------------------------------

# https://github.com/glpi-project/glpi-agent/issues/673, https://github.com/libnet/libnet/issues/105 and, for ap1, which
# has no status, https://gist.github.com/xgqfrms/a9e98b17835ddbffab07dde84bd3caa5
IFCONFIG = """\
lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> mtu 16384
\toptions=1203<RXCSUM,TXCSUM,TXSTATUS,SW_TIMESTAMP>
\tinet 127.0.0.1 netmask 0xff000000 
\tnd6 options=201<PERFORMNUD,DAD>
gif0: flags=8010<POINTOPOINT,MULTICAST> mtu 1280
stf0: flags=0<> mtu 1280
en5: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
\tether ac:00:48:00:11:00 
\tinet6 fe80::0000:00ff:ffff:0000%en5 prefixlen 64 scopeid 0x4 
\tnd6 options=201<PERFORMNUD,DAD>
\tmedia: autoselect (100baseTX <full-duplex>)
\tstatus: active
en3: flags=8963<UP,BROADCAST,SMART,RUNNING,PROMISC,SIMPLEX,MULTICAST> mtu 1500
\toptions=460<TSO4,TSO6,CHANNEL_IO>
\tether 82:00:1c:a5:00:00 
\tmedia: autoselect <full-duplex>
\tstatus: inactive
XHC1: flags=0<> mtu 0
ap1: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500
\toptions=400<CHANNEL_IO>
\tmedia: autoselect
en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
        ether 14:c2:13:ec:9f:dd 
        nd6 options=201<PERFORMNUD,DAD>
        media: autoselect (none)
        status: inactive
"""  # noqa: W291

# https://superuser.com/questions/267660 and https://github.com/nonocast/me/issues/129
NETWORKSETUP = """
Hardware Port: Wi-Fi
Device: en0
Ethernet Address: 8c:85:90:90:6d:26

Hardware Port: Bluetooth DUN
Device: Bluetooth-Modem
Ethernet Address: N/A

Hardware Port: Thunderbolt Bridge
Device: bridge0
Ethernet Address: 82:f1:30:25:50:01

VLAN Configurations
===================
"""

# https://github.com/libusb/libusb/issues/492 and https://github.com/libusb/libusb/issues/958
IOREG = """\
+-o Root  <class IORegistryEntry, id 0x100000100, retain 18>
  +-o AppleUSBEHCI Root Hub Simulation@1a000000  <class AppleUSBRootHubDevice, id 0x1000002ed, registered, matched, ac$
  | +-o IOUSBHostDevice@1a100000  <class AppleUSBDevice, id 0x1000002ef, registered, matched, active, busy 0 (31 ms), r$
  |   +-o BRCM20702 Hub@1a181000  <class IOUSBHostDevice, id 0x100000312, registered, matched, active, busy 0, retain 2$
"""

# https://github.com/danielkrainas/node-netstat/issues/43 (tcp46), https://github.com/danielkrainas/node-netstat/issues/26
# (connections) and https://community.unix.com/t/netstat-output/260759 (UDP)
NETSTAT = """\
Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)    
tcp4       0      0  192.168.1.191.52044    31.13.66.35.443        ESTABLISHED
tcp46      0      0  *.8809                 *.*                    LISTEN     
tcp4       0      0  127.0.0.1.631          *.*                    LISTEN     
udp4       0      0  10.20.1.118.123        *.*                    
udp4       0      0  *.58916                *.*                    
udp4       0      0  *.*                    *.*                    
icm6       0      0  *.*                    *.*                    
Active LOCAL (UNIX) domain sockets
Address          Type   Recv-Q Send-Q            Inode             Conn             Refs          Nextref Addr
"""  # noqa: W291

# https://github.com/nextstrain/nextstrain.org/pull/561, there with names for ports, which -P turns into numbers
LSOF = """\
COMMAND                      PID USER   FD   TYPE             DEVICE SIZE/OFF NODE NAME
ControlCenter                687 vlin   16u  IPv4 0x80682f2dbd9b4293      0t0  TCP *:5000 (LISTEN)
ControlCenter                687 vlin   17u  IPv6 0x80682f242196ef0b      0t0  TCP [::1]:7000 (LISTEN)
"""

# The keys and their order are those of many outputs quoted in public source code (Intel, M1, M3 Pro, M5 Max), and in
# XML in https://github.com/duanefields/VirtualKVM/issues/50; an external display often has no connection type.
DISPLAYS = """\
{
  "SPDisplaysDataType" : [
    {
      "_name" : "kHW_AppleM1Item",
      "spdisplays_mtlgpufamilysupport" : "spdisplays_metal3",
      "spdisplays_ndrvs" : [
        {
          "_name" : "Mi 27 NU",
          "_spdisplays_display-product-id" : "a005",
          "_spdisplays_displayID" : "2",
          "spdisplays_online" : "spdisplays_yes"
        },
        {
          "_name" : "Color LCD",
          "_spdisplays_display-product-id" : "a045",
          "_spdisplays_displayID" : "1",
          "_spdisplays_resolution" : "1680 x 1050 @ 60.00Hz",
          "spdisplays_connection_type" : "spdisplays_internal",
          "spdisplays_online" : "spdisplays_yes"
        }
      ],
      "spdisplays_vendor" : "sppci_vendor_Apple",
      "sppci_model" : "Apple M1"
    }
  ]
}
"""


@pytest.mark.parametrize(
    ("title", "answer", "ports"),
    [
        (
            "network interfaces",
            IFCONFIG,
            [
                ("en5", "autoselect (100baseTX <full-duplex>), active"),
                ("en3", "autoselect <full-duplex>, inactive"),
                ("ap1", "autoselect"),
                ("en0", "autoselect (none), inactive"),
            ],
        ),
        (
            "network hardware",
            NETWORKSETUP,
            [("Wi-Fi", "en0"), ("Bluetooth DUN", "Bluetooth-Modem"), ("Thunderbolt Bridge", "bridge0")],
        ),
        (
            "USB devices",
            IOREG,
            [
                ("AppleUSBEHCI Root Hub Simulation", "1a000000"),
                ("IOUSBHostDevice", "1a100000"),
                ("BRCM20702 Hub", "1a181000"),
            ],
        ),
        (
            "listening ports",
            NETSTAT,
            [("tcp46", "*.8809"), ("tcp4", "127.0.0.1.631"), ("udp4", "10.20.1.118.123"), ("udp4", "*.58916")],
        ),
        ("listening programs", LSOF, [("ControlCenter", "*:5000"), ("ControlCenter", "[::1]:7000")]),
        ("displays", DISPLAYS, [("Mi 27 NU", ""), ("Color LCD", "internal")]),
        ("serial ports", '[{"name": "cu.usbserial-1410"}]', [("cu.usbserial-1410", "")]),
    ],
)
def test_macos(title: str, answer: str, ports: list[tuple[str, str]]) -> None:
    assert read("darwin", title, answer) == ports


@posix_only
def test_a_serial_port_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cu.usbserial-1410")  # to open it would wait for ever
    assert rows(ask(f"{tmp_path}/cu.*")) == [Port("cu.usbserial-1410", "")]


# -- Windows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "answer", "ports"),
    [
        (  # https://github.com/raspi/WinLLDPService/issues/25 and https://github.com/saltstack/salt/issues/56275
            "network interfaces",
            """[
    {"Name":  "Ethernet", "MediaType":  "802.3", "Status":  "Up", "LinkSpeed":  "10 Gbps"},
    {"Name":  "Local Area Connection", "MediaType":  "802.3", "Status":  "Disconnected", "LinkSpeed":  "1 Gbps"}
]""",
            [("Ethernet", "802.3, Up, 10 Gbps"), ("Local Area Connection", "802.3, Disconnected, 1 Gbps")],
        ),
        (  # https://github.com/jcurl/RJCP.DLL.SerialPortStream/issues/136 and https://github.com/USBToolBox/tool/issues/8
            "USB devices",
            """{
    "FriendlyName":  "mbed Composite Device",
    "at":  "Port_#0003.Hub_#0005"
}""",
            [("mbed Composite Device", "Port_#0003.Hub_#0005")],
        ),
        ("USB devices", '[{"FriendlyName":  null, "at":  null}]', [("None", "")]),
        (  # https://github.com/t3knomanzer/maxmix-software/pull/259
            "serial ports",
            '{\r\n    "FriendlyName":  "USB-SERIAL CH340 (COM3)"\r\n}\r\n',
            [("USB-SERIAL CH340 (COM3)", "")],
        ),
        (  # the class in https://github.com/MicrosoftDocs/win32, desktop-src/WmiCoreProv/wmimonitorconnectionparams.md;
            # such a name in https://github.com/sebhildebrandt/systeminformation/issues/285
            "displays",
            '{"InstanceName":  "DISPLAY\\\\SHP143E\\\\4&17C4129E&0&UID265988", "by":  "HDMI"}',
            [("DISPLAY\\SHP143E\\4&17C4129E&0&UID265988", "HDMI")],
        ),
        (  # https://github.com/PowerShell/PowerShell/issues/8436
            "listening TCP ports",
            '[{"LocalPort":  445, "LocalAddress":  "::", "by":  "System"}]',
            [("445", "::, System")],
        ),
        ("UDP ports", "", []),
    ],
)
def test_windows(title: str, answer: str, ports: list[tuple[str, str]]) -> None:
    assert read("win32", title, answer) == ports


def test_powershell_gets_one_word_without_double_quotes() -> None:
    for question in my_ports.SYSTEMS["win32"].values():
        assert question.startswith("Get-")
        assert '"' not in question, "Windows would take it for the end of the word"
        assert question.count("{") == question.count("}")
        assert question.count("(") == question.count(")")


# -- what goes wrong is said, and nothing else stops -------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Give a function that shows a system and returns what was printed, as ASCII."""

    def show(system: str, told: dict[str, str] | None = None) -> str:
        raw = io.BytesIO()
        printed = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", printed)
            my_ports.show(system, told)
            printed.flush()
        return raw.getvalue().decode("ascii")

    return show


NONSENSE = {
    "null": "null",
    "a number": "3",
    "a list of numbers": "[1, 2]",
    "a row of nothing": "[{}]",
    "half": '[{"Name": "Ethernet", ',
    "deep": "[" * 100_000,
    "another language": "Le p\u00e9riph\u00e9rique n'existe pas.",
    "bytes": "\x00\x1b[2J\ufffd",
    "rows in rows": '[{"a": {"b": [1]}, "c": [{}]}]',
}


@pytest.mark.parametrize("system", my_ports.SYSTEMS)
@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_stops_nothing(system: str, answer: str, shown: Callable[..., str]) -> None:
    said = shown(system, dict.fromkeys(my_ports.SYSTEMS[system], answer))
    for title, question in my_ports.SYSTEMS[system].items():
        assert f"{title}:\n" in said
        tool = question.split()[0]
        if tool not in my_ports.FORMS and answer != NONSENSE["rows in rows"]:
            assert f"  {title}: {tool}: an answer of unknown form\n" in said
    assert "\x1b" not in said


def test_no_answer_is_no_ports(shown: Callable[..., str]) -> None:
    for system, questions in my_ports.SYSTEMS.items():
        said = shown(system, dict.fromkeys(questions, ""))
        assert said.count("  none seen\n") == len(questions)
        assert "unknown form" not in said


def test_a_device_cannot_write_on_the_terminal(shown: Callable[..., str]) -> None:
    told = dict(my_ports.SAMPLE["linux"])
    told["USB devices"] = json.dumps([{"name": "1-1", "product": "\x1b]0;owned\x07\u202eevil\u00e9\r\n2-2  fake"}])
    said = shown("linux", told)
    assert "  1-1  ?]0;owned??evil???2-2  fake\n" in said


def test_an_unknown_system_is_named(shown: Callable[..., str]) -> None:
    assert shown("plan9") == "cannot see:\n  anything: what is plan9?\n"


TOOLS = {
    "is missing": (None, "ss: No such file or directory"),
    "may not be run": ("", "ss: Permission denied"),
    "fails": ("echo 'no such option' >&2; echo more >&2; exit 1", "ss: no such option"),
    "fails silently": ("exit 3", "ss: exit 3"),
    "hangs": ("exec sleep 60", "ss: no answer in 0.5 seconds"),
    "complains, and exits well": ("echo broken >&2", "ss: broken"),
}


@linux_only
@pytest.mark.parametrize(("script", "said"), TOOLS.values(), ids=TOOLS)
def test_a_tool_that_fails_is_named(
    script: str | None, said: str, shown: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "ss"
    if script is not None:
        tool.write_text(f"#!/bin/sh\nPATH=/bin:/usr/bin\n{script}\n", encoding="utf-8")
        tool.chmod(0o755 if script else 0o644)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(my_ports, "SECONDS", 0.5)
    monkeypatch.setitem(my_ports.SYSTEMS, "linux", {"listening ports": "ss -Htulnp"})
    assert shown("linux").endswith(f"\n  listening ports: {said}\n")


@linux_only
def test_a_tool_that_warns_is_heard_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ss").write_text(f"#!/bin/sh\necho careful >&2\nprintf '%s' '{SS}'\nexit 1\n", encoding="utf-8")
    (tmp_path / "ss").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert len(read("linux", "listening ports", ask("ss -Htulnp"))) == 6


@linux_only
def test_a_folder_that_is_missing_is_named(shown: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(my_ports.SYSTEMS, "linux", {"display connectors": "/nowhere/drm/card*-* status"})
    assert "  display connectors: /nowhere/drm/card*-*: No such file or directory\n" in shown("linux")


# -- the real machine, and the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["module", "copy"])
def test_this_machine(way: str, tmp_path: Path) -> None:
    copy = tmp_path / "my_ports.py"
    copy.write_bytes(PROGRAM.read_bytes())
    words = ["-m", "snippets.hardware.my_ports"] if way == "module" else [str(copy)]
    command = [sys.executable, "-X", "dev", "-W", "error", *words]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT if way == "module" else tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    titles = [line.removesuffix(":") for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert titles == [*my_ports.SYSTEMS[sys.platform], "cannot see"]
    assert "power inlet" in done.stdout


@linux_only
def test_this_machine_has_a_loopback_interface() -> None:
    assert ("lo", "loopback, unknown") in read(
        "linux", "network interfaces", ask(my_ports.SYSTEMS["linux"]["network interfaces"])
    )


def test_it_opens_no_socket_and_no_file_to_write() -> None:
    program = (
        "import runpy, sys\n"
        "def refuse(event, args):\n"
        "    assert not event.startswith('socket.'), event\n"
        "    assert event != 'open' or args[1] in (None, 'r', 'rb'), args\n"
        "sys.addaudithook(refuse)\n"
        f"runpy.run_path({str(PROGRAM)!r}, run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_page_names_every_tool_that_the_program_asks() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for questions in my_ports.SYSTEMS.values():
        for question in questions.values():
            tool = question.split()[0]
            named = tool.partition("*")[0].rstrip("/") if tool.startswith("/") else tool
            assert re.search(rf"`[^`]*{re.escape(named)}[^`]*`", text), f"{PAGE.name} does not name {named}"


def test_the_sample_answers_every_question() -> None:
    sample: ModuleType = my_ports
    assert {system: list(told) for system, told in sample.SAMPLE.items()} == {
        system: list(questions) for system, questions in sample.SYSTEMS.items()
    }
