"""GS1 messages into their fields: as scanned, with FNC1 as GS, and as printed for people, with brackets.

Source: GS1 General Specifications, section 7.8 (processing of data). Each field stands for itself: a bad one is told and
the reading goes on behind it, as far as it is certain where that is.
"""

from __future__ import annotations

import re

from core.devices.rules.scans.collected import Collected
from core.devices.rules.scans.swallowed import ends_in_a_field, hides_a_gtin, hides_a_serial, is_several_fields
from core.devices.types.scans import ScanWord
from core.gs1 import CSET_82, Identifier, begins_identifier, identifier, identifier_at
from core.gtin import has_right_check

GS = "\x1d"
MOST_FIELDS = 40
_BRACKETS = re.compile(r"\((\d{2,4})\)", flags=re.ASCII)
_LEAST_KEYED = re.compile(r"00\d{14}|0[12]\d{13}", flags=re.ASCII)
_DATES_FIRST = re.compile(r"(?:1[1-3567]\d{6})+01(\d{14})", flags=re.ASCII)


def is_message(text: str) -> bool:
    """Whether a text without an AIM id is a GS1 message: it begins with a separator or with the number of a parcel or of
    goods, or has one behind dates or behind a batch, or a separator behind a field."""
    if text.startswith(GS) or _LEAST_KEYED.match(text):
        return True
    dated = _DATES_FIRST.match(text)
    if dated is not None and has_right_check(dated[1]):
        return True
    known = identifier_at(text)
    return known is not None and (GS in text or (known.ai in ("10", "21") and hides_a_gtin(text[2:])))


def with_stand_in(message: str) -> str:
    """The message with GS where a scanner sends another sign for it: one that no field may hold, always before a field."""
    foreign = set(CSET_82.sub("", message).replace(GS, ""))
    if len(foreign) != 1:
        return message
    sign = foreign.pop()
    parts = message.strip(sign).split(sign)
    return GS.join(parts) if all(map(_begins_with_a_field, parts[1:])) else message


def _begins_with_a_field(part: str) -> bool:
    known = identifier_at(part)
    if known is None:
        return False
    value = part[len(known.ai) :]
    value = value[: known.most] if known.is_fixed else value.split(GS)[0]
    return known.least <= len(value) <= known.most and known.has_right_characters(value)


def read_spaced(text: str) -> Collected | None:
    """A code typed with blanks between fields and numbers: 01 04006381333931 17 261231; None for anything else."""
    words = text.split()
    known = [identifier(word) for word in words[::2]]
    if len(words) < 2 or len(words) % 2 or words[0] not in ("00", "01", "02") or None in known:
        return None
    found = Collected()
    for field, value in zip(known, words[1::2], strict=True):
        if field is not None:
            take_field(found, field, value)
    return found


def read_message(message: str) -> Collected:
    """The fields of a message as a scanner sends it."""
    found = Collected()
    whole = len(message)
    is_separated = GS in message.strip(GS)
    place = 0
    while place < whole:
        if message[place] == GS:
            place += 1
            continue
        if len(found.fields) + len(found.troubles) >= MOST_FIELDS:
            found.blame(ScanWord.TOO_LONG)
            break
        end = message.find(GS, place)
        end = whole if end < 0 else end
        known = identifier_at(message[:end], place)
        if known is None:
            _blame_unknown(found, message[place:end], end == whole)
            place = end
            continue
        start = place + len(known.ai)
        place = min(start + known.most, end) if known.is_fixed else end
        _take(found, known, message[start:place], is_last=place == whole, is_separated=is_separated)
    return found


def _blame_unknown(found: Collected, rest: str, is_last: bool) -> None:
    if not rest.isascii():
        found.blame(ScanWord.BAD_CHAR, rest, rest[:4])
        return
    is_cut = is_last and len(rest) < 4 and begins_identifier(rest)
    found.blame(ScanWord.TRUNCATED if is_cut else ScanWord.UNKNOWN_AI, rest, rest[:4])


def _take(found: Collected, known: Identifier, value: str, *, is_last: bool, is_separated: bool) -> None:
    if is_last and not is_separated and not known.is_fixed:
        word = _word_of_swallowed(found, known, value)
        if word is not None:
            found.blame(word, value, known.ai)
            return
    if is_last and len(value) < known.least:
        found.blame(ScanWord.TRUNCATED, known.ai + value, known.ai)
        return
    take_field(found, known, value)


def _word_of_swallowed(found: Collected, known: Identifier, value: str) -> ScanWord | None:
    """Whether a field of open length at the end, without any separator in the message, holds fields behind it."""
    is_too_much = len(value) > known.most or not known.has_right_characters(value)
    has_gtin = any(name in ("01", "02") for name, _value in found.fields)
    is_swallowed = ends_in_a_field(value) or (is_too_much and is_several_fields(value, known))
    if is_swallowed or hides_a_gtin(value):
        return ScanWord.GLUED if has_gtin and hides_a_gtin(value) else ScanWord.MISSING_SEPARATOR
    if known.ai == "10" and has_gtin and hides_a_serial(value):
        return ScanWord.MISSING_SEPARATOR
    return None


def take_field(found: Collected, known: Identifier, value: str) -> None:
    """One field whose limits are certain: its length, its characters and its check digit."""
    start, end = known.checked
    if not known.least <= len(value) <= known.most:
        found.blame(ScanWord.BAD_LENGTH, known.ai + value, known.ai)
    elif not known.has_right_characters(value):
        found.blame(ScanWord.BAD_CHAR, value, known.ai)
    elif end and not has_right_check(value[start:end]):
        found.blame(ScanWord.CHECK_DIGIT, value, known.ai)
    else:
        found.take(known.ai, value)


def is_bracketed(text: str) -> bool:
    """Whether a text begins as GS1 codes are printed for people: (01)..."""
    return text.startswith("(") and _BRACKETS.match(text) is not None


def read_bracketed(text: str) -> Collected:
    """The fields of a code written with brackets. A bracket inside a value is part of it unless it names a field."""
    found = Collected()
    marks = _marks(text)
    for number, mark in enumerate(marks):
        is_last = number + 1 == len(marks)
        value = text[mark.end() : len(text) if is_last else marks[number + 1].start()].strip(" " + GS)
        known = identifier(mark[1])
        if known is None:
            found.blame(ScanWord.UNKNOWN_AI, mark[1], mark[1])
        elif not value and is_last:
            found.blame(ScanWord.TRUNCATED, mark[0], known.ai)
        else:
            take_field(found, known, value.replace(" ", "") if known.charset == "n" else value)
    return found


def _marks(text: str) -> list[re.Match[str]]:
    marks: list[re.Match[str]] = []
    for mark in _BRACKETS.finditer(text):
        known = identifier(mark[1])
        before = identifier(marks[-1][1]) if marks else None
        is_open = before is not None and before.charset == "x"
        follows = text[mark.end() :].lstrip()[:1]
        can_begin = known is not None and (known.charset != "n" or follows.isdigit())
        if can_begin or not is_open:
            marks.append(mark)
        if len(marks) > MOST_FIELDS:
            break
    return marks
