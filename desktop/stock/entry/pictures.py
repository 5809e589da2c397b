"""The forms with something in them, for the pictures of the tour: filled from the newest postings of the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from core import catalog, stock
from core.errors import CoreError
from core.office import Office
from core.words import LocationKind, PostingKind
from desktop.shell.registry import Variant
from desktop.stock.entry.finder import Picked, goods_of
from desktop.stock.entry.lines import EntryLine, Goods, line_to_draft
from desktop.stock.entry.page import EntryPage
from desktop.stock.entry.production import MADE
from desktop.stock.entry.transfer import TransitPage
from desktop.stock.entry.waste_page import WastePage

Read = Callable[[Office], dict[str, Any]]
MOST_LINES = 8


def newest_card(office: Office, kind: PostingKind) -> stock.PostingCard | None:
    """The newest posting of a kind with its lines."""
    rows = office.ask(stock.list_postings, kinds=(kind,), limit=1)
    return office.ask(stock.get_posting, posting_id=rows[0].posting_id) if rows else None


def newest(kind: PostingKind) -> Callable[[Office], Mapping[str, object]]:
    """Its id, for a page that shows one."""

    def find(office: Office) -> Mapping[str, object]:
        card = newest_card(office, kind)
        return {"posting_id": card.row.posting_id if card else 0}

    return find


def lines_of(name: str, read: Read) -> Variant:
    """A form with lines; `read` says what a draft of it would hold."""
    kept: dict[str, Any] = {}

    def find(office: Office) -> Mapping[str, object]:
        kept["body"] = read(office)
        return {}

    def fill(page: QWidget) -> None:
        form = cast(EntryPage, page)
        form.restore_draft(kept["body"])
        form.forget_draft()

    return Variant(name, find_args=find, prepare=fill)


def refused_issue() -> Variant:
    """An issue whose second line is more than there is, with the sentence of the core at it."""
    kept: dict[str, Any] = {}

    def find(office: Office) -> Mapping[str, object]:
        lines = _lines(office, PostingKind.ISSUE, lambda row: row.qty < 0)
        lines = [*lines[:1], *_more_than_here(office), *lines[1:2]]
        kept["body"] = {"lines": [line_to_draft(line) for line in lines]}
        try:
            office.do(stock.issue_goods, lines=tuple(line.new_line(row) for row, line in enumerate(lines, start=1)))
        except CoreError as error:
            kept["error"] = error
        return {}

    def fill(page: QWidget) -> None:
        form = cast(EntryPage, page)
        form.restore_draft(kept["body"])
        if "error" in kept:
            form.refuse(kept["error"])
        form.forget_draft()

    return Variant("refused", find_args=find, prepare=fill)


def issue(office: Office) -> dict[str, Any]:
    """The newest issue."""
    lines = _lines(office, PostingKind.ISSUE, lambda row: row.qty < 0)
    return {"lines": [line_to_draft(line) for line in lines]}


def waste(office: Office) -> dict[str, Any]:
    """The newest waste as an evening's sheet."""
    lines = _lines(office, PostingKind.WASTE, lambda row: row.qty < 0)
    return {"lines": [line_to_draft(line) for line in lines]}


def adjustment(office: Office) -> dict[str, Any]:
    """The newest waste taken for an adjustment down."""
    lines = _lines(office, PostingKind.WASTE, lambda row: row.qty < 0)
    return {"lines": [line_to_draft(replace(line, qty=-line.qty, reason="")) for line in lines]}


def transfer(office: Office) -> dict[str, Any]:
    """The newest transfer between shelves."""
    places = {row.location_id: row for row in office.ask(stock.list_locations)}
    for row in office.ask(stock.list_postings, kinds=(PostingKind.TRANSFER,), limit=50):
        card = office.ask(stock.get_posting, posting_id=row.posting_id)
        if all(places[line.location_id].kind is not LocationKind.TRANSIT for line in card.lines):
            target = next(line.location_id for line in card.lines if line.qty > 0)
            lines = [_line(line) for line in card.lines if line.qty < 0][:MOST_LINES]
            return {"lines": [line_to_draft(line) for line in lines], "head": {"to_location": target}}
    return {"lines": []}


def production(office: Office) -> dict[str, Any]:
    """The newest production."""
    card = newest_card(office, PostingKind.PRODUCTION_IN)
    rows = card.lines if card else ()
    lines = [replace(_line(row), side=MADE if row.qty > 0 else "") for row in rows]
    return {"lines": [line_to_draft(line) for line in lines]}


def filled_waste() -> Variant:
    """Two of what was wasted last, reason 3, with its cost on the button."""
    kept: dict[str, Goods] = {}

    def find(office: Office) -> Mapping[str, object]:
        card = newest_card(office, PostingKind.WASTE)
        if card is not None:
            found = office.ask(catalog.find_item, code=card.lines[0].item_code)
            kept.update({"goods": goods_of(found)} if found is not None else {})
        return {}

    def fill(page: QWidget) -> None:
        pad = cast(WastePage, page).pad
        if "goods" in kept:
            pad.start()
            pad.take(Picked(kept["goods"]))
            pad.item.keypad.press("2")
            pad.why.grid.press_digit("3")

    return Variant("filled", find_args=find, prepare=fill)


def open_transit() -> Variant:
    """The first transfer on its way, opened."""
    return Variant("open", prepare=lambda page: cast(TransitPage, page).primary())


def _more_than_here(office: Office) -> list[EntryLine]:
    """Goods that lie at two places, one more of them than lies at the emptier one."""
    held: dict[int, list[stock.OnHandRow]] = {}
    for row in office.ask(stock.list_on_hand):
        if not row.lot_id and row.qty > 0:
            held.setdefault(row.item_id, []).append(row)
    for rows in held.values():
        rows.sort(key=lambda row: row.qty)
        if len(rows) > 1 and rows[-1].qty > rows[0].qty + 1:
            goods = Goods(rows[0].item_id, rows[0].item_code, rows[0].item_name, rows[0].item_name_en, rows[0].unit)
            return [EntryLine(0, goods, rows[0].qty + 1, rows[0].unit, place_id=rows[0].location_id)]
    return []


def _lines(office: Office, kind: PostingKind, wanted: Callable[[stock.EntryRow], bool]) -> list[EntryLine]:
    card = newest_card(office, kind)
    return [_line(row) for row in card.lines if wanted(row)][:MOST_LINES] if card else []


def _line(row: stock.EntryRow) -> EntryLine:
    goods = Goods(row.item_id, row.item_code, row.item_name, row.item_name_en, row.unit)
    return EntryLine(
        0, goods, abs(row.qty), row.unit, lot=row.lot, place_id=row.location_id, reason=row.reason, note=row.note
    )


POSTINGS = tuple(
    Variant(str(kind), find_args=newest(kind))
    for kind in (PostingKind.RECEIPT, PostingKind.WASTE, PostingKind.TRANSFER, PostingKind.PRODUCTION_IN)
)
