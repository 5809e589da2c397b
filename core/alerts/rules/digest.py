"""One message of many alerts: no longer than anybody reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.i18n import Text, _, _n
from core.words import word
from db.enums import AlertKind, AlertUrgency

MOST_LINES = 15
MOST_IN_TITLE = 120


@dataclass(frozen=True, slots=True)
class Told:
    """An alert as a message tells it."""

    id: int
    kind: AlertKind
    urgency: AlertUrgency
    title: Text
    words: Text


def message_of(site: str, told: Sequence[Told], total: int, urgent: int, language: str) -> tuple[str, str]:
    """Title and text of a message in one language: a single alert in full, of `total` a line each of those in `told`, and
    how many more there are; `urgent` of them all are urgent."""
    if total == 1:
        one = told[0]
        title = _("[{urgency}] {kind}: {what}", urgency=word(one.urgency), kind=word(one.kind), what=one.title)
        return _short(title.render(language)), _signed([one.words.render(language)], site)
    title = _n("{n} alert from {site}", "{n} alerts from {site}", total, site=site)
    if urgent:
        title = _n(
            "{n} alert from {site}, {urgent} urgent",
            "{n} alerts from {site}, {urgent} urgent",
            total,
            site=site,
            urgent=urgent,
        )
    lines = [_line(one, language) for one in told]
    if total > len(told):
        more = _n(
            "And {n} more. All of them stand in the program.",
            "And {n} more. All of them stand in the program.",
            total - len(told),
        )
        lines.append(more.render(language))
    return _short(title.render(language)), _signed(lines, site)


def _line(one: Told, language: str) -> str:
    text = _(
        "[{urgency}] {kind}: {what}. {why}",
        urgency=word(one.urgency),
        kind=word(one.kind),
        what=one.title,
        why=one.words,
    )
    return " ".join(text.render(language).split())


def _signed(lines: list[str], site: str) -> str:
    return "\n".join([*lines, f"— {site}"])


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= MOST_IN_TITLE else plain[: MOST_IN_TITLE - 1] + "…"
