"""Requests and scans: a slip opens its request, scanned goods can be asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core import purchasing
from core.devices import OwnKind, Scan
from core.i18n import _
from core.purchasing import RequestRow
from core.words import Permission, word
from desktop.context import AppContext
from desktop.shell.registry import (
    Found,
    Hit,
    PaletteProvider,
    ScanFinder,
    ShellRegistry,
    Thing,
    ThingAction,
    ThingsFound,
)

ROUTE = "purchasing.requests"
PREFIX = "PR-"
LEAST_LETTERS, MOST_FOUND, MOST_LOOKED_AT = 2, 5, 200


def register_scans(registry: ShellRegistry) -> None:
    """Bring what is found by a scan, and what is done with goods."""
    registry.add_finder(ScanFinder("purchasing.requests", Permission.PURCHASE_REQUEST, find_requests))
    registry.add_provider(PaletteProvider("purchasing.requests", Permission.PURCHASE_REQUEST, find_by_words))
    registry.add_thing_action(
        ThingAction(
            "purchasing.open_request",
            frozenset({"request"}),
            _("Open the request"),
            Permission.PURCHASE_REQUEST,
            lambda context, thing, _scan: context.shell.go(ROUTE, purchase_request_id=thing.id),
            "edit",
            10,
        )
    )
    registry.add_thing_action(
        ThingAction(
            "purchasing.ask_for",
            frozenset({"item"}),
            _("Ask for it"),
            Permission.PURCHASE_REQUEST,
            lambda context, thing, _scan: context.shell.go(ROUTE, item_id=thing.id),
            "edit",
            65,
        )
    )


def find_requests(context: AppContext, owner: QWidget, scan: Scan, found: ThingsFound) -> None:
    """The request whose slip carries this number."""
    own = scan.own
    number = (own.value if own is not None else scan.code).strip().upper()
    is_about = number.startswith(PREFIX) and (own is None or own.kind is OwnKind.DOCUMENT)

    def take(request_id: int | None) -> None:
        found([] if request_id is None else [Thing("request", request_id, number, "", number, "edit")])

    if is_about:
        context.ops.ask(
            owner, purchasing.find_request, number=number, then=take, failed=lambda _error: found([]), key="request"
        )
    else:
        found([])


def find_by_words(context: AppContext, owner: QWidget, text: str, found: Found) -> None:
    """Requests for the palette: by number or department, the newest first."""
    letters = text.strip().casefold()

    def take(rows: list[RequestRow]) -> None:
        fitting = [row for row in rows if letters in f"{row.number} {row.department}".casefold()]
        found([_hit(context, row, letters) for row in fitting[:MOST_FOUND]])

    if len(letters) < LEAST_LETTERS:
        found([])
        return
    context.ops.ask(
        owner,
        purchasing.list_requests,
        limit=MOST_LOOKED_AT,
        then=take,
        failed=lambda _error: found([]),
        key="requests",
    )


def _hit(context: AppContext, row: RequestRow, letters: str) -> Hit:
    note = " · ".join(part for part in (row.department, context.words(word(row.state))) if part)
    return Hit(
        row.number, lambda: context.shell.go(ROUTE, purchase_request_id=row.id), note, "edit",
        context.words(_("Requests")), 80.0 if row.number.casefold() == letters else 45.0,
    )  # fmt: skip
