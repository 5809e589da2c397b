"""A form that changes one record: only what was touched is sent; when two people edited it, each field is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import Conflict
from core.i18n import _
from desktop.widgets import Button, Chip, Form, FormPanel, Label, Words

Said = Callable[[str, object], Words]


class MergeBox(QWidget):
    """Field by field: mine or theirs. `chosen()` answers the keys whose value of mine stays."""

    def __init__(self, conflict: Conflict, names: Mapping[str, Words], said: Said) -> None:
        super().__init__()
        self._pairs: dict[str, tuple[Chip, Chip]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for key in conflict.theirs:
            column.addWidget(Label(names.get(key, key), "label"))
            row = QHBoxLayout()
            row.setSpacing(8)
            mine = Chip(_("Mine: {value}", value=said(key, conflict.mine[key])), is_on=True)
            theirs = Chip(_("Theirs: {value}", value=said(key, conflict.theirs[key])))
            self._pair(mine, theirs)
            row.addWidget(mine)
            row.addWidget(theirs)
            row.addStretch(1)
            column.addLayout(row)
            self._pairs[key] = (mine, theirs)

    @staticmethod
    def _pair(mine: Chip, theirs: Chip) -> None:
        def choose(one: Chip, other: Chip) -> None:
            one.setChecked(True)
            other.setChecked(False)

        mine.clicked.connect(lambda: choose(mine, theirs))
        theirs.clicked.connect(lambda: choose(theirs, mine))

    def take_theirs(self, key: str) -> None:
        """Let theirs stay in one field."""
        mine, theirs = self._pairs[key]
        mine.setChecked(False)
        theirs.setChecked(True)

    def chosen(self) -> set[str]:
        """The fields where mine stays."""
        return {key for key, (mine, _theirs) in self._pairs.items() if mine.isChecked()}


class RecordForm(FormPanel):
    """Changes one record. Only what was touched is sent, with what the form had shown there.

    `change(changes, base, version)` sends; `fetch(then)` reads the record anew and calls `then(values, version)`.
    """

    def __init__(self, title: Words, form: Form, *, subtitle: Words = "", said: Said = lambda _key, v: str(v)) -> None:
        super().__init__(title, form, self._send_changes, subtitle=subtitle)
        self._said, self._fields = said, form.keys()
        self._seen: dict[str, object] = {}
        self._version = 0
        self._merge: MergeBox | None = None
        self.change: Callable[[dict[str, object], dict[str, object], int], object] = lambda *_given: None
        self.fetch: Callable[[Callable[[Mapping[str, object], int], object]], object] = lambda _then: None
        self._asked.add_button(Button(_("Save so"), self.settle, kind="link"))
        self._choices = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self._choices)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._body.insertWidget(1, holder)

    def fill(self, values: Mapping[str, object], version: int) -> None:
        """Show a record."""
        self._version = version
        self._seen = {key: values[key] for key in self._fields if key in values}
        self.form.set_values({key: _shown(value) for key, value in self._seen.items()})

    def save(self) -> None:
        """Send what was touched; while it is asked whose value stays, what is chosen there."""
        if self._conflict is not None:
            self.settle()
        else:
            super().save()

    def merge_box(self) -> MergeBox | None:
        """What asks whose value stays, while it does."""
        return self._merge

    def _ask_whose(self, error: Conflict) -> None:
        self._conflict = error
        self._drop_merge()
        names = {key: self.form.editor(key).name() for key in self._fields}
        self._merge = MergeBox(error, names, self._said)
        self._choices.addWidget(self._merge)
        self._asked.say(error.text)

    def settle(self) -> None:
        """Put what was chosen on top of what stands there now, and save it."""
        conflict, merge = self._conflict, self._merge
        if conflict is None or merge is None:
            return
        mine = merge.chosen()
        self._conflict = None
        self._drop_merge()
        self._asked.hide()

        def then(values: Mapping[str, object], version: int) -> None:
            typed = {key: self.form.editor(key).value() for key in self._touched()}
            theirs = {key for key in conflict.theirs if key not in mine}
            self.fill(values, version)
            for key, value in typed.items():
                if key not in theirs:
                    self.form.editor(key).set_value(value)
            self.save()

        self.fetch(then)

    def _touched(self) -> list[str]:
        return [
            key for key, seen in self._seen.items()
            if self.form.editor(key).isEnabled() and _kept(self.form.editor(key).value(), seen) != seen
        ]  # fmt: skip

    def _send_changes(self, values: dict[str, Any]) -> None:
        changes = {key: _kept(values[key], self._seen[key]) for key in self._touched()}
        if not changes:
            self.done(self._version)
            return
        self.change(changes, {key: self._seen[key] for key in changes}, self._version)

    def _drop_merge(self) -> None:
        if self._merge is not None:
            self._merge.hide()
            self._merge.deleteLater()
            self._merge = None


def _shown(value: object) -> object:
    return None if value == "" else value


def _kept(value: object, seen: object) -> object:
    """A field's value as the record keeps it: empty words are "", not none."""
    return "" if value is None and isinstance(seen, str) else value
