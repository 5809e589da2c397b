"""What is odd: stock below zero and counts outside tolerance, dearest first; beside it why, and what puts it right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core import catalog, detective
from core.detective import Case, OddKind, OddRow
from core.devices import OwnKind, Scan
from core.errors import CoreError
from core.i18n import Text, _
from core.words import Permission
from desktop.context import AppContext
from desktop.detective.case_panel import CasePanel
from desktop.detective.spot_panel import SpotPanel
from desktop.shell.scans import codes_of
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, KeyHint, Kind, PageBase, RowTable, language

WIDTH = 520
LOOKS = {
    OddKind.NEGATIVE: BadgeLook(_("Below zero"), Meaning.DANGER),
    OddKind.COUNTED: BadgeLook(_("To be settled"), Meaning.SOON),
    OddKind.POSTED: BadgeLook(_("Posted"), Meaning.PLAIN),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked into: a count's line, or an item at a place and lot, with what lies there (None: the book alone)."""

    item_id: int = 0
    location_id: int = 0
    lot_id: int = 0
    counted: Decimal | None = None
    count_line_id: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it can be looked into without asking for more."""
        return bool(self.count_line_id or (self.item_id and self.location_id))


class OddPage(PageBase):
    """Opened with `count_line_id`, with `item_id` and `location_id` (and `lot_id`), with `item_id` alone, or with nothing."""

    def __init__(self, context: AppContext, **args: Any) -> None:
        super().__init__(
            _("Trace a difference"),
            _("Where the book and the shelf disagree, dearest first. Enter says why it may be."),
        )
        self._context = context
        self._subject = Subject(**args)
        self._is_begun = self._is_filling = False
        columns = odd_columns(sees_cost=context.shell.may(Permission.COST_VIEW))
        self.table = RowTable(columns, name=_("Trace a difference"), key="detective.odd")
        self.set_table(self.table)
        self.setFocusProxy(self.table)
        self.set_empty(
            _("Nothing is odd"), _("No stock is below zero, and no count is outside tolerance. Scan an item to look into it."),
            (), "check",
        )  # fmt: skip
        self.table.row_activated.connect(self.open_row)
        self.table.current_changed.connect(self._on_current)
        context.hub.watch(self, ("stock", "count", "order", "invoice", "receipt"), self.reload)
        self.reload()

    # --- reading

    def reload(self) -> None:
        """Ask again for the list, and for what is looked into."""
        self.start_loading()
        self._context.ops.ask(self, detective.list_odd, then=self._take)

    def _take(self, rows: list[OddRow]) -> None:
        self._is_filling = True
        self.table.set_rows(rows)
        self._is_filling = False
        self.set_count(len(rows))
        if not rows:
            self.show_empty()
        if isinstance(self.panel(), CasePanel):
            self._look()
        elif not self._is_begun:
            self._is_begun = True
            self._begin(rows)

    def _begin(self, rows: list[OddRow]) -> None:
        """Show what the page was opened with."""
        subject = self._subject
        own = [row for row in rows if row.item_id == subject.item_id]
        if subject.is_whole:
            self._look()
        elif len(own) == 1:
            self.open_row(own[0])
        elif subject.item_id:
            self.ask_where(subject.item_id)

    def look_into(self, subject: Subject) -> None:
        """Look into one difference and show what is found beside the list."""
        self._subject = subject
        self._look()

    def _look(self) -> None:
        subject = self._subject
        self._context.ops.ask(
            self, detective.investigate, then=self._take_case, failed=self._no_case, key="case", item_id=subject.item_id,
            location_id=subject.location_id, lot_id=subject.lot_id, counted=subject.counted,
            count_line_id=subject.count_line_id,
        )  # fmt: skip

    def _take_case(self, case: Case) -> None:
        facts = case.facts
        self.open_panel(CasePanel(self._context, case), WIDTH)
        self.table.select_where(lambda row: _is_of(row, case))
        self.title_changed.emit(facts.code)

    def _no_case(self, error: CoreError) -> None:
        """What was looked into is no oddity any more, or is not there."""
        self.close_panel()
        self._context.shell.say(error.text)

    def _rows(self) -> list[OddRow]:
        return [row for row in (self.table.row_at(at) for at in range(self.table.total())) if row is not None]

    # --- doing

    def open_row(self, row: OddRow) -> None:
        """Look into a line of the list."""
        if row.count_line_id:
            self.look_into(Subject(count_line_id=row.count_line_id))
        else:
            self.look_into(Subject(row.item_id, row.location_id, row.lot_id))

    def _on_current(self, row: OddRow | None) -> None:
        panel = self.panel()
        if self._is_filling or row is None or not isinstance(panel, CasePanel):
            return
        if not _is_of(row, panel.case):
            self.open_row(row)

    def ask_where(self, item_id: int) -> None:
        """Ask at which place, and how much lies there."""
        panel = SpotPanel(self._context, item_id)
        panel.asked.connect(lambda place, lot, counted: self.look_into(Subject(item_id, place, lot, counted)))
        self.open_panel(panel, 400)

    def scan(self, scan: Scan) -> bool:
        """A scanned item is looked into."""

        def found(hit: catalog.ScanHit | None) -> None:
            if hit is not None:
                self._subject, self._is_begun = Subject(hit.item.id), True
                self._begin(self._rows())
            elif not self._context.unknown_code(scan, lambda: self.scan(scan)):
                self._context.shell.say(_("No item has the code {code}.", code=scan.code[:40]))

        self._context.ops.ask(self, catalog.find_by_codes, codes=codes_of(scan), then=found)
        return scan.own is None or scan.own.kind is OwnKind.ITEM

    def more_keys(self) -> list[KeyHint]:
        return [KeyHint("Enter", _("Say why it may be"))]

    def detail_title(self) -> str:
        panel = self.panel()
        return panel.case.facts.code if isinstance(panel, CasePanel) else ""


def _is_of(row: OddRow, case: Case) -> bool:
    facts = case.facts
    if row.count_line_id or facts.count_line_id:
        return row.count_line_id == facts.count_line_id
    return (row.item_id, row.location_id, row.lot_id) == (facts.item_id, facts.location_id, facts.lot_id)


def odd_columns(*, sees_cost: bool) -> list[Column]:
    """Columns of the list."""
    money = [Column("value", _("Worth"), 110, kind=Kind.MONEY)] if sees_cost else []
    return [
        Column("code", _("Code"), 100, muted=True, wide_only=True),
        Column("item", _("Item"), 150, value=_item, stretch=True),
        Column("place", _("Place"), 116, value=lambda row: row.place.render(language())),
        Column("difference", _("Difference"), 90, kind=Kind.QTY),
        Column("unit", _("Unit"), 68, kind=Kind.UNIT, value=lambda row: row.unit.render(language()), sortable=False),
        *money,
        Column("at", _("When"), 144, kind=Kind.INSTANT, muted=True, wide_only=True),
        Column("kind", _("State"), 130, kind=Kind.BADGE, value=lambda row: LOOKS[row.kind]),
    ]


def _item(row: OddRow) -> Text | str:
    return f"{row.item.render(language())}  {row.lot}".rstrip()
