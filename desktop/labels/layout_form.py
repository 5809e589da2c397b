"""What can be set of a layout as a whole: code, names, what it is for, its size, the fields it must carry."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import _
from core.labels import SUBJECTS, Layout
from desktop.labels.looks import SUBJECT_WORDS
from desktop.widgets import Choice, CodeEdit, Form, Label, QtyEdit, TextEdit

LEAST, MOST = 8, 300


class LayoutForm(QWidget):
    """`changed(layout)` whenever something that can be read was entered."""

    changed = Signal(object)

    def __init__(self, layout: Layout, *, is_new: bool) -> None:
        super().__init__()
        self.layout_now = layout
        self._is_filling = False
        self.form = Form()
        subjects = [(one, SUBJECT_WORDS[one]) for one in SUBJECTS]
        self._code = CodeEdit(most=40)
        self._code.set_read_only(not is_new)
        add = self.form.add
        add("code", _("Code"), self._code, required=True)
        add("name", _("Chinese name"), TextEdit(most=120), required=True)
        add("name_en", _("English name"), TextEdit(most=120))
        add("subject", _("Label for"), Choice(options=subjects, search=False), required=True)
        add("width", _("Width"), QtyEdit(unit="mm"), required=True)
        add("height", _("Height"), QtyEdit(unit="mm"), required=True)
        add("margin", _("Margin"), QtyEdit(unit="mm"))
        hint = _("Names of fields; without them a label is not printed.")
        add("required", _("Not printed without"), TextEdit(placeholder="name, price"), hint=hint)
        add("advised", _("Should carry"), TextEdit(placeholder="origin"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_("The label"), "heading"))
        column.addWidget(self.form)
        self.show_layout(layout)
        self.form.changed.connect(self._on_changed)

    def show_layout(self, layout: Layout) -> None:
        """Fill in a layout; a field one types in stays."""
        self.layout_now = layout
        self._is_filling = True
        values = {
            "code": layout.code, "name": layout.name, "name_en": layout.name_en, "subject": layout.subject,
            "width": Decimal(str(layout.width)), "height": Decimal(str(layout.height)),
            "margin": Decimal(str(layout.margin)), "required": ", ".join(layout.required),
            "advised": ", ".join(layout.advised),
        }  # fmt: skip
        for name, value in values.items():
            editor = self.form.editor(name)
            if not editor.field().hasFocus():
                editor.set_value(value)
        self._is_filling = False

    def _on_changed(self) -> None:
        if self._is_filling:
            return
        try:
            values = {key: self.form.editor(key).value() for key in tuple(self.form.keys())}
        except CoreError:
            return
        sides = [float(values[key] or 0) for key in ("width", "height")]
        if not all(LEAST <= side <= MOST for side in sides):
            return
        fresh = replace(
            self.layout_now, code=values["code"] or "", name=values["name"] or "", name_en=values["name_en"] or "",
            subject=values["subject"], width=sides[0], height=sides[1], margin=float(values["margin"] or 0),
            required=_names(values["required"]), advised=_names(values["advised"]),
        )  # fmt: skip
        if fresh != self.layout_now:
            self.layout_now = fresh
            self.changed.emit(fresh)


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(one.strip() for one in (text or "").replace("，", ",").split(",") if one.strip())
