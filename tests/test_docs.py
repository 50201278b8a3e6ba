"""The README: its blocks are real output, its commands and settings are the program's own."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import COMMANDS, main

README = Path(__file__).parent.parent / "README.md"
TEXT = README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n\$ seminar (.*?)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def output_of(command: str, index: Path) -> str:
    words = shlex.split(command)
    today = ["--today", "2026-01-15"] if words[0] == "ask" else []
    result = CliRunner().invoke(main, [words[0], "--index", str(index), *today, *words[1:]])
    return "\n".join(line.rstrip() for line in result.output.rstrip().splitlines())


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_a_block_of_the_readme_is_real_output(command: str, shown: str, shipped_folder: Path) -> None:
    assert output_of(command, shipped_folder) == shown.rstrip()


def test_the_readme_shows_its_range() -> None:
    assert len(BLOCKS) >= 5


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`seminar {command}" in TEXT or f"seminar {command}" in TEXT


@pytest.mark.parametrize(
    "setting",
    ["SEMINAR_HOME", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "SEMINAR_ADMINS",
     "SEMINAR_KEEP_DAYS", "[access.channels]", "[access.people]"],
)  # fmt: skip
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`{setting}`" in TEXT


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for address in re.findall(r"\]\(([^)]+)\)", TEXT):
        assert address.startswith("http") or (README.parent / address.split("#")[0]).exists(), address


def test_the_two_commands_stand_at_the_top() -> None:
    commands = re.findall(r"<!-- (main|test)-command -->\n```sh\n(.+?)\n```", TEXT, re.DOTALL)
    assert [name for name, _ in commands] == ["main", "test"]
    assert all("python3 -m venv .venv" in command for _, command in commands)
