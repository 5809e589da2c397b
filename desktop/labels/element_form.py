"""What can be set of an element: one form for each kind, read back into the element."""

from __future__ import annotations

import base64
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import Text, _, verbatim
from core.labels import (
    SYMBOLOGIES,
    BarcodeElement,
    BoxElement,
    Element,
    LineElement,
    PictureElement,
    TextElement,
    fields_for,
)
from desktop.widgets import Button, CheckEdit, Choice, Editor, Form, Label, NoteEdit, QtyEdit, TextEdit, ui_text

MOST_PICTURE = 700_000
NAMES: dict[type, Text] = {
    TextElement: _("Words"), BarcodeElement: _("Barcode"), PictureElement: _("Picture"), LineElement: _("Line"),
    BoxElement: _("Box"),
}  # fmt: skip
ALIGNS = (("left", _("left")), ("centre", _("in the middle")), ("right", _("right")))
VALIGNS = (("top", _("top")), ("middle", _("in the middle")), ("bottom", _("bottom")))
TURNS = ((0, verbatim("0°")), (90, verbatim("90°")), (180, verbatim("180°")), (270, verbatim("270°")))
CODES: tuple[tuple[str, Text], ...] = (
    ("auto", _("Fitting the content")), ("matrix", _("Matrix, fitting the content")),
    *((key, verbatim(one.name)) for key, one in SYMBOLOGIES.items()),
)  # fmt: skip
TITLES: dict[str, Text] = {
    "text": _("Words and {braces}", braces=verbatim("{fields}")), "text_en": _("The same in English"),
    "content": _("Content"), "symbology": _("Kind of code"), "dots": _("Dots of the narrowest bar"),
    "words": _("Digits under the code"), "source": _("Picture of the thing"), "size": _("Height of type"),
    "least": _("Least height"), "lines": _("Lines at most"), "bold": _("Bold"), "inverse": _("White on black"),
    "align": _("Across"), "valign": _("Upright"), "emphasise": _("Print these words bold"), "x": _("From the left"),
    "y": _("From the top"), "x2": _("To, from the left"), "y2": _("To, from the top"), "width": _("Width"),
    "height": _("Height"), "weight": _("Thickness"), "filled": _("Filled"), "turn": _("Turned by"),
    "module": _("Narrowest bar"),
}  # fmt: skip
MILLIMETRES = frozenset({"x", "y", "x2", "y2", "width", "height", "size", "least", "weight", "module"})
WHOLE = frozenset({"lines", "dots"})
CHOICES: dict[str, tuple[tuple[Any, Text], ...]] = {
    "align": ALIGNS,
    "valign": VALIGNS,
    "turn": TURNS,
    "symbology": CODES,
}
BRACED = ("text", "content")


class ElementForm(QWidget):
    """`changed(element)` whenever something that can be read was entered."""

    changed = Signal(object)

    def __init__(self, element: Element, subject: str) -> None:
        super().__init__()
        self.element = element
        self._is_filling = False
        self._names = [one.name for one in fields(element) if one.name != "data"]
        self.form = Form()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(NAMES[type(element)], "heading"))
        if isinstance(element, TextElement | BarcodeElement):
            self._insert = Choice(
                options=[(one.name, one.words) for one in fields_for(subject)], empty=_("Insert a field…"), search=True
            )
            self._insert.changed.connect(self._insert_field)
            column.addWidget(self._insert)
        if isinstance(element, PictureElement):
            column.addWidget(Button(_("Choose a picture"), self._choose_picture, icon_name="photo"))
        column.addWidget(self.form)
        for name in sorted(self._names, key=_rank):
            self.form.add(name, TITLES[name], self._editor(name, subject))
        self.show_element(element)
        self.form.changed.connect(self._on_changed)

    def show_element(self, element: Element) -> None:
        """Fill in an element of the same kind; a field one types in stays as it is typed."""
        self.element = element
        self._is_filling = True
        for name in self._names:
            editor = self.form.editor(name)
            if not editor.field().hasFocus():
                value = getattr(element, name)
                is_number = name in MILLIMETRES | WHOLE
                editor.set_value(Decimal(str(round(value, 2))) if is_number else value)
        self._is_filling = False

    def _editor(self, name: str, subject: str) -> Editor:
        if name in CHOICES:
            return Choice(options=CHOICES[name], search=False)
        if name in MILLIMETRES:
            return QtyEdit(unit="mm")
        if name in WHOLE:
            return QtyEdit()
        if isinstance(getattr(self.element, name), bool):
            return CheckEdit(TITLES[name])
        if name == "emphasise":
            return Choice(
                options=[("", _("none")), *((one.name, one.words) for one in fields_for(subject))], search=False
            )
        return NoteEdit() if name in ("text", "text_en") else TextEdit(most=500)

    def _on_changed(self) -> None:
        """What cannot be read (a number half typed) waits; what can is drawn at once."""
        if self._is_filling:
            return
        values: dict[str, Any] = {}
        for name in self._names:
            try:
                value = self.form.editor(name).value()
            except CoreError:
                return
            before = getattr(self.element, name)
            values[name] = _as_kept(value, before)
        try:
            fresh = replace(self.element, **values)
        except (TypeError, ValueError):
            return
        if fresh != self.element and _is_sound(fresh):
            self.element = fresh
            self.changed.emit(fresh)

    def _insert_field(self) -> None:
        name = self._insert.value()
        self._insert.set_value(None)
        target = next((one for one in BRACED if one in self._names), None)
        if name is None or target is None:
            return
        editor = self.form.editor(target)
        before = editor.value() or ""
        editor.set_value(f"{before}{{{name}}}")
        self._on_changed()

    def _choose_picture(self) -> None:
        asked = QFileDialog(self, ui_text(_("Choose a picture")), "", "PNG (*.png)")
        asked.setFileMode(QFileDialog.FileMode.ExistingFile)
        asked.fileSelected.connect(self.take_picture)
        asked.open()

    def take_picture(self, file: str) -> None:
        """Take a PNG into the element."""
        data = Path(file).read_bytes()[: MOST_PICTURE + 1]
        if isinstance(self.element, PictureElement) and len(data) <= MOST_PICTURE:
            self.element = replace(self.element, data=base64.b64encode(data).decode("ascii"), source="")
            self.changed.emit(self.element)


def _rank(name: str) -> tuple[int, str]:
    order = list(TITLES)
    return (order.index(name), name)


def _as_kept(value: Any, before: Any) -> Any:
    if isinstance(before, bool):
        return bool(value)
    if isinstance(before, int):
        return int(value or 0)
    if isinstance(before, float):
        return before if value is not None and float(value) == round(before, 2) else float(value or 0)
    return value if value is not None else ""


def _is_sound(element: Element) -> bool:
    """Whether the core would read it back: frames larger than nothing, lines level or upright, at least one line."""
    if isinstance(element, LineElement):
        return element.x == element.x2 or element.y == element.y2
    if element.width <= 0 or element.height <= 0:
        return False
    return not isinstance(element, TextElement) or (element.size > 0 and 1 <= element.lines <= 20)
