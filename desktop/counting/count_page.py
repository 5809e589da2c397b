"""Counting: one line large at the left, the sheet at the right. Every figure is kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import counting
from core.counting import CountCard, CountLine
from core.devices import Scan
from core.i18n import _
from core.words import CountState, word
from desktop.context import AppContext
from desktop.counting.big_line import BigLine
from desktop.counting.columns import sheet_columns
from desktop.counting.count_ends import CountEnds
from desktop.counting.count_entries import CountEntries
from desktop.counting.count_file import CountFile
from desktop.counting.count_scans import CountScans
from desktop.counting.moment import MomentEdit
from desktop.counting.sheet import next_open
from desktop.theme import Meaning
from desktop.widgets import ChipSpec, KeyHint, Notice, PageBase, RowTable, Words, language

RELOAD_MS = 700
KEYS = (
    KeyHint("Enter", _("Enter the figure, go on")),
    KeyHint("Tab", _("Next unit")),
    KeyHint("Up", _("Line before")),
    KeyHint("Down", _("Next line")),
    KeyHint("17 3", _("Row 17: 3")),
)


class CountPage(PageBase):
    """The page people count on. Keyboard: digits, Enter; Tab for the next unit; "17 3" for row 17; a scan jumps."""

    def __init__(self, context: AppContext, *, count_id: int) -> None:
        super().__init__(_("Count"), "")
        self._context, self._count_id = context, count_id
        self._card: CountCard | None = None
        self._lines: list[CountLine] = []
        self.big = BigLine()
        self.table = RowTable(sheet_columns(), name=_("Count sheet"), key="counting.sheet")
        self._flagged = Notice(meaning=Meaning.WATCH)
        self._flagged.hide()
        self._ends = CountEnds(context, self, count_id)
        self.file = CountFile(context, self, count_id)
        self._scans = CountScans(context, self, count_id)
        self.entries = CountEntries(context, self)
        self.at = MomentEdit(context)
        self._lay_out()
        self._set_up_head()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(16, 4, 12, 12)
        left.setSpacing(8)
        left.addWidget(self.big, 1)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(480)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.table, 1)
        told = QVBoxLayout()
        told.setContentsMargins(16, 0, 16, 4)
        told.setSpacing(8)
        told.addWidget(self._ends.asked)
        told.addWidget(self._flagged)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(told)
        column.addLayout(row, 1)
        self.set_content(content)
        self.setFocusProxy(self.big)

    def _set_up_head(self) -> None:
        self.chips.add(ChipSpec("open", _("Open lines only")))
        self.chips.add(ChipSpec("place", _("Place"), ()))
        self.chips.add(ChipSpec("keypad", _("Large keys")))
        self.chips.add_widget(self.at)
        self.set_primary(_("Add an item"), self.add_item)
        self.add_more(_("Print the sheet"), self.print_page, "print", "F8")
        self.add_more(_("Print with quantities"), lambda: self._ends.print_sheet(with_quantities=True), "print")
        self.add_more(_("Save the sheet to fill in…"), self.file.choose_target, "export")
        self.add_more(_("Bring in a file…"), self.file.choose_file, "import")
        self.add_more(_("Next open line"), self.go_on, "chevron-down", "F6")
        self.add_more(_("Complete the count"), self.post, "check", "F9")
        self.add_more(_("Differences"), self._ends.review, "search")
        self.set_empty(
            _("No lines here"), _("This count holds nothing at the places where you may count."), (), "count"
        )

    def _connect(self) -> None:
        self.chips.changed.connect(self._on_chips)
        self.table.clicked.connect(lambda index: self.show_line(self.table.row_at(index.row()) or self._lines[0]))
        self.table.row_activated.connect(self.show_line)
        self.big.entered.connect(self.entries.enter)
        self.big.skipped.connect(self.go_on)
        self.big.row_typed.connect(self.entries.enter_row)
        self.big.stepped.connect(self.step)
        self.big.cleared.connect(self.entries.clear)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(RELOAD_MS)
        self._soon.timeout.connect(self._ask)
        self._context.hub.watch(self, ["count"], self._soon.start)

    # --- reading

    def reload(self) -> None:
        """Ask for the sheet again; what is typed stays."""
        self.start_loading()
        self._ask()

    def _ask(self) -> None:
        self._context.ops.ask(self, counting.get_count, then=self._take_card, count_id=self._count_id)
        self._context.ops.ask(self, counting.list_count_lines, then=self._take_lines, count_id=self._count_id)

    def _take_card(self, card: CountCard) -> None:
        self._card = card
        row = card.row
        self.set_title(f"{word(row.kind).render(language())} {row.number}", self._answer())
        self.title_changed.emit(row.number)
        places = [
            (place.location_id, f"{place.title(language())}  {place.counted}/{place.lines}") for place in card.places
        ]
        self.chips.chip("place").set_options(places)  # type: ignore[union-attr]
        self._show_current()

    def _take_lines(self, lines: Sequence[CountLine]) -> None:
        self._lines = [self.entries.pending.get(line.id, line) for line in lines]
        if not lines:
            self.show_empty()
            return
        self.show_content()
        self._show_rows()
        if self.big.line is None or self.find_line(self.big.line.id) is None:
            self.go_on()
        else:
            self._show_current()

    def _answer(self) -> Any:
        counted = sum(1 for line in self._lines if not line.is_open)
        if self._card is not None and self._card.row.state is CountState.TO_RESOLVE:
            return _("Only the lines marked are counted again.")
        return _("{n} of {total} lines counted", n=f"{counted:,}", total=f"{len(self._lines):,}")

    def _shown(self) -> list[CountLine]:
        chosen = self.chips.values()
        return [
            line
            for line in self._lines
            if (not chosen["open"] or line.is_open) and chosen["place"] in (None, line.location_id)
        ]

    def _show_rows(self) -> None:
        shown = self._shown()
        self.table.set_rows(shown)
        self.set_count(len(shown), len(self._lines))
        self.set_answer(self._answer())
        self._mark_row()

    def _mark_row(self) -> None:
        line = self.big.line
        if line is not None:
            self.table.select_where(lambda row: row.id == line.id)

    # --- going about

    def show_line(self, line: CountLine, unit: str = "") -> None:
        """Go to a line."""
        self.big.show_line(line, shows_book=self._shows_book())
        self._mark_row()
        self.big.focus_unit(unit)

    def _show_current(self) -> None:
        line = self.big.line and self.find_line(self.big.line.id)
        if line is not None:
            self.big.show_line(line, shows_book=self._shows_book())

    def _shows_book(self) -> bool:
        """On a blind count nobody sees the book while counting, whatever they may see elsewhere."""
        return self._card is not None and not self._card.row.is_blind

    def go_on(self) -> None:
        """Go to the next line that is open, in the order of the walk."""
        line = next_open(self._shown(), self.big.line) or next_open(self._lines, self.big.line)
        if line is not None:
            self.show_line(line)
        elif self._lines:
            if self.big.line is None:
                self.show_line(self._lines[0])
            self._flagged.say(_("Every line is counted. F9 completes the count."), Meaning.GOOD)

    def step(self, by: int) -> None:
        """Go to the line before or after, open or not."""
        shown = self._shown()
        at = next((n for n, line in enumerate(shown) if self.big.line and line.id == self.big.line.id), 0)
        if shown:
            self.show_line(shown[max(0, min(at + by, len(shown) - 1))])

    def _on_chips(self) -> None:
        self.big.show_keypad(bool(self.chips.values()["keypad"]))
        self._show_rows()
        shown = self._shown()
        if shown and self.big.line is not None and self.big.line.id not in {line.id for line in shown}:
            self.show_line(shown[0])

    # --- the rest of the work

    def scan(self, scan: Scan) -> bool:
        """A scan counts one of its unit, keeps what was counted before it and jumps to its item; the sheet of another
        count is found elsewhere."""
        number = (scan.own.value if scan.own is not None else scan.code).strip().upper()
        if number.startswith(f"{counting.PREFIX}-"):
            return number == self.detail_title()
        self._scans.find(scan)
        return True

    def subject_item(self) -> tuple[int, str] | None:
        """The item that is being counted."""
        line = self.big.line
        return None if line is None else (line.item_id, line.title(language()))

    def add_item(self) -> None:
        """Open the form for goods that the sheet does not list."""
        self._scans.add_item(None)

    def put(self, line: CountLine) -> None:
        """Show a line as it is now."""
        self._lines = [line if one.id == line.id else one for one in self._lines]
        self._show_rows()

    def ask_soon(self) -> None:
        """Ask for the sheet again when others have finished."""
        self._soon.start()

    def find_row(self, row: int) -> CountLine | None:
        """A line of the sheet by its row number."""
        return next((one for one in self._lines if one.position == row), None)

    def find_line(self, line_id: int) -> CountLine | None:
        """A line of the sheet by its id."""
        return next((line for line in self._lines if line.id == line_id), None)

    def take_lines(self, lines: Sequence[CountLine]) -> None:
        """Show the sheet as it is now."""
        self._take_lines(lines)

    def say(self, words: Words, meaning: Meaning) -> None:
        """Say something above the line; nothing takes it away."""
        if words:
            self._flagged.say(words, meaning)
        else:
            self._flagged.hide()

    def may_review(self) -> bool:
        """Whether the person may look at the differences."""
        return self._card is not None and (self._card.may_manage or self._card.may_approve)

    def post(self) -> None:
        """Complete the count."""
        self._ends.complete(None)

    def print_page(self) -> None:
        """Print the sheet to count on paper."""
        self._ends.print_sheet(with_quantities=False)

    def more_keys(self) -> Sequence[KeyHint]:
        return KEYS

    def has_unsaved(self) -> bool:
        return self.big.has_typed() or bool(self.entries.pending)

    def detail_title(self) -> str:
        return "" if self._card is None else self._card.row.number
