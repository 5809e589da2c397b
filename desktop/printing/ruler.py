"""Where a printer's ink really lands: a test page is printed, two lengths are measured, and all pages move by that."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.documents import RULER_MM, render_ruler
from core.errors import CoreError
from core.i18n import Text, _
from desktop.ops import Ops
from desktop.printing import printer as printers
from desktop.printing.memory import MOST_SHIFT, Shift, remember_shift, shift_of
from desktop.settings import Settings
from desktop.theme import Meaning
from desktop.widgets import Button, Label, Notice, language, ui_text


class RulerDialog(QDialog):
    """Prints the test page as the printer stands now; Save moves everything by what is missing to 50 mm."""

    def __init__(self, printer: str, settings: Settings, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printer, self._settings, self._ops = printer, settings, ops
        self.setWindowTitle(ui_text(_("Adjust {printer}", printer=printer)))
        self._notice = Notice()
        self._notice.hide()
        self._now = Label("", "muted")
        self.across = _length(_("A: from the left edge, in mm"))
        self.down = _length(_("B: from the upper edge, in mm"))
        self._lay_out()
        self._say_now()

    @property
    def notice_words(self) -> str:
        """What the notice says; empty when it is hidden."""
        return self._notice.text() if self._notice.isVisibleTo(self) else ""

    def print_ruler(self) -> None:
        """Print the test page where this printer prints now."""
        printer = printers.make_printer(self._printer)
        shown, placing = language(), printers.Placing(shift=shift_of(self._settings, self._printer))
        self._ops.run(
            self,
            lambda: printers.print_pdf(render_ruler(shown), printer, None, placing),
            then=lambda _count: self._notice.say(_("The test page is on its way. Measure A and B."), Meaning.GOOD),
            failed=self._failed,
        )

    def save(self) -> None:
        """Move all pages of this printer so that both lengths become 50 mm."""
        right, down = shift_of(self._settings, self._printer)
        wanted = (right + RULER_MM - self.across.value(), down + RULER_MM - self.down.value())
        if max(abs(length) for length in wanted) > MOST_SHIFT:
            words = _("Pages can be moved by {mm} mm at most. Measure again.", mm=int(MOST_SHIFT))
            self._notice.say(words, Meaning.DANGER)
            return
        self._store(wanted)
        self._notice.say(_("Saved. Print the test page again to see that both are {mm} mm.", mm=RULER_MM), Meaning.GOOD)

    def reset(self) -> None:
        """Move nothing any more."""
        self._store((0.0, 0.0))
        self._notice.hide()

    def _store(self, shift: Shift) -> None:
        remember_shift(self._settings, self._printer, shift)
        for editor in (self.across, self.down):
            editor.setValue(RULER_MM)
        self._say_now()

    def _say_now(self) -> None:
        right, down = shift_of(self._settings, self._printer)
        told: Text = _(
            "Pages are moved {right} mm to the right and {down} mm down.", right=f"{right:+.1f}", down=f"{down:+.1f}"
        )
        self._now.set_words(told)

    def _failed(self, error: CoreError) -> None:
        self._notice.say(error.text, Meaning.DANGER)

    def _lay_out(self) -> None:
        how = _(
            "Print the test page, measure A and B on it with a ruler, type them here and save. Right is {mm} mm.",
            mm=RULER_MM,
        )
        form = QFormLayout()
        form.addRow(ui_text(_("A: from the left edge, in mm")), self.across)
        form.addRow(ui_text(_("B: from the upper edge, in mm")), self.down)
        buttons = QHBoxLayout()
        buttons.addWidget(Button(_("Print test page"), self.print_ruler, icon_name="print"))
        buttons.addWidget(Button(_("Move nothing"), self.reset, kind="link"))
        buttons.addStretch(1)
        buttons.addWidget(Button(_("Save"), self.save, kind="primary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (self._notice, Label(how, wrap=True), self._now):
            column.addWidget(part)
        column.addLayout(form)
        column.addLayout(buttons)


def _length(name: Text) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(RULER_MM - 2 * MOST_SHIFT, RULER_MM + 2 * MOST_SHIFT)
    box.setDecimals(1)
    box.setSingleStep(0.1)
    box.setValue(RULER_MM)
    box.setAccessibleName(ui_text(name))
    return box
