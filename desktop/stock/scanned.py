"""Stock and scans: places, lots and postings found by their codes, and what can be done with goods that were scanned."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from core import stock
from core.devices import OwnKind, Scan
from core.i18n import Text, _
from core.words import Permission as P
from desktop.context import AppContext
from desktop.shell.registry import ScanFinder, ShellRegistry, Thing, ThingAction, ThingsFound
from desktop.shell.scans import codes_of
from desktop.widgets import date_words, number_words

ITEM, LOT, PLACE, POSTING = (frozenset({one}) for one in ("item", "lot", "location", "document"))
GOODS = ITEM | LOT


def register_scans(registry: ShellRegistry) -> None:
    """Bring what stock finds by a scan, and what it does with what is found."""
    for name, find in (("stock.places", find_places), ("stock.lots", find_lots), ("stock.postings", find_postings)):
        registry.add_finder(ScanFinder(name, P.STOCK_VIEW, find))
    for action in (
        _into("stock.waste", _("Waste"), P.STOCK_WASTE, "waste", 30),
        _into("stock.transfer", _("Transfer"), P.STOCK_TRANSFER, "transfer", 40),
        _into("stock.issue", _("Issue"), P.STOCK_ISSUE, "issue", 50),
        ThingAction("stock.open_lot", LOT, _("Open the lot"), P.STOCK_VIEW, _go("stock.lots", "lot_id"), "lot", 10),
        ThingAction("stock.trace", LOT, _("Trace the lot"), P.STOCK_VIEW, _go("stock.trace", "lot_id"), "link", 60),
        ThingAction(
            "stock.open_place",
            PLACE,
            _("Open the place"),
            P.STOCK_VIEW,
            _go("stock.places", "location_id"),
            "location",
            10,
        ),
        ThingAction(
            "stock.open_posting", POSTING, _("Open"), P.STOCK_VIEW, _go("stock.posting", "posting_id"), "file", 10
        ),
    ):
        registry.add_thing_action(action)


def _into(route: str, title: Text, permission: P, icon: str, order: int) -> ThingAction:
    """Show a form and give it the scan."""

    def run(context: AppContext, _thing: Thing, scan: Scan) -> None:
        if context.scans is not None:
            context.scans.hand_to(route, scan)

    return ThingAction(f"{route}.scan", ITEM, title, permission, run, icon, order)


def _go(route: str, key: str) -> Callable[[AppContext, Thing, Any], None]:
    def run(context: AppContext, thing: Thing, _scan: Scan) -> None:
        args: dict[str, object] = {key: thing.id}
        context.shell.go(route, **args)

    return run


def _is_about(scan: Scan, *kinds: OwnKind) -> bool:
    """Whether a code can stand for such a thing: goods' numbers never do, codes of our own say it themselves."""
    return scan.own.kind in kinds if scan.own is not None else not scan.gtin


def find_places(context: AppContext, owner: QWidget, scan: Scan, found: ThingsFound) -> None:
    """The place with this code."""
    wanted = {code.casefold() for code in codes_of(scan)}

    def take(rows: list[stock.LocationRow]) -> None:
        fitting = [row for row in rows if row.code.casefold() in wanted]
        found([_place(context, row) for row in fitting])

    if _is_about(scan, OwnKind.LOCATION):
        context.ops.ask(owner, stock.list_locations, then=take, failed=lambda _error: found([]))
    else:
        found([])


def _place(context: AppContext, row: stock.LocationRow) -> Thing:
    title = _name(context, row.name, row.name_en)
    return Thing("location", row.location_id, title, row.code, row.code, "location")


def find_lots(context: AppContext, owner: QWidget, scan: Scan, found: ThingsFound) -> None:
    """The lots with this number, when the code says nothing of goods."""

    def take(rows: list[stock.LotRow]) -> None:
        found([_lot(context, row) for row in rows[:4]])

    if _is_about(scan, OwnKind.LOT) and codes_of(scan):
        number = codes_of(scan)[0]
        context.ops.ask(owner, stock.find_lots, number=number, then=take, failed=lambda _error: found([]))
    else:
        found([])


def _lot(context: AppContext, row: stock.LotRow) -> Thing:
    told = [_name(context, row.item_name, row.item_name_en), f"{number_words(row.qty)} {row.unit}"]
    if row.expires_on is not None:
        told.append(date_words(row.expires_on))
    title = context.words(_("Lot {lot}", lot=row.number))
    return Thing("lot", row.lot_id, title, " · ".join(told), row.number, "lot")


def find_postings(context: AppContext, owner: QWidget, scan: Scan, found: ThingsFound) -> None:
    """The posting with this number on its slip."""

    def take(number: str, posting_id: int | None) -> None:
        found([Thing("document", posting_id, number, "", number, "file")] if posting_id is not None else [])

    if _is_about(scan, OwnKind.DOCUMENT) and codes_of(scan):
        number = codes_of(scan)[0]
        then = partial(take, number)
        context.ops.ask(owner, stock.find_posting, number=number, then=then, failed=lambda _error: found([]))
    else:
        found([])


def _name(context: AppContext, name: str, name_en: str) -> str:
    return (name_en or name) if context.language == "en" else name
