"""A small reckoner of spreadsheet formulas: enough to reckon our workbooks anew, and nothing is taken from the program."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>\"[^\"]*\")|(?P<name>[A-Z]+(?=\())"
    r"|(?P<ref>(?:'(?:[^']|'')+'!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)|(?P<sign>[-+*/(),=]))"
)


class Book:
    """A workbook as written: `cell` reckons a formula by the cells it names."""

    def __init__(self, content: bytes) -> None:
        self._formulas = load_workbook(io.BytesIO(content))
        self._stored = load_workbook(io.BytesIO(content), data_only=True)
        self._known: dict[tuple[str, str], Any] = {}

    @property
    def sheets(self) -> list[str]:
        return list(self._formulas.sheetnames)

    def formulas(self) -> list[tuple[str, str]]:
        """Sheet and cell of every formula."""
        return [
            (sheet.title, cell.coordinate)
            for sheet in self._formulas.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.data_type == "f"
        ]

    def stored(self, sheet: str, cell: str) -> Any:
        """What the file says the cell comes to."""
        return self._stored[sheet][cell].value

    def rows(self, sheet: str) -> list[tuple[Any, ...]]:
        """All rows with the values stored."""
        return list(self._stored[sheet].iter_rows(values_only=True))

    def cell(self, sheet: str, cell: str) -> Any:
        """A cell reckoned: figures as decimals, words as they are, empty ones None."""
        key = (sheet, cell)
        if key not in self._known:
            found = self._formulas[sheet][cell]
            if found.data_type == "f":
                self._known[key] = _Reckoner(self, sheet, found.value[1:]).result()
            else:
                value = found.value
                self._known[key] = Decimal(str(value)) if isinstance(value, int | float) else value
        return self._known[key]

    def area(self, sheet: str, first: str, last: str) -> list[Any]:
        """All cells of a range, row by row."""
        cells = self._formulas[sheet][f"{first}:{last}"]
        return [self.cell(sheet, cell.coordinate) for row in cells for cell in row]


class _Reckoner:
    def __init__(self, book: Book, sheet: str, text: str) -> None:
        self._book, self._sheet = book, sheet
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            assert found and found.lastgroup, f"not understood: {text[at:]} in {text}"
            self._tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()

    def result(self) -> Any:
        value = self._sum()
        assert not self._tokens, self._tokens
        return value

    def _next(self) -> str:
        return self._tokens[0][1] if self._tokens else ""

    def _take(self, wanted: str = "") -> tuple[str, str]:
        token = self._tokens.pop(0)
        assert not wanted or token[1] == wanted, (token, wanted)
        return token

    def _sum(self) -> Any:
        value = self._product()
        while self._next() in ("+", "-"):
            sign = self._take()[1]
            other = _number(self._product())
            value = _number(value) + other if sign == "+" else _number(value) - other
        return value

    def _product(self) -> Any:
        value = self._one()
        while self._next() in ("*", "/"):
            sign = self._take()[1]
            other = _number(self._one())
            value = _number(value) * other if sign == "*" else _number(value) / other
        return value

    def _one(self) -> Any:
        kind, text = self._take()
        if kind == "number":
            return Decimal(text)
        if kind == "text":
            return text[1:-1]
        if text == "(":
            value = self._sum()
            self._take(")")
            return value
        if text == "-":
            return -_number(self._one())
        if kind == "name":
            return self._call(text)
        assert kind == "ref", text
        found = self._range(text)
        return found[0] if ":" not in text else found

    def _range(self, text: str) -> list[Any]:
        sheet, _mark, cells = text.rpartition("!")
        name = sheet[1:-1].replace("''", "'") if sheet else self._sheet
        first, _colon, last = cells.replace("$", "").partition(":")
        assert column_index_from_string(re.sub(r"\d", "", first)) > 0
        return self._book.area(name, first, last or first)

    def _call(self, name: str) -> Any:
        self._take("(")
        if name == "IF":
            return self._if()
        arguments = [self._sum()]
        while self._next() == ",":
            self._take()
            arguments.append(self._sum())
        self._take(")")
        if name == "SUM":
            return sum((_number(one) for one in arguments[0]), Decimal(0))
        if name == "SUMIF":
            pairs = zip(arguments[0], arguments[2], strict=True)
            return sum((_number(value) for key, value in pairs if key == arguments[1]), Decimal(0))
        assert name == "ABS", name
        return abs(_number(arguments[0]))

    def _if(self) -> Any:
        left = self._sum()
        self._take("=")
        is_so = _number(left) == _number(self._sum())
        self._take(",")
        depth, parts = 0, [list[tuple[str, str]](), list[tuple[str, str]]()]
        place = 0
        while depth or self._next() != ")":
            token = self._take()
            depth += {"(": 1, ")": -1}.get(token[1], 0)
            if not depth and token[1] == ",":
                place += 1
            else:
                parts[place].append(token)
        self._take(")")
        rest, self._tokens = self._tokens, parts[0] if is_so else parts[1]
        value = self._sum()
        self._tokens = rest
        return value


def _number(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
