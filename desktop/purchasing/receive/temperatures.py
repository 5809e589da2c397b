"""How warm the goods came: one field for each way of keeping them, with its limit; a probe fills it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.devices import in_celsius
from core.errors import CoreError
from core.i18n import Text, _
from core.purchasing import NewCheck, TemperatureLimit
from core.values import plain, round_decimal
from core.words import DeviceKind, StorageKind, word
from desktop.context import AppContext
from desktop.widgets import Button, Label, QtyEdit, number_words, restyle

CELSIUS = "°C"


class TemperatureEdit(QWidget):
    """One reading. Its label says the limit, and by how much a reading is over it."""

    def __init__(self, context: AppContext, limit: TemperatureLimit) -> None:
        super().__init__()
        self._context, self.limit = context, limit
        self._label = Label("", "label")
        self.editor = QtyEdit(word(limit.storage_kind), unit=CELSIUS, negative=True)
        self._probe = Button(_("Take the probe's reading"), self.measure, icon_name="thermometer", kind="icon")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.editor, 1)
        row.addWidget(self._probe)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addLayout(row)
        column.addStretch(1)
        self._label.setBuddy(self.editor.field())
        self.editor.changed.connect(self._say)
        if context.devices is not None:
            context.devices.changed.connect(self._show_probe)
        self._show_probe()
        self._say()

    def reading(self) -> Decimal | None:
        """What was measured; None while nothing that can be read stands here."""
        try:
            return self.editor.value()
        except CoreError:
            return None

    def set_reading(self, reading: Decimal | None) -> None:
        """Put a reading in."""
        self.editor.set_value(reading)
        self._say()

    def is_too_warm(self) -> bool:
        """Whether it is over the limit."""
        reading = self.reading()
        return reading is not None and reading > self.limit.highest

    def measure(self) -> None:
        """Take what the probe shows."""
        reading = _probe_reading(self._context)
        if reading is None:
            self.editor.set_error(_("The probe shows no temperature."))
            return
        self.set_reading(reading)
        self.editor.changed.emit()

    def _show_probe(self) -> None:
        self._probe.setVisible(_has_probe(self._context))

    def _say(self) -> None:
        kind, highest = word(self.limit.storage_kind), number_words(self.limit.highest)
        words: Text = _("{kind}, at most {highest} °C", kind=kind, highest=highest)
        if self.is_too_warm():
            over = number_words((self.reading() or Decimal(0)) - self.limit.highest)
            words = _("{kind}: {over} °C too warm", kind=kind, over=over)
        role = "error" if self.is_too_warm() else "label"
        self._label.set_words(words)
        if self._label.property("role") != role:
            self._label.setProperty("role", role)
            restyle(self._label)


class Temperatures(QWidget):
    """The readings of a delivery, in a row."""

    def __init__(self, context: AppContext, changed: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._changed = context, changed
        self._edits: dict[StorageKind, TemperatureEdit] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)

    def set_limits(self, limits: Sequence[TemperatureLimit], kinds: set[StorageKind]) -> None:
        """The fields for goods of these kinds; readings that were taken stay."""
        wanted = {limit.storage_kind: limit for limit in limits if limit.storage_kind in kinds}
        for kind in set(self._edits) - set(wanted):
            edit = self._edits.pop(kind)
            edit.hide()
            edit.deleteLater()
        for kind, limit in wanted.items():
            if kind not in self._edits:
                edit = TemperatureEdit(self._context, limit)
                edit.editor.changed.connect(self._changed)
                self._edits[kind] = edit
                self._row.addWidget(edit)
        self.setVisible(bool(self._edits))

    def edits(self) -> list[TemperatureEdit]:
        """The fields that are shown."""
        return list(self._edits.values())

    def checks(self) -> tuple[NewCheck, ...]:
        """What was measured."""
        readings = [(kind, edit.reading()) for kind, edit in self._edits.items()]
        return tuple(NewCheck(kind, reading) for kind, reading in readings if reading is not None)

    def is_right(self) -> bool:
        """Whether every field can be read; a wrong one says so and has the focus."""
        wrong = [edit for edit in self._edits.values() if not edit.editor.check()]
        if wrong:
            wrong[0].editor.field().setFocus()
        return not wrong

    def to_draft(self) -> dict[str, str]:
        """The readings as plain words."""
        return {str(check.storage_kind): f"{plain(check.reading):f}" for check in self.checks()}

    def restore(self, kept: dict[str, str]) -> None:
        """Readings of a draft, into the fields that are here."""
        for kind, edit in self._edits.items():
            if str(kind) in kept:
                edit.set_reading(Decimal(kept[str(kind)]))

    def clear(self) -> None:
        """No readings."""
        for edit in self._edits.values():
            edit.editor.clear()
            edit.set_reading(None)


def _has_probe(context: AppContext) -> bool:
    devices = context.devices
    if devices is None:
        return False
    known = [*devices.rows, *(one.device for one, _state in devices.simulators().values())]
    return any(row.kind is DeviceKind.PROBE for row in known)


def _probe_reading(context: AppContext) -> Decimal | None:
    """What a probe of this PC shows, the one that was touched last first; a tenth of a degree is enough."""
    devices = context.devices
    shown = [] if devices is None else sorted(devices.readings.values(), key=lambda one: one.at, reverse=True)
    for one in shown:
        celsius = in_celsius(one.reading)
        if celsius is not None:
            return plain(round_decimal(celsius, 1))
    return None
