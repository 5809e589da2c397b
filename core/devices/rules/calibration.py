"""Calibrating a scanner that types: from three scans of a known code to its profile, and what is wrong with it.

The test code holds every character that can be printed, and GS; the short one stands in a line code for scanners that
read no square ones. A layout of the keyboard that is not the scanner's turns characters into others, always the same:
that is learned. Dead keys and input methods lose characters: that is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from core.devices.types.wedge import ENDS, GS, Calibration, Finding, SampleScan, WedgeProfile
from core.errors import InvalidInput
from core.i18n import Text, _

SCANS_NEEDED = 3
_MARK = "Steward"
TEST_CODE = f"{_MARK}{''.join(map(chr, range(32, 127)))}{GS}19az{GS}{_MARK}"
TEST_LINE = f"{_MARK}-[]/;Zz19"
LONGEST_LEAD = 24
GAP_TIMES, LEAST_GAP, MOST_GAP = 3, 35, 120
PACE_TIMES, LEAST_PACE = 2, 20
SLOW_MS = 40
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]$")


class _Match(NamedTuple):
    """How what arrived lies over what was printed."""

    lead: str
    pairs: tuple[tuple[str, str], ...]
    has_gs: bool
    rest: str

    @property
    def right(self) -> int:
        """How many characters arrived as they are."""
        return sum(meant == came for meant, came in self.pairs)


def calibrate(samples: Sequence[SampleScan]) -> WedgeProfile:
    """The profile of a scanner from three scans of the test code. Raises InvalidInput with what is wrong."""
    found = diagnose(samples)
    if found.profile is None:
        raise InvalidInput(found.findings[0].text)
    return found.profile


def diagnose(samples: Sequence[SampleScan]) -> Calibration:
    """The profile, and what the scanner doctor has to say. Pauses in milliseconds; 3 x the median, 35 to 120 ms."""
    middle = _median_gap(samples)
    trouble = _trouble(samples)
    if trouble is not None:
        return Calibration(None, (trouble,), middle)
    body, end = _body(samples[0].text)
    is_caps = samples[0].is_caps
    matches = list(_matches(body))
    turned = list(_matches(body.swapcase())) if is_caps else []
    best = max((*matches, *turned), key=lambda one: one.right, default=None)
    if best is None:
        return Calibration(None, (_no_match(body),), middle)
    letters, unclear = _letters(best)
    prefix, has_aim = _lead(best.lead, letters)
    profile = WedgeProfile(
        gap_ms=_within(GAP_TIMES * middle, LEAST_GAP, MOST_GAP),
        pace_ms=_within(PACE_TIMES * middle, LEAST_PACE, _within(GAP_TIMES * middle, LEAST_GAP, MOST_GAP)),
        end=end, prefix=prefix, has_aim=has_aim, gs=_gs(best), letters=letters,
        follows_caps=not is_caps or best in turned, is_measured=True,
    )  # fmt: skip
    return Calibration(profile, tuple(_findings(profile, best, unclear, middle)), middle)


# --- what can make the scans useless


def _trouble(samples: Sequence[SampleScan]) -> Finding | None:
    if len(samples) < SCANS_NEEDED:
        return Finding("few", _("Scan the test code {n} times.", n=SCANS_NEEDED))
    texts = [_body(one.text)[0] for one in samples]
    if any(_is_wide(one) for text in texts for one in text):
        return Finding("ime", _input_method())
    if len(set(texts)) > 1:
        if len({tuple(sorted(Counter(text).items())) for text in texts}) == 1:
            return Finding("ime", _input_method())
        return Finding(
            "unsteady",
            _(
                "The three scans are not the same: characters are lost on the way. Set the scanner to a longer "
                "pause between characters, or use serial mode."
            ),
        )
    return None


def _input_method() -> Text:
    return _(
        "An input method takes the keys of the scanner. Switch the scanner to serial (USB-COM) mode, or turn on a"
        " prefix or the AIM code, so that its scans are taken before the input method."
    )


def _is_wide(letter: str) -> bool:
    return ord(letter) > 0x2000 and unicodedata.east_asian_width(letter) in "WF"


def _no_match(body: str) -> Finding:
    if len(body) >= len(TEST_LINE) // 2 and _MARK[1:].casefold() in body.casefold():
        return Finding(
            "dead_keys",
            _(
                "Some characters of the scanner never arrive: keys of this keyboard layout wait for a second key."
                " Set the country of the scanner's keyboard to the layout of this PC, or to ALT mode."
            ),
        )
    return Finding("other_code", _("This was not the test code. Scan the code that stands on the screen."))


# --- reading the scans


def _body(text: str) -> tuple[str, str]:
    """What was typed without its end, and the end."""
    body = text.rstrip(ENDS)
    tail = text[len(body) :]
    return body, tail[:1].replace("\n", "\r")


def _median_gap(samples: Sequence[SampleScan]) -> float:
    gaps = [later - before for one in samples for (_a, before), (_b, later) in pairwise(one.keys)]
    return float(median(gaps)) if gaps else 0.0


def _within(value: float, least: int, most: int) -> int:
    return max(least, min(most, round(value)))


def _matches(body: str) -> Iterator[_Match]:
    """Every way in which what arrived can be the test code, one character for one."""
    for code in (TEST_CODE, TEST_LINE):
        for meant, has_gs in ((code, True), (code.replace(GS, ""), False)):
            more = len(body) - len(meant)
            for first in range(max(0, more), -1, -1) if 0 <= more <= LONGEST_LEAD else ():
                came = body[first : first + len(meant)]
                pairs = tuple(zip(meant, came, strict=True))
                if _is_steady(pairs):
                    yield _Match(body[:first], pairs, has_gs and GS in code, body[first + len(meant) :])


def _is_steady(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the same character always arrived as the same, and not most of them as one."""
    known: dict[str, str] = {}
    if any(known.setdefault(meant, came) != came for meant, came in pairs):
        return False
    return len(set(known.values())) * 2 > len(known)


