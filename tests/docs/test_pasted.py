"""What readers paste finds the entry that answers it, by the script and the table of the page itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitebuild.data.answers import Answer, read_answers
from sitebuild.data.errors import SocketError, read_errors
from support import website
from support.visits import Visit, visit

if TYPE_CHECKING:
    from support.browser import Chromium

PAGE = "errors/"
ERRORS = read_errors((website.ROOT / "docs" / "data" / "errors.toml").read_text(encoding="utf-8"))
FOUND = read_answers((website.ROOT / "docs" / "data" / "answers.toml").read_text(encoding="utf-8"))
PASTED = tomllib.loads(Path(__file__).with_name("pasted.toml").read_text(encoding="utf-8"))["paste"]
FIND = """async messages => {
    const errors = await sockLookUp();
    return Promise.all(messages.map(async message => errors.find(await errors.understood(message))[0] ?? ''));
}"""
ASKED = tomllib.loads(Path(__file__).with_name("asked.toml").read_text(encoding="utf-8"))["ask"]
ANSWERS = """async asked => {
    const errors = await sockLookUp();
    return Promise.all(asked.map(async text =>
        [errors.answersFor(await errors.understood(text)).ids[0] ?? '', errors.strangerIn(text)]));
}"""
UNKNOWN = "No error that we know has these words"
OTHER = "Not a connection error"
CLOSEST = "What comes closest to your words"
NOT_OURS = "Not about a connection or a plug"


def test_there_is_something_of_each_kind() -> None:
    known = [one for one in PASTED if one["first"]]
    assert len(PASTED) - len(known) >= 20
    assert {one["first"] for one in known} <= ERRORS.keys()


def shown(error: SocketError) -> list[str]:
    """Return the messages that a page shows of an error."""
    return [error.title, *(one.says for one in error.says)]


def test_each_message_finds_its_entry(chromium: Chromium, served: str) -> None:
    """Also each that a page shows, in whosever words."""
    wanted = [(one["text"], one["first"].lower()) for one in PASTED]
    wanted += [(text, name.lower()) for name, one in ERRORS.items() for text in shown(one)]

    def job(at: Visit) -> None:
        at.go(PAGE)
        found = at.page.evaluate(FIND, [text for text, _ in wanted])
        wrong = [(text, first, got) for (text, first), got in zip(wanted, found, strict=True) if got != first]
        at.complaints += [f"{text!r} finds {got!r}, not {first!r}" for text, first, got in wrong]

    visit(chromium, served, job)


SYSTEMS = {"Win32": "Windows", "MacIntel": "macOS", "Linux x86_64": "Linux"}
"""What a browser calls its system."""

SYSTEM = """async ([platform, messages]) => {
    Object.defineProperty(navigator, "platform", { value: platform });
    const errors = await sockLookUp();
    const errno = id => errors.ruleOf(document.getElementById(id)).errno;
    return Promise.all(messages.map(async ({ text, first }) =>
        errors.systemOf(await errors.understood(text), errno(first))));
}"""


def test_each_message_is_of_its_system_whatever_the_readers_own(chromium: Chromium, served: str) -> None:
    """What no other system says is of the one that says it; what Windows never says isn't of that."""
    asked = [{"text": one["text"], "first": one["first"].lower()} for one in PASTED if one.get("system")]
    of = [one["system"] for one in PASTED if one.get("system")]
    assert {*SYSTEMS.values(), "POSIX"} == {*of}

    def job(at: Visit) -> None:
        for platform, own in SYSTEMS.items():
            at.go(PAGE)
            here = "Linux" if own == "Windows" else own
            for one, system, got in zip(asked, of, at.page.evaluate(SYSTEM, [platform, asked]), strict=True):
                if got != (here if system == "POSIX" else system):
                    at.complaints.append(f"{own}: {one['text']!r} is of {got}, not of {system}")

    visit(chromium, served, job)


