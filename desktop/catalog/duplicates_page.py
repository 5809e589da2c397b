"""Duplicates: pairs of items that may be one, compared side by side; merged, or said not to be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from core import catalog, stock
from core.catalog import DUPLICATE_REASONS, DuplicatePair, ItemCard
from core.documents import Column as FileColumn
from core.documents import Sheet
from core.errors import CoreError
from core.i18n import Text, _
from core.words import Permission, word
from desktop.catalog.known import Known
from desktop.catalog.page import CatalogPage
from desktop.catalog.parts import follow_rows, settle, upright
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    Button,
    Column,
    DetailPanel,
    Kind,
    Label,
    Notice,
    RowTable,
    Words,
    money_words,
    number_words,
)

WIDE = 600
SURE_FROM = 98


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair in the list."""

    id: tuple[int, int]
    first: str
    second: str
    codes: str
    reason: str
    score: int
    pair: DuplicatePair


class DuplicatesPage(CatalogPage):
    """The pairs, the likeliest first."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(
            context, _("Duplicates"), _("Items that may be one and the same. Merging keeps both histories.")
        )
        columns = [
            Column("score", _("Likeness"), 92, kind=Kind.BADGE, value=_score_look, sortable=False),
            Column("first", _("One item"), 180, stretch=True),
            Column("second", _("The other"), 180, stretch=True),
            Column("codes", _("Codes"), 190, muted=True, wide_only=True),
            Column("reason", _("Reason"), 220, value=lambda row: DUPLICATE_REASONS[row.reason], wide_only=True),
        ]
        self.table = RowTable(columns, name=_("Duplicates"), key="catalog.duplicates")
        self.set_table(self.table)
        self.add_files()
        self.say_empty(
            _("No duplicates"), _("No two items look alike. This list fills itself when items are entered twice."),
            (), "check",
        )  # fmt: skip
        follow_rows(self, self.table, self._on_row)
        context.hub.watch(self, ("item",), self.reload)
        self.known.ready.connect(self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Compare all items again."""
        if self.known.is_ready:
            self.context.ops.ask(self, catalog.list_duplicates, then=self._take_rows)

    def prepare_sheet(self) -> MakeSheet:
        ask, language = self.context.office.ask, self.context.language
        columns = (
            FileColumn("first", _("One item")), FileColumn("second", _("The other")), FileColumn("codes", _("Codes")),
            FileColumn("reason", _("Reason")), FileColumn("score", _("Likeness"), "number"),
        )  # fmt: skip

        def make() -> Sheet:
            rows = [_pair_row(pair, language) for pair in ask(catalog.list_duplicates)]
            cells = ((row.first, row.second, row.codes, DUPLICATE_REASONS[row.reason], row.score) for row in rows)
            return Sheet(_("Duplicates"), columns, cells)

        return make

    def _take_rows(self, pairs: list[DuplicatePair]) -> None:
        self.table.set_rows([_pair_row(pair, self.context.language) for pair in pairs])
        panel = self.panel()
        known = {frozenset((pair.first.id, pair.second.id)) for pair in pairs}
        if isinstance(panel, PairPanel) and frozenset(panel.ids) not in known:
            self.close_panel()

    def _on_row(self, row: PairRow) -> None:
        panel = self.panel()
        if not (isinstance(panel, PairPanel) and panel.ids == row.id):
            self.open_panel(PairPanel(self.context, self.known, row.pair), WIDE)


def _pair_row(pair: DuplicatePair, language: str) -> PairRow:
    first, second = pair.first, pair.second
    return PairRow(
        (first.id, second.id), _named(first, language), _named(second, language), f"{first.code} · {second.code}",
        pair.reason, pair.score, pair,
    )  # fmt: skip


def _named(row: catalog.ItemRow, language: str) -> str:
    return f"{row.title(language)} {row.spec}".strip()


def _score_look(row: PairRow) -> BadgeLook:
    words = _("certain") if row.score == 100 else f"{row.score} %"
    return BadgeLook(words, Meaning.WATCH if row.score >= SURE_FROM else Meaning.PLAIN)


