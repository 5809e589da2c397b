"""Transfers: in one step, or sent by one person and received by another; by scanning shelf, items, next shelf."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import stock
from core.i18n import Text, _, _n
from desktop.context import AppContext, Posted
from desktop.stock.entry.fields import Fields
from desktop.stock.entry.finder import Finder
from desktop.stock.entry.lines import EntryLine
from desktop.stock.entry.page import EntryPage, FormText
from desktop.widgets import (
    Button,
    CheckEdit,
    Choice,
    Column,
    DetailPanel,
    Facts,
    Kind,
    Label,
    PageBase,
    RowTable,
    TextEdit,
    number_words,
)
from desktop.widgets.strip import Strip

TEXT = FormText(
    "transfer",
    _("Transfer"),
    _("Scan a shelf, scan what goes there, scan the next shelf"),
    _("Post transfer"),
    _("Lines of the transfer"),
)


class TransferPage(EntryPage):
    """A scanned shelf is where the goods go. The next shelf, or Enter on an empty item field, posts what was scanned."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(
            context, TEXT, Fields(unit="base", place=_("From"), note=True, any_lot=True), takes_places=True
        )
        self.sheet.bar.avoided_place = self.target.value
        self.sheet.shelf_scanned.connect(self._on_shelf)
        self.sheet.left_empty.connect(self._on_left_empty)
        self.finder.ready.connect(self._fill_targets)
        self.head.add_button(Button(_("In transit"), lambda: context.shell.go("stock.transit"), icon_name="transfer"))
        self._next_shelf: int | None = None

    def make_head(self, strip: Strip) -> None:
        self.target = Choice(_("To"), search=False)
        self.target.set_required(True)
        strip.add("to_location", _("To"), self.target, share=22)
        strip.add("note", _("Note"), TextEdit(_("Note"), most=400), share=28)
        self.on_the_way = CheckEdit(_("Send only; received there later"))
        self.on_the_way.setFixedHeight(self.target.sizeHint().height())
        strip.add("is_sent", _("Two steps"), self.on_the_way, share=26)
        self.on_the_way.changed.connect(self._say_post)

    def kept_fields(self) -> tuple[str, ...]:
        return ("to_location", "is_sent")

    def command(self) -> Callable[..., Any]:
        return stock.send_transfer if self.on_the_way.value() else stock.transfer_goods

    def arguments(self, head: Mapping[str, Any], lines: Sequence[EntryLine]) -> dict[str, Any]:
        target = head["to_location"]
        taken = {"note": head.get("note") or ""}
        if self.on_the_way.value():
            sent = tuple(line.new_line(row) for row, line in enumerate(lines, start=1))
            return {"lines": sent, "to_location_id": target, **taken}
        moved = tuple(replace(line, to_place_id=target).new_line(row) for row, line in enumerate(lines, start=1))
        return {"lines": moved, **taken}

    def posted_words(self, posted: stock.Posted) -> Text:
        if self.on_the_way.value():
            return _("Transfer {number} is on its way", number=posted.number)
        return _("Transfer {number} posted", number=posted.number)

    def after_posting(self, posted: stock.Posted) -> None:
        following, self._next_shelf = self._next_shelf, None
        if following is not None:
            self.target.set_value(following)

    def _on_shelf(self, place_id: int) -> None:
        """Lines that wait go to the shelf before; with none waiting this is where the next ones go."""
        if self.sheet.lines() and self.target.value() not in (None, place_id):
            self._next_shelf = place_id
            self.post()
        else:
            self.target.set_value(place_id)
            self.target.set_error(None)
        self.sheet.focus()

    def _on_left_empty(self) -> None:
        if self.sheet.lines():
            self.post()

    def _fill_targets(self) -> None:
        self.target.set_options([(row.location_id, self._place(row)) for row in self.finder.usable_places()])

    def _place(self, row: stock.LocationRow) -> str:
        return f"{self.finder.title_of(row)}  {row.code}"

    def _say_post(self) -> None:
        self.post_button.set_words(_("Send") if self.on_the_way.value() else TEXT.post)