def test_the_port_and_the_server_of_a_message_are_what_it_calls(chromium: Chromium, served: str) -> None:
    """No line of a program, no caller, and no word that only stands where a name may."""
    wanted = [(one["text"], name, one[name]) for one in PASTED for name in ("port", "host") if name in one]
    assert len(wanted) > 30

    def job(at: Visit) -> None:
        at.go(PAGE)
        found = at.page.evaluate(
            "async asked => { const { portIn, hostIn } = await sockLookUp(); "
            "return asked.map(([text, name]) => ({ port: portIn, host: hostIn })[name](text)); }",
            [[text, name] for text, name, _ in wanted],
        )
        named = zip(wanted, found, strict=True)
        at.complaints += [
            f"{text!r}: the {name} is {got!r}, not {own!r}" for (text, name, own), got in named if got != own
        ]

    visit(chromium, served, job)


def test_the_cure_is_that_of_the_program_which_says_it(chromium: Chromium, served: str) -> None:
    said = {
        "Web server failed to start. Port 8080 was already in use.": "server.port=8081",
        "Port 5000 is in use by another program.": "flask run --port 5001",
        "Failed to bind to address http://127.0.0.1:5000: address already in use": "--urls",
        "Bind for 0.0.0.0:5432 failed: port is already allocated": "-p 8081:80",
        "Failed to listen on localhost:8000 (reason: Address already in use)": "php -S localhost:8001",
    }
    others = {
        "OSError: [Errno 98] Address already in use": "server.port",
        "The server socket has failed to listen on any address: (98: Address already in use)": "php",
    }

    def job(at: Visit) -> None:
        at.go(PAGE)
        for text, cure in said.items():
            at.page.get_by_label("The message").fill(text)
            at.page.get_by_role("heading", name=text).wait_for()
            at.page.locator(".sk-found code", has_text=cure).first.wait_for()
        for text, cure in others.items():
            at.page.get_by_label("The message").fill(text)
            at.page.get_by_role("heading", name=text).wait_for()
            assert not at.page.locator(".sk-found", has_text=cure).count(), cure

    visit(chromium, served, job)


NO_ANSWER = {"topic", "else"}
"""Of readers' sentences, what the search answers, and what has to do with neither sockets nor ports."""


def flaws(asked: dict[str, Any], said: dict[str, str], answers: dict[str, Answer]) -> list[str]:
    """Return what is wrong with the files that say by what the answers are found."""
    kinds, found = asked["kinds"], asked["answers"]
    known = found.keys() | (said.keys() - NO_ANSWER)
    wrong = [f"{name} is found by nothing, or is no answer" for name in sorted(known ^ answers.keys())]
    of: dict[str, str] = {}
    for name, lines in said.items():
        if name in answers and not answers[name].page:
            wrong.append(f"{name} is said by readers, so it needs a page that tells more")
        for sentence in lines.strip().split("\n"):
            if sentence in of:
                wrong.append(f"{name}: {sentence!r} is said of {of[sentence]} already")
            if sentence != sentence.lower().strip() or not sentence:
                wrong.append(f"{name}: {sentence!r} is not in small letters, or has a space too much")
            of[sentence] = name
    for name, by in found.items():
        causes = by.get("said", [])
        groups = [group.strip().removeprefix("!").split("|") for some in causes for group in some.split("&")]
        words = [word.strip() for group in groups for word in group]
        if not causes + by.get("words", []):
            wrong.append(f"{name} has neither said nor words")
        if causes and name in answers and not answers[name].of:
            wrong.append(f"{name} is found as a cause, so it needs the errors that it is of")
        wrong += [
            f"{name} asks for {other}, which is no answer" for other in by.get("asks", []) if other not in answers
        ]
        wrong += [f"{name}: {word} is no kind of words" for word in words if word[:1] == "@" and word not in kinds]
        wrong += [f"{name}: a group or a word is empty in {some!r}" for some in causes if "" in words]
        wrong += [
            f"{name}: {some!r} is not in small letters" for some in causes + by.get("words", []) if some != some.lower()
        ]
    return wrong