class PairPanel(DetailPanel):
    """Two items side by side; what differs is set strong. Which one stays is chosen, then confirmed."""

    is_card = True

    def __init__(self, context: AppContext, known: Known, pair: DuplicatePair) -> None:
        super().__init__(_("One item or two?"), DUPLICATE_REASONS[pair.reason])
        self._context, self._known, self.pair = context, known, pair
        self.ids = (pair.first.id, pair.second.id)
        self._cards: dict[int, ItemCard] = {}
        self._held: dict[int, str] = {}
        self._worth: dict[int, str] = {}
        self._keep_id = 0
        self._notice = Notice(meaning=Meaning.SOON)
        self._merge = Button(_("Merge"), self.merge, kind="link")
        self._notice.add_button(self._merge)
        self._notice.add_button(Button(_("Cancel"), self._notice.hide, kind="link"))
        self._notice.hide()
        self.add_widget(self._notice)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._holder = upright(QWidget())
        self._holder.setLayout(self._grid)
        self.add_widget(self._holder)
        if context.shell.may(Permission.ITEM_EDIT):
            for item_id, row in zip(self.ids, (pair.first, pair.second), strict=True):
                keep = lambda item_id=item_id: self.ask_merge(item_id)  # noqa: E731
                self.add_action(Button(_("Keep {code}", code=row.code), keep, icon_name="check"))
            self.add_action(Button(_("Not the same"), self.dismiss, icon_name="close"))
        self._ask()

    def show_error(self, error: CoreError) -> None:
        """Said on top; what cannot be merged says why."""
        self._merge.hide()
        self._notice.say(error.text, Meaning.DANGER)

    def ask_merge(self, keep_id: int) -> None:
        """Say what merging does, before it is done."""
        self._keep_id = keep_id
        language = self._context.language
        keep, drop = (
            (self.pair.first, self.pair.second) if keep_id == self.ids[0] else (self.pair.second, self.pair.first)
        )
        self._merge.show()
        self._notice.say(
            _(
                "{keep} ({code}) stays. {drop} ({gone}) is retired; its stock, barcodes, suppliers and files go over.",
                keep=keep.title(language), code=keep.code, drop=drop.title(language), gone=drop.code,
            ),
            Meaning.SOON,
        )  # fmt: skip
        self._merge.setFocus()

    def merge(self) -> None:
        """Make them one."""
        keep_id = self._keep_id
        drop_id = next(item_id for item_id in self.ids if item_id != keep_id)

        def then(_kept: int) -> None:
            self._context.shell.say(_("They are one item now."))

        self._context.ops.do(self, stock.merge_items, keep_id=keep_id, drop_id=drop_id, then=then)

    def dismiss(self) -> None:
        """Say that they are two items."""

        def then(_none: object) -> None:
            self._context.shell.say(_("The pair is not shown again."))

        self._context.ops.do(
            self, catalog.dismiss_duplicate, first_id=self.ids[0], second_id=self.ids[1], then=then
        )  # fmt: skip

    # --- comparing

    def _ask(self) -> None:
        ask, may = self._context.ops.ask, self._context.shell.may
        for item_id in self.ids:
            ask(self, catalog.get_item, item_id=item_id, then=self._on_card, key=("card", item_id))
            if may(Permission.STOCK_VIEW):
                ask(self, stock.get_availability, item_id=item_id, then=self._on_stock, key=("stock", item_id))
            if may(Permission.COST_VIEW):
                ask(self, stock.list_values, item_id=item_id, then=self._on_values, key=("value", item_id))

    def _on_card(self, card: ItemCard) -> None:
        self._cards[card.id] = card
        self._compare()

    def _on_stock(self, row: stock.AvailabilityRow) -> None:
        self._held[row.item_id] = number_words(row.on_hand)
        self._compare()

    def _on_values(self, rows: Sequence[stock.ValueRow]) -> None:
        for row in rows:
            self._worth[row.item_id] = money_words(row.value, sign=True)
        self._compare()

    def _compare(self) -> None:
        if len(self._cards) < len(self.ids):
            return
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        cards = [self._cards[item_id] for item_id in self.ids]
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        for at, (name, said) in enumerate(self._lines(cards)):
            self._grid.addWidget(Label(name, "muted"), at, 0)
            is_other = said[0] != said[1]
            for side, words in enumerate(said, start=1):
                self._grid.addWidget(Label(words or "–", "strong" if is_other else "", wrap=True), at, side)
        settle(self._holder)

    def _lines(self, cards: list[ItemCard]) -> list[tuple[Text, list[Words]]]:
        known = self._known

        def each(name: Text, said: list[Words]) -> tuple[Text, list[Words]]:
            return name, said

        lines = [
            each(_("Code"), [card.row.code for card in cards]),
            each(_("Name"), [card.row.name for card in cards]),
            each(_("English name"), [card.row.name_en for card in cards]),
            each(_("Specification"), [card.row.spec for card in cards]),
            each(_("Brand"), [card.row.brand for card in cards]),
            each(_("Category"), [known.category_name(card.values["category_id"]) for card in cards]),
            each(_("Base unit"), [known.unit(card.row.base_unit) for card in cards]),
            each(_("Pack units"), [self._packs(card) for card in cards]),
            each(_("Barcodes"), [", ".join(row.code for row in card.barcodes) for card in cards]),
            each(_("Suppliers"), [", ".join(row.supplier for row in card.terms) for card in cards]),
            each(_("Cost method"), [word(card.row.cost_method) for card in cards]),
        ]
        if self._held:
            lines.append(each(_("On hand"), [self._held.get(item_id, "") for item_id in self.ids]))
        if self._worth:
            lines.append(each(_("Value"), [self._worth.get(item_id, "") for item_id in self.ids]))
        return lines

    def _packs(self, card: ItemCard) -> Words:
        packs = [f"{self._known.unit(pack.unit)} = {number_words(pack.factor)}" for pack in card.units]
        return ", ".join(packs)
