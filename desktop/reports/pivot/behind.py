"""The entries behind a figure of the pivot, beside it: each opens its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal

from core.errors import CoreError
from core.i18n import Text, _, _n
from core.reports import Drill, PivotField, PivotFigure, PivotLine, PivotLines
from desktop.reports.pivot.lines import cell_words, figure_words, words_of
from desktop.theme import row_height
from desktop.widgets import Align, Column, DetailPanel, Label, RowTable, Words, date_words, instant_words, money_sign

MOST = 500
ROWS = 8


@dataclass(frozen=True)
class BehindRow:
    """One entry: when, what, and its figure."""

    id: int
    at: str
    what: str
    figure: str
    drill: Drill | None


class BehindPanel(DetailPanel):
    """`opened(Drill)` when the person opens an entry."""

    opened = Signal(object)

    def __init__(self, measure: PivotField, figure: PivotFigure | None, heading: Words) -> None:
        super().__init__(measure.title, heading)
        self.measure = measure
        value = None if figure is None else figure.value
        words = cell_words(measure.kind, figure) if value is None else figure_words(measure.kind, value)
        unit = figure.unit if figure is not None else ""
        sign = money_sign() if measure.kind == "money" and not unit and value is not None else ""
        self.add_widget(Label(f"{sign}{words} {unit}".strip() or "\N{EN DASH}", "figure"))
        self.add_widget(Label(measure.about, "muted", wrap=True))
        self.table = RowTable(
            (
                Column("at", _("Time"), 128, muted=True),
                Column("what", _("Entry"), 170, stretch=True),
                Column("figure", measure.title, 104, align=Align.RIGHT),
            ),
            name=_("Entries behind this figure"),
        )
        self.table.setMinimumHeight(row_height() * (ROWS + 1))
        self.table.row_activated.connect(self._open)
        self._note = Label(_("Reading…"), "muted", wrap=True)
        self.add_section(_("Entries behind this figure"), self.table)
        self.add_widget(self._note)

    def show_lines(self, found: PivotLines) -> None:
        """The entries, newest first."""
        self.table.set_rows([_row(at, line, self.measure) for at, line in enumerate(found.rows)])
        note: Text = _n("{n} entry; Enter opens its record.", "{n} entries; Enter opens a record.", len(found.rows))
        if found.is_cut:
            note = _("The newest {n} entries. The figure counts all of them.", n=len(found.rows))
        self._note.set_words(note)
        self.table.select_first()

    def show_error(self, error: CoreError) -> None:
        """The entries could not be read."""
        self._note.set_words(error.text)

    def _open(self, row: BehindRow) -> None:
        if row.drill is not None:
            self.opened.emit(row.drill)


def _row(at: int, line: PivotLine, measure: PivotField) -> BehindRow:
    when = "" if line.at is None else instant_words(line.at) if isinstance(line.at, datetime) else date_words(line.at)
    names = [words_of(title) for title in line.titles]
    figure = line.figures[0]
    words = f"{cell_words(measure.kind, figure)} {figure.unit if figure.value else ''}".strip()
    return BehindRow(
        at + 1, when, " · ".join(name for name in names if name and not _is_nothing(name)), words, line.drill
    )


def _is_nothing(name: str) -> bool:
    return name in ("None", "无")
