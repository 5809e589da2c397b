"""Transfer proposals: places below their minimum, and where the goods can come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from core import stock
from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.i18n import _, _n
from core.words import Permission
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.stock.entry.handover import Handover, Prefill
from desktop.stock.entry.lines import EntryLine, Goods
from desktop.stock.lists.page import StockListPage
from desktop.stock.lists.why import show_why
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, ChipSpec, Column, Kind, MenuChip, RowTable, WhyEntry, WhyFigure, number_words


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with its place in the list, so that it stays chosen when the list comes again."""

    id: tuple[int, int, int]
    row: stock.ProposalRow


class ProposalsPage(StockListPage):
    """Choose lines (all, when none is chosen) and F2 takes those of one target to the transfer form."""

    def __init__(self, context: AppContext, handover: Handover) -> None:
        super().__init__(context, _("Transfer proposals"), _("What is short at one place and can be spared at another"))
        self._handover = handover
        self._rows: list[Proposed] = []
        self._base_units: dict[int, str] = {}
        self.table = RowTable(self._columns(), name=_("Transfer proposals"), key="stock.proposals")
        self.set_list(self.table)
        self.add_search(lambda _text: self._show_rows(), _("Item or place"))
        self.chips.add(ChipSpec("to", _("To"), ()))
        self.chips.changed.connect(self._show_rows)
        if self.may(Permission.STOCK_TRANSFER):
            self.set_primary(_("Transfer"), self.accept, "transfer")
        self.add_files()
        self.say_empty(
            _("Nothing needs to be moved"),
            _("A place asks for goods here when it falls below its own minimum. Minimums stand on the item card."),
            icon_name="transfer",
        )
        self.table.row_activated.connect(lambda one: self._hand_over([one]))
        self.table.why_requested.connect(self._on_why)
        self.known.ready.connect(self.reload)
        self.known.changed.connect(self._show_rows)
        context.hub.watch(self, ("stock", "item", "lot", "location"), self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Reckon the proposals again."""
        if self.known.is_ready:
            self.context.ops.ask(self, stock.list_transfer_proposals, then=self._on_proposals)

    def accept(self) -> None:
        """Take the chosen lines to the transfer form; those of the first one's target, since a transfer has one."""
        chosen = self.table.selected_rows() or self._fitting()
        if chosen:
            target = chosen[0].row.to_id
            left_out = sum(1 for one in chosen if one.row.to_id != target)
            if left_out:
                words = _n(
                    "{n} line goes to another place and stays here.",
                    "{n} lines go to other places and stay here.",
                    left_out,
                )
                self.context.shell.say(words)
            self._hand_over([one for one in chosen if one.row.to_id == target])

    def prepare_sheet(self) -> MakeSheet:
        rows, known = self._fitting(), self.known

        def cells() -> Iterator[tuple[Cell, ...]]:
            for one in rows:
                row = one.row
                yield (
                    row.item_code, self.item_name(row), row.qty, row.unit, known.place_name(row.from_id),
                    known.place_name(row.to_id), row.on_hand, row.target, row.spare, row.missing,
                )  # fmt: skip

        columns = (
            FileColumn("item", _("Code")), FileColumn("name", _("Item")), FileColumn("qty", _("Quantity"), "qty"),
            FileColumn("unit", _("Unit")), FileColumn("from", _("From")), FileColumn("to", _("To")),
            FileColumn("on_hand", _("There now"), "qty"), FileColumn("target", _("Should be"), "qty"),
            FileColumn("spare", _("Can spare"), "qty"), FileColumn("missing", _("Still missing"), "qty"),
        )  # fmt: skip
        return lambda: Sheet(_("Transfer proposals"), columns, cells(), notation=known.notation())

    # --- rows

    def _columns(self) -> list[Column]:
        place = self.known.place_name
        return [
            Column("item", _("Item"), 180, stretch=True, value=lambda one: self.item_name(one.row)),
            Column("code", _("Code"), 104, muted=True, wide_only=True, value=lambda one: one.row.item_code),
            Column("from", _("From"), 150, value=lambda one: place(one.row.from_id)),
            Column("to", _("To"), 150, value=lambda one: place(one.row.to_id)),
            Column("qty", _("Move"), 100, kind=Kind.QTY, why=True, value=lambda one: one.row.qty),
            Column("unit", _("Unit"), 60, kind=Kind.UNIT, value=lambda one: one.row.unit, sortable=False),
            Column("on_hand", _("There now"), 92, kind=Kind.QTY, value=lambda one: one.row.on_hand),
            Column("target", _("Should be"), 92, kind=Kind.QTY, value=lambda one: one.row.target),
            Column("spare", _("Can spare"), 92, kind=Kind.QTY, value=lambda one: one.row.spare, wide_only=True),
            Column("missing", _("Afterwards"), 150, kind=Kind.BADGE, value=_afterwards, sortable=False),
        ]

    def _fitting(self) -> list[Proposed]:
        target, letters = self.chips.values()["to"], self.head.search_text().casefold()
        found = []
        for one in self._rows:
            row = one.row
            words = f"{row.item_code} {row.item_name} {row.item_name_en} {row.from_name} {row.to_name}"
            if (target is None or row.to_id == target) and (not letters or letters in words.casefold()):
                found.append(one)
        return found

    def _on_proposals(self, rows: list[stock.ProposalRow]) -> None:
        self._rows = [
            Proposed((row.item_id, row.from_id, row.to_id), replace(row, unit=self.known.unit(row.unit)))
            for row in rows
        ]
        self._base_units = {row.item_id: row.unit for row in rows}
        self._show_rows()

    def _show_rows(self) -> None:
        chip = self.chips.chip("to")
        if isinstance(chip, MenuChip):
            targets = {one.row.to_id: self.known.place_name(one.row.to_id) for one in self._rows}
            if set(targets) and self.known.places:
                chip.set_options(sorted(targets.items(), key=lambda pair: str(pair[1])))
        if self._rows or self.is_loaded() or self.known.is_ready:
            self.table.set_rows(self._fitting())

    # --- what happens

    def _hand_over(self, chosen: list[Proposed]) -> None:
        if not self.may(Permission.STOCK_TRANSFER):
            return
        lines = tuple(
            EntryLine(
                number,
                Goods(row.item_id, row.item_code, row.item_name, row.item_name_en, self._base_units[row.item_id]),
                row.qty,
                self._base_units[row.item_id],
                place_id=row.from_id,
            )
            for number, row in enumerate((one.row for one in chosen), start=1)
        )
        head = {"to_location": chosen[0].row.to_id}
        self._handover.go(self.context, "stock.transfer", Prefill(lines=lines, head=head))

    def _on_why(self, one: Proposed, _key: str) -> None:
        row = one.row
        entries = [
            WhyEntry(1, _("Should be at {place}", place=self.known.place_name(row.to_id)), row.target, unit=row.unit),
            WhyEntry(2, _("There now"), -row.on_hand, unit=row.unit),
        ]
        others = row.target - row.on_hand - row.qty - row.missing
        if others:
            entries.append(WhyEntry(3, _("Comes from other places"), -others, unit=row.unit))
        if row.missing:
            entries.append(WhyEntry(4, _("Nobody can spare"), -row.missing, unit=row.unit))
        sentence = _(
            "{place} can spare {qty} {unit} without touching its own safety stock.",
            place=self.known.place_name(row.from_id),
            qty=number_words(row.spare),
            unit=row.unit,
        )
        figure = WhyFigure(_("Move {item}", item=self.item_name(row)), row.qty, row.unit, False, sentence)
        show_why(self, self.context, figure, entries)


def _afterwards(one: Proposed) -> BadgeLook:
    if one.row.missing > Decimal(0):
        words = _("{qty} still missing", qty=number_words(one.row.missing))
        return BadgeLook(words, Meaning.SOON)
    return BadgeLook(_("Complete"), Meaning.GOOD)
