"""Labels on the sheets of an office printer: which sheet, from which label on, how far askew; then the preview."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core import labels
from core.errors import CoreError
from core.i18n import _, verbatim
from core.labels import SHEETS, JobCard, LabelPage, Sheet, StartedJob
from core.words import LabelState
from desktop.context import AppContext, Paper
from desktop.labels.picture_sheet import SheetPicture
from desktop.settings import Settings
from desktop.widgets import Button, Choice, DetailPanel, Form, QtyEdit, ui_text

KIND = "labels"
SLACK = 0.6
DPI = 300
ONE_A_PAGE = "-"


def fitting_sheets(stock: str) -> list[Sheet]:
    """The sheets whose labels are as large as a paper (60x40), the nearest first."""
    wide, _x, high = stock.partition("x")
    try:
        width, height = float(wide), float(high)
    except ValueError:
        return []
    found = [
        one for one in SHEETS if -SLACK <= one.width - width <= SLACK * 4 and -SLACK <= one.height - height <= SLACK * 4
    ]
    return sorted(found, key=lambda one: abs(one.width - width) + abs(one.height - height))


def start_key(sheet: str) -> str:
    """Where this PC remembers the first free label of a half-used sheet."""
    return f"labels/start/{sheet}"


def remembered_offset(settings: Settings, sheet: str) -> tuple[float, float]:
    """How far askew the office printer feeds this sheet, in millimetres."""
    right, _comma, down = settings.get(f"labels/offset/{sheet}", "0,0").partition(",")
    try:
        return float(right), float(down)
    except ValueError:
        return 0.0, 0.0


def remembered_start(settings: Settings, sheet: Sheet) -> int:
    """The first free label of the sheet that was begun; 1 for a new one."""
    text = settings.get(start_key(sheet.code), "1")
    return int(text) if text.isdigit() and 1 <= int(text) <= sheet.count else 1


def chosen_sheet(settings: Settings, stock: str) -> Sheet | None:
    """The sheet this PC prints a paper on: as last time, else the nearest; None is one label a page."""
    found = fitting_sheets(stock)
    last = settings.get(f"labels/sheet/{stock}", found[0].code if found else ONE_A_PAGE)
    return next((one for one in found if one.code == last), None)


def pages_of(card: JobCard) -> list[LabelPage]:
    """The labels of a job still to be printed, drawn; barcodes read back. Raises Refused."""
    layouts = {code: labels.layout_from_json(json.dumps(one)) for code, one in card.layouts.items()}
    wanted = [one for one in card.labels if one.state is LabelState.QUEUED] or list(card.labels)
    pages = []
    for one in wanted:
        content = labels.content_of(one.content).with_fields(running=f"{one.number}/{card.row.labels}")
        pages.append(labels.draw(layouts[one.layout], content, DPI))
    labels.check_pages(pages)
    return pages


def show_sheets(context: AppContext, owner: QWidget, job_id: int, done: Callable[[], object]) -> None:
    """Show a job of the office printer as sheets; from then on a person says whether they are good."""

    def make(card: JobCard) -> None:
        settings = context.settings
        sheet = chosen_sheet(settings, card.row.stock)
        start = remembered_start(settings, sheet) if sheet is not None else 1
        offset = remembered_offset(settings, sheet.code if sheet is not None else ONE_A_PAGE)
        number = card.row.number
        count = sum(one.state is LabelState.QUEUED for one in card.labels) or len(card.labels)

        def maker() -> Paper:
            pdf = labels.to_pdf(pages_of(card), sheet, start_at=start, offset=offset)
            return Paper(f"{ui_text(_('Labels'))} {number}", pdf, KIND, f"{number}.pdf")

        context.shell.make_paper(owner, maker)
        if sheet is not None:
            settings.put(start_key(sheet.code), str((start - 1 + count) % sheet.count + 1))
        context.ops.do(owner, labels.mark_sent, job_id=job_id, then=lambda _stand: done(), failed=lambda _error: done())

    context.ops.ask(owner, labels.get_job, job_id=job_id, then=make)


class SheetPanel(DetailPanel):
    """Asks how labels go on sheets, then prints them. `printed` when the sheets are shown."""

    printed = Signal()
    cancelled = Signal()

    def __init__(self, context: AppContext, stock: str, keys: Sequence[str], count: int) -> None:
        super().__init__(_("Print on sheets"), _("{n} labels for an office printer", n=count))
        self._context, self._stock, self._keys, self._count = context, stock, tuple(keys), count
        self._sheets = {one.code: one for one in fitting_sheets(stock)}
        self.form = Form()
        options = [(code, verbatim(one.name)) for code, one in self._sheets.items()]
        self._sheet = Choice(options=[*options, (ONE_A_PAGE, _("One label a page"))], search=False)
        self._start = QtyEdit()
        self._right, self._down = QtyEdit(unit="mm", negative=True), QtyEdit(unit="mm", negative=True)
        self.form.add("sheet", _("Label sheet"), self._sheet, required=True)
        hint = _("1 is the first; a click on the picture says it too.")
        self.form.add("start", _("Begin at label"), self._start, required=True, hint=hint)
        self.form.add("right", _("Move right"), self._right)
        self.form.add("down", _("Move down"), self._down, hint=_("When the printer feeds askew; print at 100 %."))
        self.picture = SheetPicture()
        self.picture.chosen.connect(self._on_chosen)
        self.form.add_widget(self.picture)
        self.add_widget(self.form)
        self.print_button = self.add_action(
            Button(_("Show and print"), self.print_now, kind="primary", icon_name="print", key="F9")
        )
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        self.form.submitted.connect(self.print_now)
        self._sheet.changed.connect(self._fill)
        self._start.changed.connect(self._draw)
        last = chosen_sheet(context.settings, stock)
        self._sheet.set_value(last.code if last is not None else ONE_A_PAGE)
        self._fill()

    def _fill(self) -> None:
        code = self._sheet.value()
        sheet = self._sheets.get(code)
        right, down = remembered_offset(self._context.settings, code)
        start = remembered_start(self._context.settings, sheet) if sheet is not None else 1
        self.form.set_values({"start": Decimal(start), "right": _decimal(right), "down": _decimal(down)})
        self._start.set_read_only(sheet is None)
        self.picture.setVisible(sheet is not None)
        self._draw()

    def _on_chosen(self, number: int) -> None:
        self._start.set_value(Decimal(number))
        self._draw()

    def _draw(self) -> None:
        sheet = self._sheets.get(self._sheet.value())
        try:
            start = int(self._start.value() or 1)
        except CoreError:
            start = 1
        if sheet is not None:
            self.picture.show_sheet(sheet, start, self._count)

    def print_now(self) -> None:
        """Make a job of the labels and show it as sheets."""
        values = self.form.read() if self.print_button.isEnabled() else None
        if values is None:
            return
        code, settings = self._sheet.value(), self._context.settings
        sheet = self._sheets.get(code)
        if sheet is not None and not 1 <= values["start"] <= sheet.count:
            self._start.set_error(_("The sheet has labels 1 to {n}.", n=sheet.count))
            return
        settings.put(f"labels/sheet/{self._stock}", code)
        settings.put(start_key(code), str(int(values["start"])))
        settings.put(f"labels/offset/{code}", f"{float(values['right'] or 0)},{float(values['down'] or 0)}")
        self.print_button.setEnabled(False)
        self._context.ops.do(
            self, labels.start_due_labels, keys=self._keys, device_id=0, then=self._started, failed=self.show_error
        )

    def _started(self, jobs: tuple[StartedJob, ...]) -> None:
        for job in jobs:
            show_sheets(self._context, self, job.job_id, self.printed.emit)

    def show_error(self, error: CoreError) -> None:
        """It could not be made: say why."""
        self.print_button.setEnabled(True)
        self.form.show_error(error)


def _decimal(number: float) -> Decimal | None:
    return Decimal(str(number)) if number else None
