"""When a window of labels that was sent counts as printed. Ready does not mean printed: a printer says it is ready also
before it has read what it was sent, and after a power cut that emptied its memory.

A window is through when the printer's own counter has gone on by the number of labels sent, or, where it has none, when it
was seen printing and then ready. Everything else waits, or is a question for a person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

CALM_LOOKS = 2
CALM_SECONDS = 1.0  # longer than a printer takes breath between two labels
UNSURE_SECONDS = 6.0
SILENT_SECONDS = 3.0
DOUBT_SECONDS = 3.0


class Verdict(StrEnum):
    """What to do next with a window that was sent."""

    WAIT = "wait"
    HELD = "held"
    DONE = "done"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the printer showed. `is_stopped`: it said why it does not print; `is_silent`: it said nothing."""

    is_ready: bool = False
    is_busy: bool = False
    is_stopped: bool = False
    is_silent: bool = False
    counter: int | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """A window of `count` labels under way. `before` is the printer's counter when it was sent, None without one."""

    count: int
    before: int | None = None
    was_busy: bool = False
    calm: int = 0
    calm_since: float | None = None
    silent_since: float | None = None
    is_doubtful: bool = False
    good: int = 0


def see(watch: Watch, look: Look, now: float) -> tuple[Watch, Verdict]:
    """What is known of the window after one more look at `now` seconds."""
    watch = _counted(watch, look)
    if watch.before is not None and look.counter is not None and look.counter != watch.before + watch.good:
        return watch, Verdict.ASK  # it counted backwards, or labels of somebody else: nothing follows from it
    if look.is_silent:
        since = now if watch.silent_since is None else watch.silent_since
        is_long = now - since >= DOUBT_SECONDS  # long enough to have been switched off and on
        watch = replace(watch, silent_since=since, calm=0, calm_since=None, is_doubtful=watch.is_doubtful or is_long)
        return watch, Verdict.HELD if now - since >= SILENT_SECONDS else Verdict.WAIT
    watch = replace(watch, silent_since=None)
    if look.is_stopped or look.is_busy or not look.is_ready:
        watch = replace(watch, was_busy=watch.was_busy or look.is_busy, calm=0, calm_since=None)
        return watch, Verdict.HELD if look.is_stopped else Verdict.WAIT
    return _at_rest(watch, look, now)


def _counted(watch: Watch, look: Look) -> Watch:
    if watch.before is None or look.counter is None:
        return watch
    return replace(watch, good=max(0, min(look.counter - watch.before, watch.count)))


def _at_rest(watch: Watch, look: Look, now: float) -> tuple[Watch, Verdict]:
    """It stands ready: printed everything, has not begun, or has forgotten it."""
    since = now if watch.calm_since is None else watch.calm_since
    watch = replace(watch, calm=watch.calm + 1, calm_since=since)
    is_calm = watch.calm >= CALM_LOOKS and now - since >= CALM_SECONDS
    was_seen = watch.was_busy and not watch.is_doubtful and is_calm
    if watch.good == watch.count if watch.before is not None else was_seen:
        return replace(watch, good=watch.count), Verdict.DONE
    return watch, Verdict.ASK if now - since >= UNSURE_SECONDS else Verdict.WAIT


def known_good(before: int | None, counter: int | None, count: int) -> int:
    """How many of a broken window came out by the printer's counter; 0 where it does not tell or tells nonsense."""
    if before is None or counter is None or not 0 <= counter - before <= count:
        return 0
    return counter - before
