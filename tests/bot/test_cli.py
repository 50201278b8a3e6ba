"""The command line, as a person and as a program use it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from bot.cli import COMMANDS, main
from bot.commands import follow
from bot.commands.ask import answer_lines
from bot.commands.playground import has_screen
from index.builder import build

SCHEMA = json.loads((Path(__file__).parent.parent / "machine.schema.json").read_text(encoding="utf-8"))
TODAY = ("--today", "2026-01-15")


def check(answer: dict[str, Any]) -> None:
    jsonschema.validate(answer, SCHEMA)


@pytest.fixture
def ask(shipped_folder: Path) -> Any:
    def run(*words: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, ["ask", "--index", str(shipped_folder), *TODAY, *words], input=stdin)

    return run


def test_a_figure_is_answered_with_its_sentence(ask: Any) -> None:
    result = ask("NEV sales in October 2021?")
    assert result.exit_code == 0
    assert "383,000" in result.output
    assert "October" in result.output
    assert "[1] " in result.output


def test_json_keeps_to_its_schema(ask: Any) -> None:
    result = ask("--json", "NEV sales in October 2021?")
    answer = json.loads(result.stdout)
    check(answer)
    assert (answer["kind"], answer["value"], answer["unit"]) == ("value", "383000", "vehicles")


def test_nothing_held_exits_with_three(ask: Any) -> None:
    assert ask("How tall is the Eiffel Tower?").exit_code == 3


def test_a_greeting_shows_no_sources(ask: Any) -> None:
    result = ask("--json", "hello")
    answer = json.loads(result.stdout)
    assert (answer["kind"], answer["citations"]) == ("greeting", [])


def test_lines_are_answered_one_by_one_and_a_bad_one_stops_nothing(ask: Any) -> None:
    lines = [
        '{"id": "a", "question": "NEV sales in October 2021?", "context": []}',
        "not json",
        '{"id": 7, "question": "and production?", "context": ["NEV sales in October 2021?"]}',
        '{"id": "c", "question": 3}',
        '{"id": "d", "question": "x", "context": "y"}',
        "",
        '{"id": "e", "question": ""}',
    ]
    result = ask("--jsonl", stdin="\n".join(lines))
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, 7, None, None, "e"]
    assert [answer.get("line") for answer in answers if answer["id"] is None] == [2, 4, 5]
    assert answers[2]["value"] == "397000"
    for answer in answers:
        if answer["id"] is not None:
            check(answer)


def test_a_line_that_is_no_text_is_an_error_and_not_a_crash(ask: Any) -> None:
    result = ask("--jsonl", stdin=b'\xff\xfe\n{"id": 1, "question": "hello"}\n')
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [None, 1]


def test_a_stream_of_questions_is_answered_from_what_is_built_meanwhile(tmp_path: Path) -> None:
    (corpus := tmp_path / "corpus").mkdir()

    def lines() -> Iterator[bytes]:
        for size in ("1 MWh", "2.4 MWh", "3.6 MWh"):
            (corpus / "a.md").write_text(f"# Ferries\n\nThe ferry Ampere has a battery of {size}.\n")
            build([corpus], tmp_path / "index")
            yield b'{"question": "How large is the battery of the ferry Ampere?"}'

    answers = answer_lines(follow((corpus,), tmp_path / "index"), lines(), date(2024, 6, 1))
    assert [json.loads(line)["value"] for line in answers] == ["1", "2.4", "3.6"]


def test_no_question_is_wrong_use() -> None:
    assert CliRunner().invoke(main, ["ask"]).exit_code == 2


def test_an_index_that_is_not_there_is_two_lines_and_exit_one(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    result = CliRunner().invoke(main, ["ask", "--corpus", str(nowhere), "x"])
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 2
    assert str(nowhere) in result.stderr


def test_ask_builds_the_index_by_itself(tmp_path: Path) -> None:
    corpus = tmp_path / "notes"
    corpus.mkdir()
    (corpus / "tea.md").write_text("# Tea\n\nTea is served at four in the library.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["ask", "--corpus", str(corpus), *TODAY, "When is tea served?"])
    assert result.exit_code == 0, result.output
    assert "Tea is served at four in the library." in result.output
    (corpus / "tea.md").write_text("# Tea\n\nTea is served at five in the garden.\n", encoding="utf-8")
    again = CliRunner().invoke(main, ["ask", "--corpus", str(corpus), *TODAY, "When is tea served?"])
    assert "at five in the garden" in again.output


def test_build_says_what_it_read_and_then_that_nothing_changed(tmp_path: Path) -> None:
    corpus = tmp_path / "notes"
    corpus.mkdir()
    (corpus / "tea.md").write_text("Tea is served at four.", encoding="utf-8")
    first = CliRunner().invoke(main, ["build", "--corpus", str(corpus)])
    assert first.output.startswith("Read 1 file in")
    second = CliRunner().invoke(main, ["build", "--corpus", str(corpus)])
    assert second.output.startswith("Nothing changed: 1 document,")


def test_documents_and_figures_are_listed(shipped_folder: Path) -> None:
    index = ("--index", str(shipped_folder))
    documents = CliRunner().invoke(main, ["documents", *index])
    assert "solid-state-battery-seminar-2021.md" in documents.output
    rows = CliRunner().invoke(
        main, ["figures", *index, "--csv", "--document", "solid-state-battery-seminar-2021.md"]
    )
    assert rows.output.startswith("metric,")
    assert "397,000" in rows.output


def test_takeaways_are_the_four_of_the_seminar(shipped_folder: Path) -> None:
    result = CliRunner().invoke(main, ["takeaways", "--index", str(shipped_folder), "seminar"])
    assert result.exit_code == 0
    for word in ("First", "Second", "Third", "Fourth"):
        assert f"{word}, " in result.output


def test_doctor_is_content_with_a_fresh_index(shipped_folder: Path) -> None:
    result = CliRunner().invoke(main, ["doctor", "--index", str(shipped_folder)])
    assert result.exit_code == 0, result.output


def test_slack_without_tokens_says_which_and_how(home: Path) -> None:
    result = CliRunner().invoke(main, ["slack"])
    assert result.exit_code == 1
    assert "SLACK_BOT_TOKEN and SLACK_APP_TOKEN not set." in result.stderr
    assert "seminar manifest" in result.stderr
    assert not home.exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_with_an_example(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert f"seminar {command}" in result.output.split("Example", 1)[1]


HEAVY = {"sklearn", "pandas", "sqlite_utils", "numba", "scipy"}


def imported(code: str, *arguments: str) -> set[str]:
    script = f"{code}\nimport sys, json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return {name.split(".")[0] for name in json.loads(run.stderr.strip().splitlines()[-1])}


def test_help_imports_nothing_heavy() -> None:
    code = "from bot.cli import main\nmain(['--help'], standalone_mode=False)"
    assert not (HEAVY | {"numpy", "slack_bolt"}) & imported(code)


def test_a_question_is_answered_without_the_tools_that_build(shipped_folder: Path) -> None:
    code = (
        "import sys\nfrom bot.cli import main\n"
        "main(['ask', '--index', sys.argv[1], 'NEV sales in October 2021?'], standalone_mode=False)\n"
        "main(['ask', '--index', sys.argv[1], 'why is Japan betting on all-solid-state?'], standalone_mode=False)"
    )
    assert not HEAVY & imported(code, str(shipped_folder))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a desktop")
def test_without_a_desktop_no_browser_is_sought(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not has_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_screen()