def test_a_flaw_in_what_answers_are_found_by_is_named() -> None:
    both = {
        "data": Answer("data", "Data", "", "", ()),
        "hangs": Answer("hangs", "It hangs", "", "page.md", ("TIMEOUT",)),
        "gone": Answer("gone", "It has gone", "", "page.md", ()),
    }
    found: dict[str, Any] = {"data": {"words": ["keyerror"]}, "hangs": {"said": ["@who & hangs|!~"], "asks": ["gone"]}}
    said = {"hangs": "\nit hangs\nit waits", "gone": "\nit has gone", "else": "\nhow to bake"}
    kinds = {"@who": "client*"}
    assert flaws({"kinds": kinds, "answers": found}, said, both) == []
    for changed, more, complaint in (
        ({"hangs": found["hangs"]}, {}, "data is found by nothing"),
        (found | {"more": {"words": ["x"]}}, {}, "more is found by nothing, or is no answer"),
        (found, {"more": "\nx"}, "more is found by nothing, or is no answer"),
        (found | {"data": {}}, {}, "data has neither"),
        (found | {"gone": {"said": ["x"]}}, {}, "gone is found as a cause, so it needs"),
        (found, {"data": "\nx"}, "data is said by readers, so it needs a page"),
        (found, {"else": "\nit hangs"}, "'it hangs' is said of hangs already"),
        (found, {"else": "\nIt bakes"}, "'It bakes' is not in small letters"),
        (found | {"hangs": {"words": ["x"], "asks": ["more"]}}, {}, "hangs asks for more, which is no answer"),
        (found | {"hangs": {"said": ["@whom & x"]}}, {}, "@whom is no kind"),
        (found | {"hangs": {"said": ["x &  | y"]}}, {}, "is empty in"),
        (found | {"data": {"words": ["KeyError"]}}, {}, "not in small letters"),
    ):
        assert complaint in "\n".join(flaws({"kinds": kinds, "answers": changed}, said | more, both)), complaint


def test_what_is_no_message_of_a_connection_is_told_so_or_answered_as_it_is_said(
    chromium: Chromium, served: str
) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        asked, said = at.page.evaluate("async () => { await sockLookUp(); return [sockAsked, sockSaid.said]; }")
        at.complaints += flaws(asked, said, FOUND)
        texts = [one["text"] for one in ASKED]
        known = at.page.evaluate(FIND, texts)
        at.complaints += [f"{text!r} finds {got!r}" for text, got in zip(texts, known, strict=True) if got]
        for one, (answer, stranger) in zip(ASKED, at.page.evaluate(ANSWERS, texts), strict=True):
            wanted = (one.get("answer", ""), one.get("stranger", ""))
            if wanted != (answer, "" if answer else stranger):
                at.complaints.append(f"{one['text']!r} is answered by {answer or stranger!r}, not {wanted}")

    visit(chromium, served, job)


def test_the_reader_is_told_what_it_is_and_nothing_else(chromium: Chromium, served: str) -> None:
    said = {
        "KeyError: 'name'": (OTHER, "An error of the program's own data."),
        "acme.BreakfastError: no milk": (OTHER, "acme.BreakfastError is an error of the program"),
        "flask works on my laptop but not from my phone": ("It works on my laptop, but not from my phone", "127.0.0.1"),
        "my cat is asleep on the router": (NOT_OURS, "Look further down"),
        "what is a socket": (CLOSEST, "That's not an error message"),
        "AcmeConnectionError: no milk": (UNKNOWN, "This comes close"),
    }

    def job(at: Visit) -> None:
        at.go(PAGE)
        found = at.page.locator(".sk-found")
        for text, (title, words) in said.items():
            at.page.get_by_label("The message").fill(text)
            found.get_by_role("heading", name=title).wait_for()
            found.get_by_text(words).first.wait_for()
            assert (title in (UNKNOWN, CLOSEST)) == (found.locator("ol").count() > 0)

    visit(chromium, served, job)


