"""Counts and scans: a sheet opens its count, scanned goods can be counted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core import counting
from core.counting import CountRow
from core.devices import OwnKind, Scan
from core.i18n import _
from core.words import CountState, Permission
from desktop.context import AppContext
from desktop.shell.registry import ScanFinder, ShellRegistry, Thing, ThingAction, ThingsFound

OPEN = (CountState.COUNTING, CountState.TO_RESOLVE)


def register_scans(registry: ShellRegistry) -> None:
    """Bring what counting finds by a scan, and what it does with goods."""
    registry.add_finder(ScanFinder("counting.counts", Permission.COUNT_ENTER, find_counts))
    registry.add_thing_action(
        ThingAction(
            "counting.open", frozenset({"count"}), _("Open the count"), Permission.COUNT_ENTER, _open, "count", 10
        )
    )
    registry.add_thing_action(
        ThingAction("counting.count", frozenset({"item"}), _("Count"), Permission.COUNT_ENTER, _count, "count", 45)
    )


def find_counts(context: AppContext, owner: QWidget, scan: Scan, found: ThingsFound) -> None:
    """The count whose sheet carries this number."""
    own = scan.own
    number = (own.value if own is not None else scan.code).strip().upper()
    is_about = number.startswith(counting.PREFIX) and (own is None or own.kind is OwnKind.DOCUMENT)

    def take(count_id: int | None) -> None:
        found([] if count_id is None else [Thing("count", count_id, number, "", number, "count")])

    if is_about:
        context.ops.ask(owner, counting.find_count, number=number, then=take, failed=lambda _error: found([]))
    else:
        found([])


def _open(context: AppContext, thing: Thing, _scan: Scan) -> None:
    context.shell.go("stock.count", count_id=thing.id)


def _count(context: AppContext, _thing: Thing, scan: Scan) -> None:
    """Into the count that is open; without one, or with several, the list of counts lets the person choose."""
    scans = context.scans

    def take(rows: list[CountRow]) -> None:
        if len(rows) == 1 and scans is not None:
            scans.hand_to("stock.count", scan, count_id=rows[0].id)
        else:
            context.shell.go("stock.counts")

    context.ops.ask(context.hub, counting.list_counts, states=OPEN, then=take, key="scanned")
