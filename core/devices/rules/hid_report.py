"""Where the fields of a HID-POS scanner's report lie, read from the device's own description.

Source: USB HID 1.11, section 6.2.2 (report descriptor), and HID Point of Sale Usage Tables 1.02 (page 0x8C).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

SCANNER_PAGE = 0x8C
SCANNER = 0x02
BYTE_COUNT = (0x01, 0x3B)
AIM_1, AIM_2, AIM_3, DATA, MORE = ((SCANNER_PAGE, usage) for usage in (0xFB, 0xFC, 0xFD, 0xFE, 0xFF))
LONG_ITEM = 0xFE
MOST_FIELDS = 4096
_INPUT, _COLLECTION = 0x80, 0xA0
_USAGE_PAGE, _REPORT_SIZE, _REPORT_ID, _REPORT_COUNT, _PUSH, _POP = 0x04, 0x74, 0x84, 0x94, 0xA4, 0xB4
_USAGE, _USAGE_MINIMUM, _USAGE_MAXIMUM = 0x08, 0x18, 0x28


@dataclass(frozen=True, slots=True)
class Field:
    """Where one field lies in a report, in bits from its beginning (the report's id not counted)."""

    usage: tuple[int, int]
    bit: int
    size: int
    count: int

    @property
    def first_byte(self) -> int:
        """The byte it begins in."""
        return self.bit // 8


@dataclass(frozen=True, slots=True)
class ReportLayout:
    """Where AIM id, data, its length and the "more follows" bit lie in a scanner's report."""

    report_id: int
    data: Field
    aim: tuple[Field, ...] = ()
    length: Field | None = None
    more: Field | None = None
    size: int = 0


# What most makes send: id 2, length, three bytes of AIM id, 56 of data, two of the maker, "more follows".
USUAL_LAYOUT = ReportLayout(
    report_id=2,
    data=Field(DATA, 32, 8, 56),
    aim=tuple(Field(usage, 8 + 8 * place, 8, 1) for place, usage in enumerate((AIM_1, AIM_2, AIM_3))),
    length=Field(BYTE_COUNT, 0, 8, 1),
    more=Field(MORE, 8 * 62, 1, 1),
    size=63,
)


@dataclass(slots=True)
class _Globals:
    page: int = 0
    size: int = 0
    count: int = 0
    report_id: int = 0


@dataclass(slots=True)
class _Reading:
    """The state of a descriptor's walk: global items, usages since the last main item, bits used by each report."""

    now: _Globals = field(default_factory=_Globals)
    kept: list[_Globals] = field(default_factory=list)
    usages: list[tuple[int, int]] = field(default_factory=list)
    bits: dict[int, int] = field(default_factory=dict)
    fields: dict[int, list[Field]] = field(default_factory=dict)

    def input(self) -> None:
        report, bit = self.now.report_id, self.bits.get(self.now.report_id, 0)
        self.bits[report] = bit + self.now.size * self.now.count
        room = min(self.now.count, MOST_FIELDS)
        kept = self.fields.setdefault(report, [])
        for place, usage in enumerate(self.usages[:room]):
            is_last = place == len(self.usages) - 1
            count = room - place if is_last else 1
            kept.append(Field(usage, bit + place * self.now.size, self.now.size, count))

    def main(self, tag: int) -> None:
        if tag == _INPUT:
            self.input()
        self.usages.clear()

    def change(self, tag: int, value: int) -> None:
        if tag == _USAGE_PAGE:
            self.now.page = value
        elif tag == _REPORT_SIZE:
            self.now.size = value
        elif tag == _REPORT_COUNT:
            self.now.count = value
        elif tag == _REPORT_ID:
            self.now.report_id = value
        elif tag == _PUSH:
            self.kept.append(_Globals(self.now.page, self.now.size, self.now.count, self.now.report_id))
        elif tag == _POP and self.kept:
            self.now = self.kept.pop()

    def say(self, tag: int, value: int, length: int) -> None:
        if tag in (_USAGE, _USAGE_MINIMUM):
            self.usages.append((value >> 16, value & 0xFFFF) if length == 4 else (self.now.page, value))
        elif tag == _USAGE_MAXIMUM and self.usages:
            page, first = self.usages[-1]
            last = min(value & 0xFFFF, first + MOST_FIELDS)
            self.usages += [(page, usage) for usage in range(first + 1, last + 1)]


def _items(descriptor: bytes) -> Iterator[tuple[int, int, int]]:
    """Tag with type, value and length of each item; a cut one ends the walk."""
    at = 0
    while at < len(descriptor):
        head = descriptor[at]
        if head == LONG_ITEM:
            at += 3 + (descriptor[at + 1] if at + 1 < len(descriptor) else 0)
            continue
        length = (0, 1, 2, 4)[head & 3]
        data = descriptor[at + 1 : at + 1 + length]
        if len(data) < length:
            return
        yield head & 0xFC, int.from_bytes(data, "little"), length
        at += 1 + length


def input_fields(descriptor: bytes) -> dict[int, tuple[list[Field], int]]:
    """The input fields of every report by its id, and the report's size in bytes. Never raises."""
    walk = _Reading()
    for tag, value, length in _items(descriptor):
        kind = tag & 0x0C
        if kind == 0x00:
            walk.main(tag)
        elif kind == 0x04:
            walk.change(tag, value)
        elif kind == 0x08:
            walk.say(tag, value, length)
    return {report: (fields, -(-walk.bits[report] // 8)) for report, fields in walk.fields.items()}


def scanner_layout(descriptor: bytes) -> ReportLayout | None:
    """The layout of a scanner's data report; None when the description has none that makes sense."""
    for report, (fields, size) in input_fields(descriptor).items():
        by_usage: dict[tuple[int, int], Field] = {}
        for one in fields:
            by_usage.setdefault(one.usage, one)
        data = by_usage.get(DATA)
        if data is None or data.size != 8 or data.bit % 8 or not data.count:
            continue
        aim = tuple(by_usage[usage] for usage in (AIM_1, AIM_2, AIM_3) if usage in by_usage)
        return ReportLayout(
            report, data, aim if len(aim) == 3 else (), by_usage.get(BYTE_COUNT), by_usage.get(MORE), size
        )
    return None