class TransitPage(PageBase):
    """What was sent and has not arrived; Enter opens one to receive it."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("In transit"), _("Sent by one place, not received by the other yet"))
        self.context = context
        columns = [
            Column("number", _("Number"), 140),
            Column("at", _("Sent at"), 150, kind=Kind.INSTANT),
            Column("purpose", _("To"), 160, stretch=True, value=self._target_word),
            Column("lines", _("Lines"), 80, kind=Kind.QTY),
            Column("by", _("Sent by"), 140),
        ]
        self.table = RowTable(columns, name=_("Goods in transit"), key="stock.transit")
        self.set_table(self.table)
        self.set_empty(
            _("Nothing is on its way"),
            _("A transfer that is sent only stands here until somebody receives it."),
            [(_("Transfer"), lambda: context.shell.go("stock.transfer"))],
            "transfer",
        )
        self.table.row_activated.connect(self._open)
        self.set_primary(_("Receive"), self._open_current, "receive")
        context.hub.watch(self, ("stock",), self.reload)
        self.finder = Finder(context, self)
        self.start_loading()
        self.finder.ready.connect(self.reload)

    def reload(self) -> None:
        """Ask again."""
        self.context.ops.ask(self, stock.list_in_transit, then=self.table.set_rows)

    def _open_current(self) -> None:
        row = self.table.current_row() or self.table.row_at(0)
        if row is not None:
            self._open(row)

    def _open(self, row: stock.TransitRow) -> None:
        self.context.ops.ask(
            self, stock.get_posting, posting_id=row.posting_id, then=lambda card: self._show_one(row, card)
        )

    def _show_one(self, row: stock.TransitRow, card: stock.PostingCard) -> None:
        panel = DetailPanel(row.number, self._target_word(row))
        language = self.context.language
        arrived = [line for line in card.lines if line.qty > 0]
        goods = [
            (
                line.item_name_en or line.item_name if language == "en" else line.item_name,
                f"{number_words(line.qty)} {self.finder.unit_word(line.unit)}",
            )
            for line in arrived
        ]
        panel.add_section(_("What is on its way"), Facts(goods))
        places = self.finder.usable_places()
        options = [(one.location_id, self.finder.title_of(one)) for one in places]
        place = Choice(_("Received at"), options, search=False)
        place.set_value(next((one.location_id for one in places if one.code == _target_code(row)), None))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(_("Received at"), "label"))
        column.addWidget(place)
        panel.add_widget(box)
        receive = Button(_("Receive"), lambda: self._receive(row, place), icon_name="receive", kind="primary", key="F9")
        panel.add_action(receive)
        panel.add_action(Button(_("Open"), lambda: self.context.shell.go("stock.posting", posting_id=row.posting_id)))
        self.post_current = lambda: self._receive(row, place)
        self.open_panel(panel, 400)
        receive.setFocus()

    post_current: Callable[[], None] | None = None

    def post(self) -> None:
        """F9: receive what the panel shows."""
        if self.panel() is not None and self.post_current is not None:
            self.post_current()

    def _target_word(self, row: stock.TransitRow) -> str:
        """Where it goes, by name; as it was written when the place is gone."""
        code = _target_code(row)
        return next((self.finder.title_of(one) for one in self.finder.places if one.code == code), row.purpose)

    def _receive(self, row: stock.TransitRow, place: Choice) -> None:
        place.set_required(True)
        if not place.check():
            return
        self.context.ops.do(
            self, stock.receive_transfer, posting_id=row.posting_id, to_location_id=place.value(),
            then=lambda posted: self._on_received(row, posted), failed=lambda error: place.set_error(error.text),
        )  # fmt: skip

    def _on_received(self, row: stock.TransitRow, posted: stock.Posted) -> None:
        self.close_panel()
        text = _n("{number}: {n} line received", "{number}: {n} lines received", row.lines, number=posted.number)
        self.context.shell.posted(Posted(text, {"posting_id": posted.posting_id}))
        self.reload()


def _target_code(row: stock.TransitRow) -> str:
    """The code of the place a transfer was sent to, as its purpose names it."""
    return row.purpose.removeprefix("\u2192").strip()