STACK = """node:events:497
      throw er; // Unhandled 'error' event
      ^

Error: listen EADDRINUSE: address already in use :::3000
    at Server.setupListenHandle [as _listen2] (node:net:1817:16)
    at Server.listen (node:net:2015:7) {
  code: 'EADDRINUSE',
  errno: -98,
  syscall: 'listen',
  address: '::',
  port: 3000
}"""


def test_what_was_pasted_heads_the_answer_with_the_command_of_its_system(chromium: Chromium, served: str) -> None:
    pasted = {
        "certificate verify failed: unable to get local issuer certificate": ("", "s_client -connect example.org:443"),
        "OSError: [WinError 10048] Only one usage of each socket address is normally permitted": ("Windows", "8080"),
        "OSError: [Errno 48] Address already in use": ("macOS", "8080"),
        "a\nOSError: [Errno 98] Address already in use": ("Linux", "8080"),
        "HTTPSConnectionPool(host='api.example', port=443): Read timed out. (read timeout=5)": (
            "",
            "https://api.example:443/",
        ),
        "Failed to resolve 'backend' ([Errno -2] Name or service not known)": ("", "getent ahosts backend"),
        "getaddrinfo ENOTFOUND no.example.org": ("", "getent ahosts no.example.org"),
        "read tcp 10.0.0.5:41234->10.0.0.9:8443: read: connection reset by peer": ("", "port 8443"),
    }

    def job(at: Visit) -> None:
        at.go(PAGE)
        found = at.page.locator(".sk-found")
        for text, (system, typed) in pasted.items():
            at.page.get_by_label("The message").fill(text)
            found.get_by_role("heading", name=text.split("\n")[-1], exact=True).wait_for()
            first = found.locator("dt, dd")
            assert not system or first.nth(0).inner_text() == system
            named = found.locator("strong > a").first.inner_text()
            assert named.count("(") == named.count(")"), named
            assert typed in " ".join(first.all_inner_texts())
            assert "nc -vz" not in found.inner_text()
        for text in (STACK, " ".join(STACK.split())):  # as a field of one line has it too
            at.page.get_by_label("The message").fill(text)
            found.get_by_role(
                "heading", name=re.compile("^Error: listen EADDRINUSE: address already in use :::3000")
            ).wait_for()

    visit(chromium, served, job)


WITHIN = "In a container, localhost is the container itself"


