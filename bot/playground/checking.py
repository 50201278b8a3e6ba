"""The tools of the block validator: a list of errors, and checks of the small things blocks are made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]
Json = dict[str, Any]


@dataclass(frozen=True)
class BlockError:
    pointer: str
    code: str
    message: str
    constraint: Any = None

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


@dataclass
class Checker:
    """Collects what Slack would refuse, each with the pointer to where it stands."""

    surface: Surface
    errors: list[BlockError] = field(default_factory=list)

    def fail(self, pointer: str, code: str, message: str, constraint: Any = None) -> None:
        self.errors.append(BlockError(pointer, code, message, constraint))

    def is_object(self, value: Any, at: str, required: Iterable[str], optional: Iterable[str] = ()) -> bool:
        """An object with all of `required`, some of `optional` and nothing else."""
        if not isinstance(value, dict):
            self.fail(at, "invalid_type", "must be an object")
            return False
        missing = [key for key in required if value.get(key) is None]
        for key in missing:
            self.fail(f"{at}/{key}", "missing_field", f"missing required field: {key}")
        for key in value.keys() - {*required, *optional, "type", "block_id"}:
            self.fail(f"{at}/{key}", "unknown_field", f"invalid additional property: {key}")
        return not missing

    def string(self, value: Any, at: str, most: int, *, least: int = 1) -> None:
        if not isinstance(value, str):
            self.fail(at, "invalid_type", "must be a string")
        elif len(value) < least:
            self.fail(at, "too_short", f"must be more than {least - 1} characters", least)
        elif len(value) > most:
            self.fail(at, "too_long", f"must be less than {most + 1} characters", most)

    def strings(self, value: Json, at: str, /, **most: int) -> None:
        """Fields that may be absent."""
        for key, limit in most.items():
            if value.get(key) is not None:
                self.string(value[key], f"{at}/{key}", limit)

    def items(self, value: Any, at: str, least: int, most: int) -> list[tuple[str, Any]]:
        """The items of an array with their pointers; none if it is not one or has too many or few."""
        if not isinstance(value, list):
            self.fail(at, "invalid_type", "must be an array")
            return []
        if len(value) < least:
            self.fail(at, "too_few", f"must contain at least {least} items", least)
        if len(value) > most:
            self.fail(at, "too_many", f"no more than {most} items allowed", most)
            return []
        return [(f"{at}/{number}", item) for number, item in enumerate(value)]

    def one_of(self, value: Any, at: str, allowed: Iterable[Any]) -> bool:
        known = [*allowed]
        if value in known:
            return True
        self.fail(at, "invalid_value", f"must be one of {', '.join(map(str, known))}", known)
        return False

    def text(self, value: Any, at: str, most: int, *kinds: str) -> None:
        """A text object of one of these kinds (any, if none is named)."""
        if not self.is_object(value, at, ("text",), ("emoji", "verbatim")):
            return
        if not self.one_of(value.get("type"), f"{at}/type", kinds or ("plain_text", "mrkdwn")):
            return
        self.string(value["text"], f"{at}/text", most)
        wrong = "verbatim" if value["type"] == "plain_text" else "emoji"
        if wrong in value:
            self.fail(f"{at}/{wrong}", "unknown_field", f"invalid additional property: {wrong}")

    def plain(self, value: Json, at: str, /, **most: int) -> None:
        """Plain text objects that may be absent."""
        for key, limit in most.items():
            if value.get(key) is not None:
                self.text(value[key], f"{at}/{key}", limit, "plain_text")

    def unique(self, values: Iterable[tuple[str, Any]], what: str) -> None:
        seen: set[str] = set()
        for at, value in values:
            if value is not None and repr(value) in seen:
                self.fail(at, "duplicate", f"{what} {value!r} is used more than once")
            seen.add(repr(value))
