"""Telling a scanner that types from a person who types, by the times that the keys themselves carry.

A run is a row of keys with no pause longer than the scanner's own. Its keys are held back until it is clear what it is:
an end (Enter, Tab or silence) after enough keys at a scanner's pace makes it a scan, everything else is typing and is
given back in order. A person hardly notices: keys typed apart are held for a blink only.

Sources of the figures: DEVICES.md section 1.1 (30 ms and less for most scanners, 80 ms and peaks of 100 for slow ones,
people over 50 ms but for two or three keys that fall together).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from core.devices.types.wedge import ANY_END, ENDS, Burst, WedgeProfile

LEAST = 4
LEAST_SILENT = 6
SHORT = 6
SHORT_PACE = 25
SAME_PACE = 15
BLINK_MS = 30
MOST = 8192
SLOW_MS = 35


class Act(StrEnum):
    """What becomes of a key. Dropped is also whatever was held before it."""

    PASS = "pass"
    HOLD = "hold"
    DROP = "drop"


class Verdict(NamedTuple):
    """What becomes of this key, and what the keys held before it turned out to be."""

    act: Act
    gives_back: bool = False
    scan: Burst | None = None


PASS, HOLD, DROP = Verdict(Act.PASS), Verdict(Act.HOLD), Verdict(Act.DROP)


class WedgeRule:
    """Told each key with its time; says what to do with it. Knows no clock of its own: `wait_ms` says when to `tick`.

    Several scanners may hang on one PC: the longest pause of them counts, and each scan is read by the profile that
    fits it best.
    """

    def __init__(self, profiles: Sequence[WedgeProfile] = ()) -> None:
        self.profiles = (*profiles, WedgeProfile())
        self.gap_ms = max(one.gap_ms for one in self.profiles)
        self.pace_ms = max(one.pace_ms for one in self.profiles)
        self.blink_ms = min(BLINK_MS, self.gap_ms)
        self._keys: list[str] = []
        self._count = 0
        self._first = self._last = self._longest = 0
        self._given = 0
        self._is_typing = self._is_rest = False
        self._ended_at: int | None = None

    # --- what is told

    def key(self, text: str, at: int) -> Verdict:
        """A key that types something, or ends a scan (Enter, Tab). `at` in milliseconds, from the event."""
        if text in ENDS:
            return self._end_key(text, at)
        ended_at, self._ended_at = self._ended_at, None
        if not self._count:
            begun = self._begin(text, at)
            self._is_rest = ended_at is not None and 0 <= at - ended_at <= self.gap_ms
            return begun
        gap = at - self._last
        if not 0 <= gap <= self.gap_ms:
            before = self._decide_silent()
            begun = self._begin(text, at)
            return Verdict(begun.act, before.gives_back, before.scan)
        return self._go_on(text, at, gap)

    def other(self) -> Verdict:
        """A key that types nothing, a key held down, a click: whatever was held is decided now."""
        self._ended_at = None
        return self._decide_silent() if self._count else PASS

    def tick(self, *, in_text: bool = False) -> Verdict:
        """`wait_ms` went by without a key. A single key in a text field is given to it, and may be taken back."""
        if self._count == 1 and in_text and not self._given and self.gap_ms > self.blink_ms:
            self._given = 1
            return Verdict(Act.PASS, gives_back=True)
        return self._decide_silent() if self._count else PASS

    def wait_ms(self, *, in_text: bool = False) -> int:
        """After how many milliseconds without a key `tick` is due; 0 when nothing waits."""
        if not self._count or self._is_typing:
            return 0
        if self._count == 1 and in_text:
            return self.blink_ms if not self._given else self.gap_ms - self.blink_ms
        return self.gap_ms

    @property
    def is_holding(self) -> bool:
        """Whether keys are held back."""
        return self._count > self._given and not self._is_typing

    @property
    def is_in_run(self) -> bool:
        """Whether enough keys came together that control characters belong to a scan."""
        return self._count >= LEAST - 1 and not self._is_typing

    def forget(self) -> None:
        """Begin anew, after a fault."""
        self._clear()
        self._ended_at = None

    # --- inside

    def _begin(self, text: str, at: int) -> Verdict:
        self._keys, self._count = [text], 1
        self._first = self._last = at
        self._longest = self._given = 0
        self._is_typing = self._is_rest = False
        return HOLD

    def _go_on(self, text: str, at: int, gap: int) -> Verdict:
        self._last = at
        self._longest = max(self._longest, gap)
        if self._is_typing:
            return PASS
        self._count += 1
        if self._count <= MOST:
            self._keys.append(text)
        if self._count > 2 and at - self._first > self.pace_ms * (self._count - 1):
            self._is_typing = True
            return Verdict(Act.PASS, gives_back=True)
        return HOLD

    def _end_key(self, text: str, at: int) -> Verdict:
        if self._ended_at is not None:
            if 0 <= at - self._ended_at <= self.gap_ms:
                self._ended_at = at
                return DROP
            self._ended_at = None
        if not self._count:
            return PASS
        is_near = 0 <= at - self._last <= self.gap_ms
        burst = self._burst(text) if is_near else None
        if burst is None and is_near and self._is_rest and not self._given:
            self._clear()  # two scanners at the same moment: what one of them still had to say is no typing
            self._ended_at = at
            return DROP
        if burst is None:
            before = self._decide_silent()
            return Verdict(Act.PASS, before.gives_back, before.scan)
        self._clear()
        self._ended_at = at
        return Verdict(Act.DROP, scan=burst)

    def _decide_silent(self) -> Verdict:
        burst = self._burst("")
        was_held = self.is_holding
        self._clear()
        return Verdict(Act.PASS, gives_back=was_held and burst is None, scan=burst)

    def _burst(self, end: str) -> Burst | None:
        """The run as a scan with this end; None when it is none."""
        if self._is_typing or self._count < LEAST:
            return None
        mean = (self._last - self._first) / (self._count - 1)
        typed = "".join(self._keys)
        fitting = [one for one in self.profiles if self._fits(one, typed, end, mean)]
        if not fitting:
            return None
        best = min(fitting, key=lambda one: (not (one.prefix and typed.startswith(one.prefix)), not one.is_measured))
        return Burst(best.meant(typed), typed, end, self._given, mean, self._longest, is_cut=self._count > MOST)

    def _fits(self, profile: WedgeProfile, typed: str, end: str, mean: float) -> bool:
        if self._longest > profile.gap_ms or mean > profile.pace_ms:
            return False
        if profile.end not in (ANY_END, end) and not (profile.end and end):
            return False
        if profile.is_measured and profile.prefix and not typed.startswith(profile.prefix):
            return False
        if len(set(typed)) == 1 and mean > SAME_PACE:
            return False
        if profile.is_measured:
            return self._count >= (LEAST if profile.pace_ms <= SLOW_MS else SHORT)
        least = LEAST if end else LEAST_SILENT
        is_short = self._count < SHORT or not end
        return self._count >= least and mean <= (SHORT_PACE if is_short else profile.pace_ms)

    def _clear(self) -> None:
        self._keys, self._count, self._given = [], 0, 0
        self._is_typing = self._is_rest = False


class AltDigits:
    """Characters typed as Alt and digits of the keypad: 029 is GS; a long number is a character of GB18030."""

    def __init__(self) -> None:
        self._digits = ""

    def add(self, digit: str) -> None:
        """One more digit while Alt is down."""
        self._digits = (self._digits + digit)[-6:]

    @property
    def is_open(self) -> bool:
        """Whether digits came that are no character yet."""
        return bool(self._digits)

    def end(self) -> str:
        """Alt went up: the character; empty when the digits are none."""
        digits, self._digits = self._digits, ""
        number = int(digits) if digits else 0
        if not number:
            return ""
        if number < 256:
            return bytes([number]).decode("cp1252" if number > 127 and digits.startswith("0") else "latin-1", "ignore")
        size = (number.bit_length() + 7) // 8
        try:
            return number.to_bytes(size, "big").decode("gb18030")
        except UnicodeDecodeError:
            return ""
