"""How a scanner that types like a keyboard types: its pace, its ends, how its characters arrive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from core.i18n import Text

GS = "\x1d"
ENDS = "\r\n\t"
ANY_END = "any"


@dataclass(frozen=True, slots=True)
class WedgeProfile:
    """One scanner's way of typing.

    `gap_ms` is the longest pause between two of its keys, `pace_ms` the longest mean; `end` is Enter, Tab, "" for
    silence, or "any" before it was measured. `prefix` comes before the code and is taken off; `gs` is what arrives in
    place of the separator GS, "" when nothing does. `letters` says by each character that arrives wrongly which one
    was meant. `follows_caps`: Caps Lock turns its letters round.
    """

    name: str = ""
    gap_ms: int = 60
    pace_ms: int = 35
    end: str = ANY_END
    prefix: str = ""
    has_aim: bool = False
    gs: str = GS
    letters: Mapping[str, str] = field(default_factory=dict)
    follows_caps: bool = True
    is_measured: bool = False

    def facts(self) -> dict[str, Any]:
        """The profile as JSON keeps it."""
        return {one.name: dict(value) if one.name == "letters" else value for one, value in _values(self)}

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> WedgeProfile:
        """A profile from its JSON; what is missing, unknown or of a wrong kind is left as before measuring."""
        plain = cls()
        known = {one.name: facts[one.name] for one, value in _values(plain) if _fits(facts.get(one.name), value)}
        known["gap_ms"] = max(10, min(500, known.get("gap_ms", plain.gap_ms)))
        known["pace_ms"] = max(5, min(known["gap_ms"], known.get("pace_ms", plain.pace_ms)))
        return cls(**known)

    def meant(self, typed: str) -> str:
        """The code that was meant by what was typed: without the prefix, with the right letters and separators."""
        if self.prefix and typed.startswith(self.prefix):
            typed = typed[len(self.prefix) :]
        if self.letters:
            typed = "".join(self.letters.get(one, one) for one in typed)
        return typed.replace(self.gs, GS) if self.gs not in ("", GS) else typed


def _values(profile: WedgeProfile) -> list[tuple[Any, Any]]:
    return [(one, getattr(profile, one.name)) for one in fields(profile)]


def _fits(given: Any, known: Any) -> bool:
    if isinstance(known, Mapping):
        return isinstance(given, Mapping) and all(isinstance(one, str) for pair in given.items() for one in pair)
    return type(given) is type(known)


@dataclass(frozen=True, slots=True)
class Burst:
    """Keys of one scan: the code that was meant, what was typed, and how the keys came.

    `given` is how many of its keys were already given to a field and must be taken back; `is_cut` says that it was
    longer than anybody keeps.
    """

    code: str
    typed: str
    end: str = ""
    given: int = 0
    mean_ms: float = 0.0
    longest_ms: int = 0
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class SampleScan:
    """One scan of the test code as it arrived: each key's text with its time in milliseconds, ends included."""

    keys: tuple[tuple[str, int], ...]
    is_caps: bool = False

    @property
    def text(self) -> str:
        """What was typed."""
        return "".join(text for text, _at in self.keys)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the scanner doctor found: a word for the program, a sentence for the person."""

    word: str
    text: Text
    is_bad: bool = True


@dataclass(frozen=True, slots=True)
class Calibration:
    """What three scans of the test code say; without `profile` they say nothing that could be used."""

    profile: WedgeProfile | None
    findings: tuple[Finding, ...] = ()
    median_ms: float = 0.0
