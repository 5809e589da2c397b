"""Calibrating a scanner that types: three scans of the test code, then its profile and what the doctor says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy

from core import devices
from core.devices import Calibration, DeviceEdit, DeviceRow, Finding, SampleScan, diagnose
from core.errors import CoreError
from core.i18n import _, _n
from core.words import DeviceKind, DeviceLink, Permission
from desktop.context import AppContext
from desktop.devices.code_view import CodeView, paper_of_codes
from desktop.devices.hub import PROFILE
from desktop.devices.wedge import Samples, WedgeFilter
from desktop.theme import Meaning
from desktop.widgets import Button, CheckEdit, DetailPanel, Label, Notice, TextEdit

NEEDED = 3
MOST_FINDINGS = 6


class CalibrationPanel(DetailPanel):
    """Every key is the scanner's while three scans are awaited; Esc leaves. `saved` when the profile is kept."""

    saved = Signal()

    def __init__(self, context: AppContext, wedge: WedgeFilter, row: DeviceRow | None = None) -> None:
        super().__init__(_("Calibrate a scanner"), row.name if row else _("A scanner that types like a keyboard"))
        self._context, self._row = context, row
        self._scans: list[SampleScan] = []
        self.result: Calibration | None = None
        self._samples = Samples(wedge, self)
        self._samples.came.connect(self.take)
        self._code = CodeView()
        self._said = Label("", "strong", wrap=True)
        self._findings = [Notice() for _number in range(MOST_FINDINGS)]
        for notice in self._findings:
            notice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._name_words = Label(_("Name"), "label")
        self._name = TextEdit(_("Name"), placeholder=_("Scanner at the door"), most=80)
        self._name.set_value(row.name if row else None)
        self._line = CheckEdit(_("Line code, for scanners that read no square ones"))
        self._line.changed.connect(self._on_kind_of_code)
        for widget in (self._said, self._code, self._line, *self._findings, self._name_words, self._name):
            self.add_widget(widget)
        self.save_button = self.add_action(Button(_("Keep"), self.save, kind="primary"))
        self.add_action(Button(_("Once more"), self.start, icon_name="refresh"))
        self.add_action(Button(_("Print the code"), self._print, icon_name="print"))
        self.start()

    def start(self) -> None:
        """Await three scans."""
        self._scans, self.result = [], None
        self._show_findings(())
        self._name.hide()
        self._name_words.hide()
        self._code.show()
        self._line.show()
        self.save_button.setEnabled(False)
        self._say_progress()
        if self.isVisible():
            self._samples.start()

    def take(self, scan: SampleScan) -> None:
        """One more scan of the test code."""
        if self.result is not None:
            return
        self._scans.append(scan)
        self._say_progress()
        if len(self._scans) >= NEEDED:
            self._samples.stop()
            self._show(diagnose(self._scans))

    def save(self) -> None:
        """Keep the profile with the scanner's name."""
        if self.result is None or self.result.profile is None:
            return
        self._name.set_required(True)
        if not self._name.check():
            return
        row = self._row
        settings = {**(row.settings if row else {}), PROFILE: self.result.profile.facts()}
        station = row.station if row else self._context.office.station
        edit = DeviceEdit(
            DeviceKind.SCANNER,
            self._name.value() or "",
            DeviceLink.WEDGE,
            row.address if row else "",
            "",
            settings,
            station,
        )
        args: dict[str, object] = {"device_id": row.device_id, "version": row.version} if row else {}
        self._context.ops.do(
            self, devices.save_device, new=edit, then=lambda _id: self.saved.emit(), failed=self.show_error, **args  # type: ignore[arg-type]
        )  # fmt: skip

    def show_error(self, error: CoreError) -> None:
        """It could not be kept."""
        self._name.set_error(error.text)

    def finding_words(self) -> list[str]:
        """The words of what the doctor found."""
        return [one.word for one in self.result.findings] if self.result is not None else []

    # --- inside

    def _show(self, result: Calibration) -> None:
        self.result = result
        self._code.setVisible(result.profile is None)
        self._line.setVisible(result.profile is None)
        self._show_findings(result.findings)
        may_keep = result.profile is not None and self._context.shell.may(Permission.DEVICE_EDIT)
        self._name.setVisible(may_keep)
        self._name_words.setVisible(may_keep)
        self.save_button.setEnabled(may_keep)
        if result.profile is None:
            self._said.set_words(_("It cannot be told yet how this scanner types."))
            return
        ms, gap = f"{result.median_ms:.0f}", result.profile.gap_ms
        told = _("This scanner types a character in {ms} ms; a pause over {gap} ms ends a scan.", ms=ms, gap=gap)
        self._said.set_words(told)
        if may_keep:
            self._name.field().setFocus()

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        for notice in self._findings:
            notice.hide()
        if self.result is not None and not findings:
            self._findings[0].say(_("Nothing is wrong: every character arrives, Enter too."), Meaning.GOOD)
        for notice, one in zip(self._findings, findings, strict=False):
            notice.say(one.text, Meaning.SOON if one.is_bad else Meaning.ACCENT)

    def _say_progress(self) -> None:
        left = NEEDED - len(self._scans)
        if left > 0:
            self._said.set_words(_n("Scan this code {n} more time.", "Scan this code {n} more times.", left))

    def _on_kind_of_code(self) -> None:
        self._code.show_line(bool(self._line.value()))
        self.start()

    def _print(self) -> None:
        language = self._context.language
        self._context.shell.preview(paper_of_codes(language))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.result is None:
            self._samples.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._samples.stop()
        super().hideEvent(event)
