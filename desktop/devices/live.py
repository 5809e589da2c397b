"""The live test: what the last scan was, sign by sign, and what scales and probes show now."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.devices import Measured, own_kind_name, scan_kind_name
from core.i18n import Text, _
from desktop.devices.hub import KEYBOARD, DeviceHub, Logged
from desktop.devices.rows import end_words, pace_words
from desktop.shell.scan_panel import facts_words, visible
from desktop.theme import Meaning
from desktop.widgets import Facts, Label, Notice, Words, instant_words, number_words, scrolled, ui_text

MOST_SHOWN = 400


class LiveView(QWidget):
    """Shows each scan the moment it comes. Scans are not looked up while this is on show."""

    def __init__(self, devices: DeviceHub) -> None:
        super().__init__()
        self._devices = devices
        self._title = Label(_("Scan anything"), "heading")
        self._raw = Label("", "figure", wrap=True)
        self._trouble = Notice("", Meaning.SOON)
        self._trouble.hide()
        self._facts = QVBoxLayout()
        self._readings = Label("", "heading", wrap=True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(12)
        column.addWidget(self._readings)
        column.addWidget(self._title)
        column.addWidget(self._raw)
        column.addWidget(self._trouble)
        column.addLayout(self._facts)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))
        self._show_facts([(_("Waiting"), _("The scan is shown here with every sign of it, and is not looked up."))])
        devices.logged.connect(self.show_entry)
        devices.measured.connect(self._on_measured)
        self._on_measured(None)

    def show_entry(self, entry: Logged) -> None:
        """Show a scan."""
        self._title.set_words(_("Scanned at {time}", time=instant_words(entry.at)))
        raw = visible(entry.raw)
        self._raw.set_words(raw if len(raw) <= MOST_SHOWN else f"{raw[:MOST_SHOWN]}…")
        troubles = [one.text for one in entry.scan.troubles] if entry.scan is not None else []
        self._trouble.setVisible(bool(troubles) or (entry.words is not None and entry.scan is None))
        if troubles:
            self._trouble.say("  ".join(ui_text(one) for one in troubles), Meaning.SOON)
        elif entry.words is not None and entry.scan is None:
            self._trouble.say(entry.words, Meaning.DANGER)
        self._show_facts(_facts_of(entry))

    @property
    def raw_words(self) -> str:
        """The scan as it is shown."""
        return self._raw.text()

    def _show_facts(self, facts: list[tuple[Words, Words]]) -> None:
        while self._facts.count():
            item = self._facts.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._facts.addWidget(Facts(facts))

    def _on_measured(self, _measured: Measured | None) -> None:
        shown = [ui_text(reading_words(one)) for one in self._devices.readings.values()]
        self._readings.set_words("\n".join(shown))
        self._readings.setVisible(bool(shown))


def reading_words(measured: Measured) -> Text:
    """What a scale or probe shows."""
    reading = measured.reading
    if reading.value is None:
        return _("{device}: no value", device=measured.source)
    value = f"{number_words(reading.value)} {reading.unit}"
    if reading.is_stable:
        return _("{device}: {value}", device=measured.source, value=value)
    return _("{device}: {value}, moving", device=measured.source, value=value)


def _facts_of(entry: Logged) -> list[tuple[Words, Words]]:
    scan = entry.scan
    source: Words = _("Keyboard") if entry.source == KEYBOARD else entry.source
    facts: list[tuple[Words, Words]] = [(_("Source"), source), (_("Length"), f"{len(entry.raw)}")]
    if entry.mean_ms is not None:
        facts += [(_("Pause between keys"), pace_words(entry)), (_("Ended by"), end_words(entry.end))]
    if scan is None:
        return facts
    facts.append((_("Kind"), scan_kind_name(scan.kind)))
    if scan.own is not None:
        facts.append((own_kind_name(scan.own.kind), scan.own.value))
    if scan.symbology:
        facts.append((_("AIM code"), scan.symbology))
    if scan.codes:
        facts.append((_("Looked up as"), ", ".join(scan.codes)))
    facts += [(_("It says"), one) for one in facts_words(scan)]
    facts += [(f"({number})", visible(value)) for number, value in scan.fields]
    return facts