def test_the_cause_that_the_readers_words_name_comes_first_with_its_cure(chromium: Chromium, served: str) -> None:
    from_within = (
        "my container says connection refused to localhost:5432",
        (
            "docker-compose up\npsycopg2.OperationalError: could not connect to server: Connection refused\n\tIs the"
            ' server running on host "localhost" (127.0.0.1) and accepting TCP/IP connections on port 5432?'
        ),
        "web-1  | redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.",
        "in kubernetes: dial tcp 127.0.0.1:3306: connect: connection refused",
        "Error: connect ECONNREFUSED ::1:27017 from inside my docker container",
    )
    from_elsewhere = (
        "curl: (7) Failed to connect to localhost port 8000: Connection refused, docker run -p 8000:8000",
        "localhost refused to connect. ERR_CONNECTION_REFUSED docker",
        "docker works but from my laptop connection refused at 127.0.0.1:5432",
    )
    in_use = (
        (
            "Port 5000 is in use by another program. Either identify and stop that program, or start the server with a"
            " different port. On macOS, try disabling the 'AirPlay Receiver' service"
        ),
        "OSError: [Errno 48] error while attempting to bind on address ('::1', 7000): address already in use",
        "OSError: [Errno 48] Address already in use",
    )
    own_file = (
        "AttributeError: module 'socket' has no attribute 'create_connection'",
        "ImportError: cannot import name 'socket' from 'socket' (/home/runner/socket.py)",
        "AttributeError: partially initialized module 'ssl' has no attribute 'SSLContext'",
    )
    from_another = ("it says connection refused when I connect from another pc but not from the same pc",)
    alone = {
        "Error: listen EADDRINUSE: address already in use :::7000": "Address already in use",
        "Error: connect ECONNREFUSED 127.0.0.1:5432": "Connection refused",
        "connection refused from container db:5432": "Connection refused",
        "ping: sendto: Network is unreachable": "Network is unreachable",
        "OSError: [Errno 48] error while attempting to bind on address ('::1', 8000): address already in use": (
            "Address already in use"
        ),
        "OSError: [WinError 10048] Only one usage of each socket address: ('', 5000)": "Address already in use",
        "AttributeError: module 'socket' has no attribute 'AF_UNIX'": "module 'socket' has no attribute 'AF_UNIX'",
        "ImportError: cannot import name 'AF_VSOCK' from 'socket' (/usr/lib/python3.11/socket.py)": "The module has no",
        "json.decoder.JSONDecodeError: Extra data: line 1 column 12 (char 11)": "Not exactly one message",
    }

    def job(at: Visit) -> None:
        at.go(PAGE)
        found = at.page.locator(".sk-found")
        for texts, title, says, place in (
            (from_within, WITHIN, "@db:5432", "which-address/#docker-connection-refused-at-localhost"),
            (from_elsewhere, "The container's port doesn't answer at localhost", "published", "nat-and-forwarding/#"),
            (from_another, "It works on my laptop, but not from", "0.0.0.0", "which-address/#it-works-on-localhost"),
            (in_use, "Port 5000 or 7000, on a Mac?", "AirDrop", "address-already-in-use/#what-is-that-process"),
            (own_file, "A file of yours has", "__pycache__", "wrong-arguments/#no-attribute"),
            (alone, "", "", ""),
        ):
            for text in texts:
                at.page.get_by_label("The message").fill(text)
                found.get_by_role("heading", name=text.split("\n")[:2][-1][:140]).wait_for()
                first = found.locator("h2 + p").inner_text()
                if not title:
                    assert first.startswith("Do this first"), (text, first)
                    named = found.locator("strong > a").first.inner_text()
                    assert named.startswith(alone[text]), (text, named)
                    assert ("AirDrop" in found.inner_text()) == (":7000" in text), text
                    continue
                assert first.startswith(title), (text, first)
                assert says in first, (text, first)
                assert place in (found.locator("h2 + p a").first.get_attribute("href") or ""), text

    visit(chromium, served, job)


def test_who_is_asked_back_chooses_by_key_and_has_the_answer(chromium: Chromium, served: str) -> None:
    """What fits several answers is left to the reader; so is a message that keeps its reason for itself."""

    def job(at: Visit) -> None:
        at.go(PAGE)
        found = at.page.locator(".sk-found")
        for text, title, choice, words in (
            ("nothing comes back", "Which of these is it?", "It connects, and then nothing comes", "settimeout(5)"),
            ("my app says connection error", "It didn't connect", "It takes long, and then gives up", "it connects"),
        ):
            at.page.get_by_label("The message").fill(text)
            found.get_by_role("heading", name=title).wait_for()
            assert "Which of these" not in title or not found.locator(".sk-more-of-it").count(), "nothing is guessed"
            found.get_by_role("button", name=choice).press("Enter")
            heading = found.get_by_role("heading", name=choice)
            heading.wait_for()
            assert heading.evaluate("title => title === document.activeElement")
            assert words in found.locator("h2 + p").inner_text()
            found.get_by_role("button", name="Show the list of all errors").wait_for()

    visit(chromium, served, job)


