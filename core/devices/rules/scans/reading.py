"""A scan, from what the scanner sent to what it means: which reading is tried first, and what becomes of it."""

from __future__ import annotations

import re
from typing import Any

from core.devices.rules.scans.cleaning import (
    EOT,
    GS,
    LONGEST,
    RS,
    has_controls,
    has_wrong_script,
    split_symbology,
    unframed,
    with_envelope,
    with_separators,
)
from core.devices.rules.scans.collected import Collected
from core.devices.rules.scans.elements import (
    is_bracketed,
    is_message,
    read_bracketed,
    read_message,
    read_spaced,
    with_stand_in,
)
from core.devices.rules.scans.facts import codes_of, facts_of
from core.devices.rules.scans.links import is_glued_url, is_url, read_url
from core.devices.rules.scans.numbers import plain_gtin, read_european, read_gtin, read_number
from core.devices.rules.scans.own import own_facts, read_own
from core.devices.rules.scans.payments import is_payment
from core.devices.rules.scans.structured import read_json
from core.devices.rules.scans.supplier import envelope, is_envelope, read_braces, read_identifiers
from core.devices.types.scans import Scan, ScanKind, ScanProfile, ScanWord
from core.gs1 import CSET_82
from core.gtin import GTIN_LENGTHS, bare_digits, has_right_check, is_gtin

Facts = dict[str, Any]
LONGEST_CODE = 80
# AIM ids under which data are a GS1 message (GS1 General Specifications, 5.1.2).
_GS1 = ("]C1", "]d2", "]d5", "]Q3", "]Q4", "]J1", "]z1", "]e0", "]e1", "]e2", "]e3")
_SECOND = re.compile(r"\](?:[CEIJQd]\d|e\d)(?=\d{6}|[\x1d(\[])", flags=re.ASCII)
_NUMBER_AND_ADDRESS = re.compile(r"(\d{8}|\d{12,14})https?://", flags=re.ASCII | re.IGNORECASE)
_ADD_ON_ALONE = ("]E1", "]E2")


def read_scan(raw: str, profile: ScanProfile, this_year: int) -> Scan:
    """What a scan means. `this_year` tells the century of dates. Never raises."""
    found = Collected()
    if len(raw) > LONGEST:
        found.blame(ScanWord.TOO_LONG)
        return Scan(raw[:LONGEST], troubles=tuple(found.troubles))
    symbology, text = split_symbology(unframed(raw, profile), profile)
    text = _without_stars(text)
    if text:
        facts = _Reader(symbology, profile, this_year, found).read(text)
    else:
        found.blame(ScanWord.EMPTY)
        facts = {}
    _drop_unprintable(facts, found)
    if text and not found.troubles and not set(facts) - {"kind", "codes"}:
        facts["text"] = "".join(f"({name}){value}" for name, value in found.fields) or text
    facts["codes"] = codes_of(facts, _last_resort(facts, found, text))
    if facts.get("price") is not None and not facts.get("currency"):
        facts["currency"] = profile.currency
    return Scan(raw=raw, symbology=symbology, fields=tuple(found.fields), troubles=tuple(found.troubles), **facts)


def _drop_unprintable(facts: Facts, found: Collected) -> None:
    """No field leaves with control characters or halves of characters in it."""
    for name in ("batch", "serial", "item_code", "text", "url"):
        if has_controls(facts.get(name, "")):
            found.blame(ScanWord.BAD_CHAR, facts.pop(name), name)
    if "codes" in facts:
        facts["codes"] = tuple(code for code in facts["codes"] if not has_controls(code))


def _without_stars(text: str) -> str:
    """Code 39 without the stars that begin and end it, which some scanners send."""
    is_starred = len(text) > 2 and text[0] == text[-1] == "*" and "*" not in text[1:-1]
    return text[1:-1] if is_starred else text


