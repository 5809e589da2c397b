"""Text files as tables: the encoding told apart, the delimiter found, quotes obeyed."""

from __future__ import annotations

import codecs
import csv
import io
from itertools import islice

from core.errors import InvalidInput
from core.i18n import _

DELIMITERS = (",", ";", "\t", "|")
JUDGED = 200_000
LEAST_SHARE = 0.8
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 and UTF-16 with or without their mark, GB18030, else Windows' western letters.

    Anything that is not strict UTF-8 is GB18030 when most of its letters are everyday Chinese (GB 2312): western
    letters read that way become rare signs. Raises InvalidInput for a file that is no text.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strict(content, name)
    if b"\0" in content:
        return _strict(content, _wide_encoding(content))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return _strict(content, "cp1252")
    return text if _is_everyday_chinese(text) else _strict(content, "cp1252")


def read_delimited(text: str) -> list[list[str]]:
    """The records of a delimited text; empty ones stay so that rows can be counted. Raises InvalidInput for quotes that
    do not close."""
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as fault:
        raise InvalidInput(
            _(
                "A quotation mark is not closed, or stands inside a text, in the record at line {line}.",
                line=_record_line(rows),
            )
        ) from fault
    return rows


def delimiter_of(text: str) -> str:
    """The delimiter that gives the first lines most columns; a comma in doubt."""
    head = text[:20_000]

    def columns(delimiter: str) -> int:
        try:
            return max(
                (len(record) for record in islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), 5)),
                default=0,
            )
        except csv.Error:
            return 0

    return max(DELIMITERS, key=columns)


def _record_line(rows: list[list[str]]) -> int:
    """The line on which the record after these begins: one each, and those inside quotes."""
    return 1 + sum(1 + sum(cell.count("\n") for cell in row) for row in rows)


def _strict(content: bytes, name: str) -> str:
    if name:
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            pass
    raise InvalidInput(_("This file is no table of text. Save it as XLSX, or as CSV in UTF-8."))


def _wide_encoding(content: bytes) -> str:
    """UTF-16 without its mark has a zero in every other byte of western text; anything else with zeros is no text."""
    sample = content[:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    least = len(sample) // 8
    if odd > least and not even:
        return "utf-16-le"
    return "utf-16-be" if even > least and not odd else ""


def _is_everyday_chinese(text: str) -> bool:
    letters = [letter for letter in text[:JUDGED] if not letter.isascii()]
    everyday = sum(1 for letter in letters if _in_gb2312(letter))
    return everyday >= LEAST_SHARE * len(letters)


def _in_gb2312(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
