"""Programs that are wrong on purpose fail as recorded, in no other way; a hunt shows what happened, word for word."""

from __future__ import annotations

import ast
import dataclasses
import json
import logging
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from sitebuild.blocks import predict
from sitebuild.blocks.hunt import Hunt, wanted
from sitebuild.checks.site import problems
from sitebuild.kit.library import Evidence, Recorded
from sitebuild.programs import faulty
from sitebuild.programs.store import Store
from socktrace.recording import Recording
from support import batch, website
from support.batch import Done, Job, Once, asked
from support.checkout import GLOSSARY, SOURCES, Checkout, fence, one, text_of

ROOT = website.ROOT
STORE = Store(ROOT)
NAMES = STORE.faulty()

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="recordings are made on Linux")
every_program = pytest.mark.parametrize("name", NAMES)


def text(name: str) -> str:
    return STORE.source(name).read_text(encoding="utf-8")


def did(name: str) -> Recording:
    found = STORE.load(name)
    assert found, f"{name} was never recorded"
    return found


def refreshed(root: Path, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "sitebuild", "record", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    return done.returncode, done.stdout + done.stderr


# -- each program fails as it is recorded, and says so -----------------------------------------------------------------


def test_there_are_hunts() -> None:
    assert len(NAMES) >= 10
    assert set(NAMES).isdisjoint(STORE.names())


@linux_only
@every_program
def test_it_fails_as_recorded_and_as_it_says(name: str, checked: dict[str, str]) -> None:
    assert not checked[name], checked[name]


@every_program
def test_only_its_own_lines_are_blamed(name: str) -> None:
    assert {call.path for call in did(name).calls} <= {"", None}


@pytest.fixture(scope="session")
def bare(request: pytest.FixtureRequest, shared: Path, once: Once) -> dict[tuple[str, str], Done]:
    """Give what comes of each program that is asked about, in each way to run it."""

    def make() -> dict[tuple[str, str], Done]:
        jobs = {}
        for name in asked(request, "name"):
            copy = shared / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(STORE.source(name).read_bytes())
            limit = 2.0 if did(name).exit_code is None else 30.0
            module = f"snippets.{name.removesuffix('.py').replace('/', '.')}"
            jobs[name, "as a module"] = Job((sys.executable, "-m", module), str(ROOT), limit)
            jobs[name, "copied out"] = Job((sys.executable, str(copy)), str(ROOT), limit)
        return batch.run(jobs)

    return once("bare", make)


@linux_only
@every_program
@pytest.mark.parametrize("way", ["as a module", "copied out"])
def test_it_fails_in_the_same_way_without_the_tool(name: str, way: str, bare: dict[tuple[str, str], Done]) -> None:
    done, recording = bare[name, way], did(name)
    assert (done.status, done.stdout) == (recording.exit_code, recording.stdout)
    if done.status is not None:
        assert done.stderr.splitlines()[-1:] == recording.stderr.splitlines()[-1:]


@every_program
def test_it_keeps_the_rules_of_the_house(name: str) -> None:
    source = text(name)
    tree = ast.parse(source)
    last = faulty.last_line(source)
    assert re.match(r'"""Wrong: it was meant to .*\.\n?', source), f"{name}: every copy of it must begin with a warning"
    assert last <= 32, f"{name}: one bug; make it shorter"
    assert max(map(len, source.splitlines())) <= 68
    assert all(one.line > last for one in faulty.declared_faults(source)), f"{name}: say what is wrong at the end"
    assert ast.unparse(tree.body[-1].test) == "__name__ == '__main__'"  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert ast.get_docstring(node), f"{name}:{node.lineno}: say what {node.name}() was meant to do"
        if isinstance(node, ast.Import):
            assert {alias.name for alias in node.names} <= set(sys.stdlib_module_names)
        if isinstance(node, ast.Call):
            assert not ast.unparse(node.func).endswith("sleep")


def test_no_other_program_says_that_it_is_wrong() -> None:
    assert [name for name in STORE.names() if faulty.declared_faults(text(name)) and "expect" not in text(name)] == []
    assert [name for name in STORE.names() if re.search(r"socktrace: (wrong|wanted)", text(name))] == []


def test_a_traceback_is_the_same_in_every_checkout(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("import json\n\njson.loads('')\n", encoding="utf-8")
    code = (
        "import pathlib, sys; from socktrace.recorder import record; "
        "print(record(pathlib.Path(sys.argv[1]), name='snippets/broken/x.py').stderr, end='')"
    )
    done = subprocess.run([sys.executable, "-c", code, program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == (
        "Traceback (most recent call last):\n"
        '  File "snippets/broken/x.py", line 3, in <module>\n'
        "    json.loads('')\n"
        "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n"
    )


# -- what a program says is held against what it did -------------------------------------------------------------------

FORGETS = "broken/greet_a_client.py"
PAUSES = "broken/follow_the_news.py"
MENDS_THE_WAIT = "sockets/silent_server_is_noticed.py"

LIES = {
    "says nothing": (FORGETS, "# socktrace: wrong.*\n# socktrace: wanted.*\n", "", "it does not say what is wrong"),
    "hides a fault": (FORGETS, "failure, left-open", "failure", "closed by the end of the process, not by the program"),
    "invents a fault": (FORGETS, "left-open", "left-open, reset", "it says that 'reset' is wrong with it, but that"),
    "names no event": (FORGETS, "left-open", "left-open, forgotten", "nothing is called 'forgotten'"),
    "expects": (FORGETS, "# socktrace: wrong", "# socktrace: expect failure\n# socktrace: wrong", "it expects what"),
    "is right": (PAUSES, "reads: 2", "reads: 100", "it printed what was wanted: news: b'rain' - reads: 100"),
    "is clean": (PAUSES, "# socktrace: wanted.*\n", "", "it does not say what is wrong with it"),
}


@pytest.mark.parametrize(("name", "old", "new", "message"), LIES.values(), ids=LIES)
def test_a_program_that_lies_about_itself_is_caught(name: str, old: str, new: str, message: str) -> None:
    assert faulty.complaints(did(name), text(name)) == ()
    changed, count = re.subn(old, new, text(name))
    assert count == 1
    assert message in "\n".join(str(found) for found in faulty.complaints(did(name), changed))


def test_words_in_a_text_confess_nothing() -> None:
    assert faulty.declared_faults('"# socktrace: wrong reset"') == ()
    assert [dataclasses.astuple(one) for one in faulty.declared_faults("x = 1\n# socktrace: wrong reset, hang\n")] == [
        ("wrong", "reset", 2),
        ("wrong", "hang", 2),
    ]


# -- recording ---------------------------------------------------------------------------------------------------------


@linux_only
def test_a_program_is_recorded_only_in_the_folder_it_belongs_to(tmp_path: Path) -> None:
    for folder, source in (("broken", text("sockets/half_close.py")), ("sockets", text(FORGETS))):
        (tmp_path / "snippets" / folder).mkdir(parents=True)
        (tmp_path / "snippets" / folder / "x.py").write_text(source, encoding="utf-8")
    status, said = refreshed(tmp_path)
    assert (status, said.splitlines()[-1]) == (1, "2 unclean")
    assert "snippets/sockets/x.py:14: the accepted socket 3" in said
    assert "snippets/broken/x.py: it does not say what is wrong with it" in said
    assert not (tmp_path / "docs").exists()


@linux_only
def test_a_recording_is_made_once_and_noticed_when_it_is_no_longer_true(tmp_path: Path) -> None:
    (tmp_path / "snippets/broken").mkdir(parents=True)
    (tmp_path / "snippets/broken/x.py").write_text(text(PAUSES), encoding="utf-8")
    assert "missing: broken/x.py\n    it was never recorded\n" in refreshed(tmp_path, "--check")[1]
    assert refreshed(tmp_path) == (0, "recorded: broken/x.py\n1 recorded\n")
    assert refreshed(tmp_path, "--check") == (0, "1 current\n")
    path = tmp_path / "docs/recordings/broken/x.json"
    path.write_text(path.read_text(encoding="utf-8").replace("reads: 100", "reads: 99"), encoding="utf-8")
    status, said = refreshed(tmp_path, "--check")
    assert (status, said.splitlines()[0]) == (1, "stale: broken/x.py")
    assert "reads: 99" in said


# -- the block ---------------------------------------------------------------------------------------------------------

HUNT = {
    "broken": FORGETS,
    "mended": "sockets/closing_ends_the_stream.py",
    "ask": "Which [[connection]]?",
    "choices": '{"The *first*": "line 11: left-open", The other: "line 14: left-open"}',
    "why": '"Because `b` ends it, as told [@rfc1]."',
}


def hunt(**changes: str) -> str:
    return fence("hunt", *(f"{name}: {value}" for name, value in {**HUNT, **changes}.items() if value))


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    for name in (FORGETS, PAUSES, "sockets/closing_ends_the_stream.py", "sockets/empty_bytes_mean_the_end.py"):
        made.snippet(name, text(name), did(name))
    made.write("docs/data/glossary.toml", GLOSSARY)
    made.write("docs/data/sources.toml", SOURCES)
    return made


def test_the_lab_wants_what_the_program_was_meant_to_print_and_no_more(checkout: Checkout) -> None:
    assert json.loads(str(one(checkout.page(hunt()), ".sk-bug")["data-wanted"])) == ["client reads the end"]
    source = text(FORGETS).replace("# socktrace: wanted client reads the end\n", "").replace("reads:", "hears:")
    wrong = Evidence(FORGETS, source, Recorded(did(FORGETS)))
    mended = Evidence("", "", Recorded(dataclasses.replace(did(FORGETS), stdout="client hears: b'hi'\nmore: 1\n")))
    asked = Hunt(wrong, mended, predict.Question("", (), "", ""), "")
    assert wanted(asked) == ["client hears: b'hi'"], "the wrong program prints nothing else"


def test_the_lab_wants_what_a_run_is_to_show(checkout: Checkout) -> None:
    for name in (fetches := "broken/fetch_a_page.py", loops := "sockets/read_until_the_end.py"):
        checkout.snippet(name, text(name), did(name))
    choices = '{One: "bytes of the page: 1024", Other: "bytes of the page: 3000"}'
    page = checkout.page(
        hunt(broken=fetches, mended=loops, choices=choices, shows='["the client reads more than once"]')
    )
    assert json.loads(str(one(page, ".sk-bug")["data-shows"])) == ["the client reads more than once"]


def test_the_frame_says_in_words_that_the_program_is_wrong(checkout: Checkout) -> None:
    page = checkout.page(hunt())
    frame = one(page, "section.sk-bug")
    head = one(frame, "p")
    assert frame["aria-labelledby"] == head["id"]
    meant = "It was meant to read a greeting, and stop at its end."
    assert head.get_text() == f"This program is wrong. {meant} Can you find the bug?"
    code = [line.get_text().rstrip() for line in one(frame, ".sk-code").select(".sk-line")]
    assert code[0] == '"""Wrong: it was meant to read a greeting, and stop at its end."""'
    assert code[-1].strip() == "main()"
    assert "# socktrace" not in one(frame, ".sk-code").get_text()
    download = one(frame, "a[download$='.py']")
    told = unquote(str(download["href"])).partition(",")[2]
    assert text(FORGETS).startswith(told)
    assert told.endswith("    main()\n"), "what gives the bug away is left out here too"


def test_a_symptom_stands_at_the_top_of_the_frame(checkout: Checkout) -> None:
    ended = "TimeoutError: timed out"
    head = one(checkout.page(hunt(symptom=f'"{ended}"')), "section.sk-bug > p")
    assert head.get_text().endswith(f" at its end. It ended with {ended}")
    assert one(head, "code").get_text() == ended
    paused = hunt(
        broken=PAUSES,
        mended="sockets/empty_bytes_mean_the_end.py",
        choices='{a: clean, b: "line 8: hang"}',
        symptom="\"news: b'rain' - reads: 100\"",
    )
    assert one(checkout.page(paused), "section.sk-bug > p").get_text().endswith("It printed news: b'rain' - reads: 100")


def test_a_program_that_waits_for_ever_says_so(checkout: Checkout) -> None:
    name = "broken/wait_for_an_answer.py"
    checkout.snippet(name, text(name), did(name))
    fenced = hunt(broken=name, choices='{a: clean, b: "line 16: hang"}', symptom="hang")
    checkout.snippet(MENDS_THE_WAIT, text(MENDS_THE_WAIT), did(MENDS_THE_WAIT))
    page = checkout.page(fenced.replace(HUNT["mended"], MENDS_THE_WAIT))
    assert one(page, "section.sk-bug > p").get_text().endswith("It never ended.")


@pytest.mark.parametrize("symptom", ["TimeoutError", "hang"])
def test_a_symptom_that_did_not_come_is_refused(symptom: str, checkout: Checkout) -> None:
    assert "the option symptom must be a line that" in checkout.html(hunt(symptom=symptom))


def test_the_question_is_answered_by_the_recording(checkout: Checkout) -> None:
    page = checkout.page(hunt())
    wrong, right = page.select(".sk-turn .sk-choice")
    assert [one(choice, "input")["value"] for choice in (wrong, right)] == ["wrong", "right"]
    assert text_of(wrong, "label em") == "first"
    assert [text_of(choice, ".sk-verdict") for choice in (wrong, right)] == [predict.WRONG, predict.RIGHT]
    assert one(page, "legend .sk-term").get_text() == "connection"
    wrong, right = checkout.page(hunt(replies='{"The *first*": "So it looks. Look again."}')).select(".sk-reply")
    assert [line.get_text() for line in wrong.select("p")] == [predict.WRONG, "So it looks.", "Look again."]
    assert text_of(right, ".sk-verdict") == predict.RIGHT


def test_what_happened_stands_there_word_for_word(checkout: Checkout) -> None:
    shown = one(checkout.page(hunt()), ".sk-happened")
    printed, errors, says = (box.get_text().rstrip("\n") for box in shown.select("pre"))
    assert printed + "\n" == did(FORGETS).stdout
    assert errors + "\n" == did(FORGETS).stderr
    assert re.sub(r"(?<=127\.0\.0\.1:)\d+", "PORT", says.splitlines()[0]) == (
        f"fault: snippets/{FORGETS}:16: it exited with status 1: TimeoutError: timed out: "
        "nothing came meanwhile from the accepted socket 3 (127.0.0.1:PORT) of line 14"
    )
    assert says.splitlines()[-1] == "1 fault, 1 note"
    assert "It ended with exit status 1." in shown.get_text()


@linux_only
def test_what_the_tool_says_is_what_the_command_prints(checkout: Checkout) -> None:
    says = one(checkout.page(hunt()), ".sk-happened").select("pre")[-1].get_text().rstrip("\n")
    command = [sys.executable, "-m", "socktrace", "run", f"snippets/{FORGETS}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    found = done.stderr[done.stderr.index("\nfault:") + 1 :].rstrip("\n")
    report = "\n".join([*found.partition("\n\n")[0].splitlines(), found.splitlines()[-1]])
    ports = re.compile(r"(?<=127\.0\.0\.1:)\d+")
    assert ports.sub("PORT", says) == ports.sub("PORT", report)


def test_a_wrong_program_that_the_tool_finds_clean_is_said_to_be(checkout: Checkout) -> None:
    shown = checkout.page(
        hunt(broken=PAUSES, mended="sockets/empty_bytes_mean_the_end.py", choices='{a: clean, b: "line 8: hang"}')
    )
    says = one(shown, ".sk-happened")
    assert says.select("pre")[-1].get_text().strip() == "clean"
    assert "The sockets were handled well, and still the answer is wrong." in says.get_text()


def test_a_mended_program_stands_in_full_in_one_place(checkout: Checkout) -> None:
    again = hunt(broken=FORGETS, ask="Again?")
    page = checkout.page(f"{hunt()}\n\n{again}")
    first, second = page.select(".sk-hunt > .sk-fold")
    assert first.select(".sk-ladder")
    assert not second.select(".sk-ladder")
    assert one(second, "p a")["href"] == f"#{one(first, '.sk-run')['id']}" == "#sockets-closing_ends_the_stream"
    checkout.write("docs/other.md", "```snippet\nsockets/closing_ends_the_stream.py\n```\n")
    only = one(checkout.page(hunt()), ".sk-hunt > .sk-fold")
    assert not only.select(".sk-ladder")
    assert one(only, "p a")["href"] == "../other.md#sockets-closing_ends_the_stream"


def test_nothing_needs_a_script(checkout: Checkout) -> None:
    html = checkout.html(hunt())
    assert not BeautifulSoup(html, "lxml").select("script, button:enabled, [onclick], [hidden]")


MISTAKES = {
    "no options": (
        fence("hunt", FORGETS),
        "a hunt fence holds the options broken, mended, ask, choices, replies, why, symptom, shows",
    ),
    "unknown option": (hunt(wy="x"), "unknown option wy; did you mean why?"),
    "missing option": (hunt(why=""), "the option why is missing"),
    "reply to nothing": (
        hunt(replies="{The others: x}"),
        "a reply to The others, which is no choice; did you mean The other?",
    ),
    "unknown program": (
        hunt(broken="broken/greet_a_clien.py"),
        "unknown snippet broken/greet_a_clien.py; did you mean broken/greet_a_client.py?",
    ),
    "a good program": (
        hunt(broken="sockets/closing_ends_the_stream.py"),
        "sockets/closing_ends_the_stream.py is not in snippets/broken; a hunt begins with a program that is wrong",
    ),
    "a mended program that is wrong": (
        hunt(mended=PAUSES),
        f"{PAUSES} is wrong on purpose; show it with a hunt fence",
    ),
    "a cure for something else": (
        hunt(mended="sockets/empty_bytes_mean_the_end.py"),
        (
            f"sockets/empty_bytes_mean_the_end.py does not mend {FORGETS}: "
            "it does not print what was wanted: client reads the end"
        ),
    ),
    "what the mended program does not show": (
        hunt(shows='["the client reads more than once"]'),
        (
            f"the option shows must be what sockets/closing_ends_the_stream.py shows and {FORGETS} does not: "
            "the client reads more than once"
        ),
    ),
    "no right choice": (
        hunt(choices='{a: "line 11: left-open", b: "line 12: left-open"}'),
        (
            f"0 of the 2 choices name what {FORGETS} showed, and exactly one must; it showed "
            '"client reads: b\'hello\'"; "TimeoutError: timed out"; "line 16: failure"; "line 14: left-open"'
        ),
    ),
    "two right choices": (
        hunt(choices='{a: "line 14: left-open", b: "TimeoutError: timed out"}'),
        (
            f"2 of the 2 choices name what {FORGETS} showed, and exactly one must; it showed "
            '"client reads: b\'hello\'"; "TimeoutError: timed out"; "line 16: failure"; "line 14: left-open"'
        ),
    ),
    "a wrong program as a snippet": (
        fence("snippet", FORGETS),
        f"{FORGETS} is wrong on purpose; show it with a hunt fence",
    ),
}


@pytest.mark.parametrize(("written", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_shows_on_the_page_and_the_suite_finds_it(
    checkout: Checkout, caplog: pytest.LogCaptureFixture, written: str, message: str
) -> None:
    page = checkout.page("# Title\n\nText.\n\n" + written)
    line = 11 if message.startswith(("unknown option wy", "the option shows")) else 5
    wrong = f"docs/deep/page.md:{line}: {message}"
    assert text_of(page, ".socktrace-error") == wrong
    assert [(entry.levelno, entry.getMessage()) for entry in caplog.records] == [(logging.WARNING, wrong)]
    assert wrong in problems(checkout.root)


def test_sources_and_terms_of_a_hunt_are_checked_too(checkout: Checkout) -> None:
    checkout.write("docs/deep/page.md", hunt(why="As told [@rfc9]."))
    assert any("unknown source rfc9" in found for found in problems(checkout.root))


def test_a_wrong_program_that_no_page_shows_is_found(checkout: Checkout) -> None:
    checkout.write("docs/deep/page.md", hunt())
    shown = [found for found in problems(checkout.root) if "no page shows" in found]
    assert shown == [
        f"snippets/{PAUSES}:1: no page shows this program that is wrong; show it with a hunt fence or remove it",
        (
            "snippets/sockets/empty_bytes_mean_the_end.py:1: no page shows this snippet; "
            "show it with a snippet fence or remove it"
        ),
    ]