def test_the_lists_are_out_of_the_way_of_an_answer_until_they_are_asked_for(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        row = at.page.locator("#econnrefused")
        at.page.get_by_label("The message").fill("ECONNRESET")
        row.wait_for(state="hidden")
        at.page.get_by_role("button", name="Show the list of all errors").click()
        row.wait_for(state="visible")
        at.page.get_by_label("The message").fill("EPIPE")
        row.wait_for(state="hidden")
        at.page.evaluate("location.hash = 'econnrefused'")
        row.wait_for(state="visible")
        at.page.get_by_label("The message").fill("")
        row.wait_for(state="visible")

    visit(chromium, served, job)


def test_the_answer_has_the_command_for_the_port_of_the_message(chromium: Chromium, served: str) -> None:
    """What it says to do first can be done there and then."""
    ports = {
        "OSError: [Errno 98] Address already in use": "8080",
        "Error: listen EADDRINUSE: address already in use :::3000": "3000",
        "error while attempting to bind on address ('127.0.0.1', 8000): address already in use": "8000",
        "bind() to 0.0.0.0:80 failed (98: Address already in use)": "80",
        "12:30:45 Port 9001 is in use by another program.": "9001",
        "HTTPConnectionPool(host='localhost', port=5000): Max retries exceeded: [Errno 111] Connection refused": "5000",
        "OSError: [Errno 48] Address already in use": "8080",  # another message's port isn't this one's
    }

    def job(at: Visit) -> None:
        at.go(PAGE)
        for message, port in ports.items():
            at.page.get_by_label("The message").fill(message)
            at.page.locator(".sk-found").get_by_text(f"sudo ss -ltnp 'sport = :{port}'", exact=True).wait_for()
        assert sorted(at.page.locator(".sk-found .sk-tell dt").all_inner_texts()) == ["Linux", "Windows", "macOS"]

    visit(chromium, served, job)


def test_a_paste_on_the_home_page_is_answered_and_nothing_is_sent(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go()
        asked: list[str] = []
        at.page.on("request", lambda request: asked.append(request.url))
        at.page.get_by_label("I have an error").fill("secret: connect ECONNREFUSED 127.0.0.1:1")
        at.page.get_by_label("I have an error").press("Enter")
        found = at.page.locator(".sk-found h2")
        found.wait_for()
        assert found.inner_text() == "secret: connect ECONNREFUSED 127.0.0.1:1"
        assert "Connection refused" in at.page.locator(".sk-found p:has(> strong > a)").inner_text()
        assert "Connection refused" in at.page.get_by_role("status").inner_text()
        field = at.page.get_by_label("The message")
        field.fill("AcmeConnectionError: 'port'")
        at.page.get_by_role("heading", name=UNKNOWN).wait_for()
        at.page.get_by_role("button", name="Search the whole site").click()
        at.page.get_by_role("searchbox", name="Search").wait_for()
        assert at.page.get_by_role("searchbox", name="Search").input_value() == "AcmeConnectionError: 'port'"
        assert [url for url in asked if "secret" in url.partition("#")[0]] == []

    visit(chromium, served, job)


def test_what_is_no_error_is_searched_for_in_the_whole_site(chromium: Chromium, served: str) -> None:
    said = "why are there 65535 ports"

    def job(at: Visit) -> None:
        at.go()
        at.page.get_by_label("I have an error").fill(said)
        at.page.get_by_label("I have an error").press("Enter")
        at.page.get_by_role("heading", name=CLOSEST).wait_for()
        at.page.wait_for_function("document.activeElement.matches('.sk-found h2')")
        at.page.locator(".sk-found li").get_by_role("link").first.wait_for()
        assert at.page.get_by_role("dialog", name="Search").is_hidden()

    visit(chromium, served, job)


def test_a_form_without_scripts_leads_to_the_table(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go()
        at.page.get_by_label("I have an error").fill("ECONNREFUSED")
        at.page.get_by_label("I have an error").press("Enter")
        at.page.wait_for_url("**/errors/?q=ECONNREFUSED")
        assert at.page.locator("#econnrefused").is_visible()
        assert not at.page.locator("textarea").count()

    visit(chromium, served, job, scripts=False)


def test_what_a_message_names_is_in_the_commands_of_the_page_that_it_leads_to(chromium: Chromium, served: str) -> None:
    pasted = {
        "Port 5000 is in use by another program": ("port", "5000"),
        "my port 3000 is still taken": ("port", "3000"),
        "getaddrinfo ENOTFOUND no.example.org": ("host", "no.example.org"),
    }

    def job(at: Visit) -> None:
        for message, (name, own) in pasted.items():
            at.go()
            at.page.get_by_label("I have an error").fill(message)
            at.page.get_by_label("I have an error").press("Enter")
            with at.page.expect_navigation():
                at.page.locator(".sk-found .sk-more-of-it").click()
            assert set(at.page.locator(f".sk-your-{name}").all_text_contents()) == {own}
            assert at.page.locator(f".sk-own-{name} input").first.input_value() == own

    visit(chromium, served, job)


COPIES = "navigator.clipboard.writeText = async (text) => { window.copied = text; }"


def test_the_commands_of_an_answer_take_a_port_and_are_copied(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        at.page.evaluate(COPIES)
        at.page.get_by_label("The message").fill("OSError: [Errno 98] Address already in use")
        found = at.page.locator(".sk-found")
        assert found.get_by_label("Your port").input_value() == "8080", "it is that of the commands"
        assert not found.get_by_label("Your server").count(), "none of its commands has one"
        found.get_by_label("Your port").fill("5000")
        found.get_by_role("button", name="Copy").first.click()
        at.page.wait_for_function("window.copied")
        assert at.page.evaluate("window.copied") == "sudo ss -ltnp 'sport = :5000'"
        found.get_by_text("Copied").wait_for()
        at.page.get_by_label("The message").fill("a: ECONNREFUSED")
        found.get_by_role("heading", name="a: ECONNREFUSED").wait_for()
        assert found.get_by_label("Your port").input_value() == "5000", "what was entered is kept"

    visit(chromium, served, job)


SEEN = """(part) => [...document.querySelectorAll(part)].filter((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
}).length"""


def test_who_asks_on_the_home_page_has_the_answer_in_sight(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        for width, height, commands in ((1280, 900, 3), (390, 844, 1)):
            at.resize(width, height)
            at.go()
            at.page.get_by_label("I have an error").fill("Port 5000 is in use by another program")
            at.page.get_by_label("I have an error").press("Enter")
            at.page.locator(".sk-found dl").wait_for()
            at.page.wait_for_function(f"({SEEN})('.sk-found h2') === 1")
            said = ".sk-found > p:nth-of-type(-n + 2):has(> strong)"
            assert at.page.evaluate(SEEN, said) == 2, "what it is, and what to do first"
            assert at.page.evaluate(SEEN, ".sk-tell code") >= commands, width

    visit(chromium, served, job)


def test_a_message_in_another_language_is_looked_up_in_english(chromium: Chromium, served: str) -> None:
    said = {
        "curl: (7) Verbindungsaufbau abgelehnt": "Connection refused",
        "Verbindung verweigert": "Connection refused",
        "bash: connect: Connexion terminée par expiration du délai d\u2019attente": "timed out",
        "Exception: Tubería rota": "Broken pipe",
        "Endereço já em uso": "Address already in use",
        "ssh: connect to host db port 22: 没有到主机的路由": "No route to host",
        "接続を拒否されました": "Connection refused",
    }

    def job(at: Visit) -> None:
        at.go(PAGE)
        for text, english in said.items():
            at.page.get_by_label("The message").fill(text)
            at.page.locator(".sk-found p a", has_text=english).first.wait_for()
            at.page.get_by_label("The message").fill("")
            at.page.wait_for_function("!document.querySelector('.sk-found').children.length")

    visit(chromium, served, job)


def test_what_nothing_is_found_for_is_told_so(chromium: Chromium, served: str) -> None:
    def job(at: Visit) -> None:
        at.go(PAGE)
        at.page.get_by_label("The message").fill("asdf qwerty")
        at.page.locator(".sk-found").get_by_role("heading", name="Nothing found").wait_for()
        assert not at.page.locator(".sk-found li").count()

    visit(chromium, served, job)