def _last_resort(facts: Facts, found: Collected, text: str) -> tuple[str, ...]:
    """A number whose check digit is wrong may still be somebody's own number of an item."""
    words = {one.word for one in found.troubles}
    is_lost = not facts and words <= {ScanWord.CHECK_DIGIT, ScanWord.BAD_LENGTH}
    return (text,) if text and is_lost and len(text) <= LONGEST_CODE else ()


class _Reader:
    """One scan that is being read."""

    def __init__(self, symbology: str, profile: ScanProfile, this_year: int, found: Collected) -> None:
        self.symbology, self.profile, self.this_year, self.found = symbology, profile, this_year, found

    def read(self, text: str) -> Facts:
        """What it means, in the order of certainty."""
        second = _SECOND.search(text, 1)
        if second is not None and (self.symbology or second.end() < len(text)):
            return self._composite(text[: second.start()], second[0], text[second.end() :])
        if self.symbology in _GS1 and not is_envelope(text) and not is_url(text):
            return self._message(text)
        if self.symbology[:2] not in ("]E", "]I") and is_payment(text, self.profile):
            return self._fail(ScanWord.PAYMENT_CODE, "")
        if self._is_glued(text):
            return self._fail(ScanWord.GLUED, text)
        for attempt in (self._structured, self._by_symbology, self._gs1, self._number):
            facts = attempt(text)
            if facts is not None:
                return facts
        return self._text(text)

    def _fail(self, word: ScanWord, value: str, kind: ScanKind = ScanKind.UNKNOWN) -> Facts:
        self.found.blame(word, value)
        return {"kind": ScanKind.PAYMENT} if word is ScanWord.PAYMENT_CODE else {"kind": kind}

    def _composite(self, head: str, second: str, tail: str) -> Facts:
        """A linear symbol with its 2D part is one code; anything else with two ids is two scans."""
        if not (second.startswith("]e") and self.symbology[:2] in ("]E", "]e", "")):
            return self._fail(ScanWord.GLUED, head)
        facts = self._by_symbology(head) if self.symbology[:2] == "]E" else self._number(head)
        if facts is None:
            return self._message(head + GS + tail)
        gtin = facts.get("gtin")
        if gtin:
            self.found.take("01", gtin)
        for field in (inner := read_message(with_separators(tail))).fields:
            self.found.take(*field)
        self.found.troubles += inner.troubles
        return facts | {**facts_of(self.found, self.this_year), "kind": ScanKind.GS1}

    def _message(self, text: str) -> Facts:
        plain_number = text.strip(GS)
        if self.symbology[:2] == "]e" and len(plain_number) in GTIN_LENGTHS and is_gtin(plain_number):
            return plain_gtin(plain_number, self.found)
        return self._elements(read_bracketed(text) if is_bracketed(text) else self._scanned(text))

    def _scanned(self, text: str) -> Collected:
        spaced = read_spaced(text) if " " in text else None
        return spaced or read_message(with_stand_in(with_separators(text)))

    def _elements(self, read: Collected) -> Facts:
        self.found.fields += read.fields
        self.found.troubles += read.troubles
        if not self.found.fields and not self.found.troubles:
            self.found.blame(ScanWord.EMPTY)
        return facts_of(self.found, self.this_year)

    def _is_glued(self, text: str) -> bool:
        """Several lines or columns of which each is a code by itself, or a number and an address."""
        head = _NUMBER_AND_ADDRESS.match(text)
        if head is not None and is_gtin(head[1]):
            return True
        parts = [part for part in re.split(r"[\r\n\t]+", text) if part]
        return len(parts) > 1 and all(_is_code(part) for part in parts)

    def _structured(self, text: str) -> Facts | None:
        """Forms that tell themselves: an envelope, our own code, braces, an address."""
        if is_envelope(text):
            return self._envelope(with_envelope(text))
        own = read_own(text)
        if own is not None:
            return dict(own_facts(own))
        if text[0] in "{[":
            return self._braces(text)
        return self._url(text) if is_url(text) else None

    def _envelope(self, text: str) -> Facts:
        content = envelope(text, self.found)
        if content is None:
            return {} if self.found.troubles else self._fail(ScanWord.MALFORMED, text)
        form, body = content
        if form == "06":
            return read_identifiers(body, self.this_year, self.found)
        return self._elements(read_message(body))

    def _braces(self, text: str) -> Facts | None:
        facts = read_json(text, self.profile, self.this_year, self.found)
        if facts is not None:
            return facts
        facts = read_braces(text, self.this_year, self.found)
        if facts is not None:
            return facts
        is_meant = text[0] == "{" and ":" in text and not with_separators(text).startswith(GS)
        return self._fail(ScanWord.MALFORMED, text) if is_meant else None

    def _url(self, text: str) -> Facts:
        if is_glued_url(text):
            return self._fail(ScanWord.GLUED, text)
        is_link = read_url(text, self.found)
        if is_link is None:
            return self._fail(ScanWord.MALFORMED, text)
        if not is_link:
            return {"kind": ScanKind.URL, "url": text}
        return {**facts_of(self.found, self.this_year), "kind": ScanKind.DIGITAL_LINK, "url": text}

    def _by_symbology(self, text: str) -> Facts | None:
        """EAN, UPC and ITF hold digits and nothing else."""
        if self.symbology in _ADD_ON_ALONE:
            return {"kind": ScanKind.TEXT, "text": text}
        if self.symbology[:2] not in ("]E", "]I"):
            return None
        digits = bare_digits(text)
        if not digits:
            return self._fail(ScanWord.BAD_CHAR, text)
        if self.symbology[:2] == "]I":
            return plain_gtin(digits, self.found) if len(digits) == 14 else None
        if self.symbology == "]E4":
            return plain_gtin(digits, self.found) if len(digits) == 8 else self._fail(ScanWord.BAD_LENGTH, digits)
        return read_european(digits, self.profile, self.found)

    def _gs1(self, text: str) -> Facts | None:
        if is_bracketed(text):
            return self._message(text)
        message = with_separators(text)
        if CSET_82.match(message) is None and is_message(message[1:]):
            message = message[1:]
        is_free = not self.symbology or GS in text
        is_spaced = " " in text and not self.symbology and read_spaced(text) is not None
        if is_spaced or (is_free and len(text) not in GTIN_LENGTHS and self._is_gs1(message)):
            return self._message(message)
        return None

    def _is_gs1(self, message: str) -> bool:
        if message.isdigit() and len(message) == 18 and has_right_check(message):
            return False
        return is_message(message)

    def _number(self, text: str) -> Facts | None:
        digits = bare_digits(text)
        if not digits or not self.symbology:
            return read_number(digits, self.profile, self.found) if digits else None
        if len(digits) in (12, 13, 14) and is_gtin(digits):
            return {**read_gtin(digits, self.profile, self.found), "text": text}
        return None

    def _text(self, text: str) -> Facts:
        if has_controls(text) or any(sign in text for sign in (GS, RS, EOT, "\x1c", "\x1f")) or has_wrong_script(text):
            return self._fail(ScanWord.BAD_CHAR, text)
        return {"kind": ScanKind.TEXT, "text": text, "codes": (text,)}


def _is_code(text: str) -> bool:
    """Whether it would be a code by itself, not a line of a longer text."""
    digits = bare_digits(text)
    if digits:
        return len(digits) in (*GTIN_LENGTHS, 18, 20) or len(digits) > 3
    starts = text.startswith(("]", "[)>", GS)) or is_message(text) or is_bracketed(text) or is_url(text)
    return starts or read_own(text) is not None or _is_word(text)


def _is_word(text: str) -> bool:
    """Letters with digits and no blanks: a number of an item rather than a line of an address."""
    return text.isascii() and " " not in text and ":" not in text and any(letter.isdigit() for letter in text)
