"""Fields for one value each. All have `value()`, `set_value()`, `set_error()`, `check()`, `changed` and `committed`.

| editor | value |
| --- | --- |
| `QtyEdit` | Decimal; unit in grey, chosen, or typed behind the number |
| `MoneyEdit` | Decimal with the currency's decimals (`decimals=6` for unit prices) |
| `DateEdit` | date; shorthand of `core.dates` |
| `TextEdit` `NoteEdit` `CodeEdit` | str or None: a line, several lines, a code without input method |
| `Choice` `CheckEdit` | one of given values; bool |
| `RecordPicker` | id of a `Found` record, searched by a callback |
| `UnitPicker` | the bare box of units, for own layouts |
"""

from desktop.widgets.editors.base import Editor, LineEditor
from desktop.widgets.editors.choice import CheckEdit, Choice
from desktop.widgets.editors.dates import DateEdit
from desktop.widgets.editors.numbers import MoneyEdit, QtyEdit, UnitPicker
from desktop.widgets.editors.picker import Complete, Found, RecordPicker
from desktop.widgets.editors.text import CodeEdit, NoteEdit, TextEdit

__all__ = [
    "CheckEdit",
    "Choice",
    "CodeEdit",
    "Complete",
    "DateEdit",
    "Editor",
    "Found",
    "LineEditor",
    "MoneyEdit",
    "NoteEdit",
    "QtyEdit",
    "RecordPicker",
    "TextEdit",
    "UnitPicker",
]
