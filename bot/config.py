"""Where things are on this machine, and what the operator has set."""

from __future__ import annotations

import hashlib
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from index.corpus import SHIPPED
from index.errors import SeminarError

SETTINGS = "settings.toml"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds the index, the library and the users' data."""

    path: Path

    @property
    def library(self) -> Path:
        """Documents and tables that people added."""
        return self.path / "library"

    @property
    def state(self) -> Path:
        return self.path / "state.db"

    @property
    def settings(self) -> Path:
        return self.path / SETTINGS


def find_home(environ: Mapping[str, str] = os.environ) -> Home:
    """`SEMINAR_HOME`, else the platform's folder for a user's data."""
    set_path = environ.get("SEMINAR_HOME")
    return Home(Path(set_path).expanduser() if set_path else user_data_path("seminar-bot", appauthor=False))


@dataclass(frozen=True, slots=True)
class Corpora:
    """What to answer from, and where its index is."""

    roots: tuple[Path, ...]
    index: Path


def find_corpora(home: Home, corpora: tuple[Path, ...] = (), index: Path | None = None) -> Corpora:
    """The named corpora, else the shipped one and the library; each set of corpora has an index of its own."""
    if corpora:
        name = hashlib.sha256("\0".join(str(path.resolve()) for path in corpora).encode()).hexdigest()[:8]
        return Corpora(corpora, index or home.path / f"index-{name}")
    roots = (SHIPPED, home.library) if home.library.is_dir() else (SHIPPED,)
    return Corpora(roots, index or home.path / "index")


class Secret:
    """A value that no log, repr or error shows."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "Secret('**********')" if self._value else "Secret('')"

    def __bool__(self) -> bool:
        return bool(self._value)

    def reveal(self) -> str:
        """The value itself, for the one call that needs it."""
        return self._value


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting; the README's table says what each is for."""

    bot_token: Secret = field(default_factory=lambda: Secret(""))
    app_token: Secret = field(default_factory=lambda: Secret(""))
    signing_secret: Secret = field(default_factory=lambda: Secret(""))
    slack_api_url: str = "https://slack.com/api/"
    admins: tuple[str, ...] = ()
    keep_days: int = 90
    health_port: int = 0
    """Where Socket Mode tells of its health; 0 for nowhere."""
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Access labels by channel id; a channel that is not named sees `everyone`."""
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Access labels by user id, in direct messages and answers that only they see."""


def read_settings(home: Home, environ: Mapping[str, str] = os.environ) -> Settings:
    """The environment before `settings.toml` in the home folder. Raises SeminarError with the offending key."""
    table = _read_table(home.settings)
    unknown = sorted(set(table) - {"slack", "admins", "keep_days", "health_port", "access"})
    if unknown:
        raise SeminarError(
            f"{home.settings} has a setting that is not known: {unknown[0]}",
            "Take the line out, or see the README's table of settings.",
        )
    slack = _section(home, table, "slack")
    access = _section(home, table, "access")
    keep = _read_number(
        home,
        "keep_days",
        environ.get("SEMINAR_KEEP_DAYS", table.get("keep_days", 90)),
        "a number of days from 1 up",
    )
    health = _read_number(
        home,
        "health_port",
        environ.get("SEMINAR_HEALTH_PORT") or table.get("health_port", 0),
        "a port from 1 to 65535 (0 for none)",
        range(65_536),
    )
    admins = environ.get("SEMINAR_ADMINS")
    return Settings(
        bot_token=Secret(environ.get("SLACK_BOT_TOKEN", str(slack.get("bot_token", "")))),
        app_token=Secret(environ.get("SLACK_APP_TOKEN", str(slack.get("app_token", "")))),
        signing_secret=Secret(environ.get("SLACK_SIGNING_SECRET", str(slack.get("signing_secret", "")))),
        slack_api_url=environ.get("SLACK_API_URL", str(slack.get("api_url", "https://slack.com/api/"))),
        admins=tuple(admins.replace(",", " ").split()) if admins else _words(home, table, "admins"),
        keep_days=keep,
        health_port=health,
        channels=_labels(home, access, "channels"),
        people=_labels(home, access, "people"),
    )


def _read_table(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeminarError(
            f"{path} is not TOML: {error}.", "Mend that line, or move the file away."
        ) from None


def _section(home: Home, table: Mapping[str, object], name: str) -> Mapping[str, object]:
    section = table.get(name, {})
    if not isinstance(section, dict):
        raise SeminarError(
            f"{home.settings}: {name} must be a table, not {section!r}.", f"Write it as [{name}]."
        )
    return section


def _words(home: Home, table: Mapping[str, object], name: str) -> tuple[str, ...]:
    words = table.get(name, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise SeminarError(
            f"{home.settings}: {name} must be a list of words, not {words!r}.", f'Write it as {name} = ["…"].'
        )
    return tuple(words)


def _labels(home: Home, access: Mapping[str, object], name: str) -> Mapping[str, tuple[str, ...]]:
    labels = _section(home, access, name)
    return {key: _words(home, labels, key) for key in labels}


def _read_number(
    home: Home, name: str, value: object, must_be: str, within: range = range(1, sys.maxsize)
) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = -1
    if number not in within:
        raise SeminarError(f"{name} must be {must_be}, not {value!r}.", f"Mend it in {home.settings}.")
    return number