def _letters(match: _Match) -> tuple[dict[str, str], tuple[str, ...]]:
    """By each character that arrives wrongly the one that was meant; and those that stand for several."""
    meant_by: dict[str, set[str]] = {}
    for meant, came in match.pairs:
        if meant != GS:
            meant_by.setdefault(came, set()).add(meant)
    unclear = tuple(sorted(came for came, meant in meant_by.items() if len(meant) > 1))
    clear = {came: next(iter(meant)) for came, meant in meant_by.items() if len(meant) == 1}
    return {came: meant for came, meant in clear.items() if came != meant}, unclear


def _gs(match: _Match) -> str:
    return next((came for meant, came in match.pairs if meant == GS), GS if not _had_gs(match) else "")


def _had_gs(match: _Match) -> bool:
    """Whether the code that was scanned holds GS at all."""
    return len(match.pairs) > 2 * len(TEST_LINE)


def _lead(lead: str, letters: Mapping[str, str]) -> tuple[str, bool]:
    meant = "".join(letters.get(one, one) for one in lead)
    aim = _AIM.search(meant)
    return (lead[: aim.start()], True) if aim else (lead, False)


# --- what the doctor says


def _findings(profile: WedgeProfile, match: _Match, unclear: Sequence[str], middle: float) -> Iterator[Finding]:
    if not profile.end:
        yield Finding(
            "no_end",
            _(
                "The scanner sends no Enter after a code: scans end by a silence, which is slower. Turn on the "
                "suffix Enter (CR)."
            ),
        )
    if unclear:
        yield Finding(
            "unclear",
            _(
                "These characters cannot be told apart: {letters}. Set the country of the scanner's keyboard to "
                "the layout of this PC.",
                letters=" ".join(unclear),
            ),
        )
    elif profile.letters:
        yield Finding(
            "layout",
            _(
                "The scanner types for another keyboard layout than this PC has. {n} characters are put right "
                "from now on.",
                n=len(profile.letters),
            ),
            is_bad=False,
        )
    if match.rest.strip():
        yield Finding(
            "suffix",
            _("The scanner adds “{suffix}” after the code. Take this suffix off in the scanner.", suffix=match.rest),
        )
    yield from _separator_findings(profile, match)
    if profile.prefix:
        yield Finding(
            "prefix",
            _("The scanner puts “{prefix}” before each code; it is taken off.", prefix=profile.prefix),
            is_bad=False,
        )
    if middle > SLOW_MS:
        yield Finding(
            "slow",
            _(
                "The scanner types slowly: {ms} ms for a character. A shorter pause between characters makes long"
                " codes faster.",
                ms=f"{middle:.0f}",
            ),
            is_bad=False,
        )


def _separator_findings(profile: WedgeProfile, match: _Match) -> Iterator[Finding]:
    if not _had_gs(match):
        yield Finding(
            "line_code",
            _("Whether the separator GS arrives is not known: only the line code was scanned."),
            is_bad=False,
        )
    elif not match.has_gs:
        yield Finding(
            "gs_lost",
            _(
                "The separator GS does not arrive: lot and date of GS1 codes run together. Set the scanner to "
                "send FNC1 as GS (Ctrl+]) or as a character such as |."
            ),
        )
    elif profile.gs != GS and profile.gs in [meant for meant, _came in match.pairs]:
        yield Finding(
            "gs_replaced", _("The separator GS arrives as “{sign}”; it is put right.", sign=profile.gs), is_bad=False
        )
