"""Scans with a prefix, taken key by key before an input method sees them (X11 and Windows)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.devices.rules.keycodes import PhysicalKey, PhysicalText
from core.devices.rules.wedge import LEAST, MOST
from core.devices.types.wedge import ENDS, Burst

AIM = "]"
AIM_LETTERS = set("ABCDEFGHIKLMNOPQRSTUVXdeghijoqsz")
AIM_LENGTH = 3


class Taken(NamedTuple):
    """Whether the key is kept from everybody else, the scan that it ends, and what turned out to be a person's."""

    is_taken: bool
    scan: Burst | None = None
    back: str = ""


FREE, TAKEN = Taken(False), Taken(True)


class PrefixedBurst:
    """From the prefix on every key is taken, until Enter, Tab or a pause; a prefix alone is given back.

    `prefixes` are function keys ("F9") or "]", which begins the AIM code of a scanner that sends it.
    """

    def __init__(self, prefixes: Sequence[str], gap_ms: int) -> None:
        self._prefixes, self.gap_ms = frozenset(prefixes), gap_ms
        self._text = PhysicalText()
        self._down: set[int] = set()
        self._typed: list[str] = []
        self._start = ""
        self._first = self._last = self._longest = 0

    @property
    def is_open(self) -> bool:
        """Whether keys are being taken."""
        return bool(self._start)

    def key(self, key: PhysicalKey) -> Taken:
        """One key of the keyboard or scanner, with the time the system gave it."""
        typed = self._text.of(key)
        before = FREE
        if self._start and key.is_down and not 0 <= key.at - self._last <= self.gap_ms:
            before = self.tick()
        if not key.is_down:
            was_taken = key.code in self._down
            self._down.discard(key.code)
            return Taken(was_taken, before.scan, before.back)
        now = self._press(key, typed)
        if now.is_taken:
            self._down.add(key.code)
        return Taken(now.is_taken, now.scan or before.scan, before.back + now.back)

    def tick(self) -> Taken:
        """A pause: what came is a scan that ends in silence, or a person's keys."""
        start, typed = self._start, "".join(self._typed)
        self._start, self._typed = "", []
        if len(typed) >= LEAST:
            return Taken(False, self._burst(typed, ""))
        back = [start] if start != AIM and not typed else []
        return Taken(False, back="".join(back) + typed)

    def _press(self, key: PhysicalKey, typed: str) -> Taken:
        if not self._start:
            return self._begin(key, typed)
        if not typed:
            return TAKEN if not key.is_repeat else FREE
        self._longest = max(self._longest, key.at - self._last)
        self._last = key.at
        if typed in ENDS:
            return self._end(typed)
        self._typed.append(typed)
        if self._start == AIM and len(self._typed) <= AIM_LENGTH and not self._may_be_aim():
            back, self._start, self._typed = "".join(self._typed), "", []
            return Taken(True, back=back)
        return TAKEN

    def _begin(self, key: PhysicalKey, typed: str) -> Taken:
        if typed not in self._prefixes or key.is_repeat or self._text.has_alt:
            return FREE
        self._start, self._typed = typed, [AIM] if typed == AIM else []
        self._first = self._last = key.at
        self._longest = 0
        return TAKEN

    def _end(self, end: str) -> Taken:
        start, typed = self._start, "".join(self._typed)
        self._start, self._typed = "", []
        if len(typed) < LEAST:
            return Taken(True, back=(start if start != AIM and not typed else "") + typed + end)
        return Taken(True, self._burst(typed, end))

    def _burst(self, typed: str, end: str) -> Burst:
        mean = (self._last - self._first) / max(1, len(typed))
        return Burst(typed[:MOST], typed[:MOST], end, 0, mean, self._longest, is_cut=len(typed) > MOST)

    def _may_be_aim(self) -> bool:
        letters = self._typed[1:]
        return (not letters or letters[0] in AIM_LETTERS) and (len(letters) < 2 or letters[1].isalnum())
