"""What stands around the ledger: its guards in the database, document numbers, the journal, reservations."""

from __future__ import annotations

import re
from collections import defaultdict

from sqlalchemy import Connection, func, select

from core.costing import closing_faults
from core.i18n import _
from core.maintenance.steps.verify.findings import Findings
from core.maintenance.types import Area
from core.stock import PREFIXES
from core.values import from_micro
from db.base import table_of
from db.catalog import Item
from db.documents import NumberSeries
from db.enums import ReservationState
from db.guards import missing_guards
from db.journal import Journal
from db.sql import total
from db.stock import Location, Lot, Reservation, StockBalance, StockEntry, StockPosting

NUMBER = re.compile(r"([A-Z]+)-(\d{4})-(\d+)")


def check_around(sql: Connection, findings: Findings) -> None:
    """Guards, closed months, numbers, journal, reservations."""
    for name in missing_guards(sql):
        text = _("The database's guard {name} against changes of the ledger is missing or switched off.", name=name)
        findings.wrong(Area.GUARDS, text)
    for text in closing_faults(sql):
        findings.wrong(Area.GUARDS, text)
    _check_numbers(sql, findings)
    _check_journal(sql, findings)
    _check_reservations(sql, findings)


def _check_numbers(sql: Connection, findings: Findings) -> None:
    """Every number of a series is carried by a posting; a number without one is a posting that was deleted."""
    given: dict[tuple[str, int], list[int]] = defaultdict(list)
    rows = sql.execute(
        select(StockPosting.number).order_by(StockPosting.id),
        execution_options={"stream_results": True, "yield_per": 5000},
    )
    for number in rows.scalars():
        parts = NUMBER.fullmatch(number)
        if parts is None:
            findings.wrong(Area.NUMBERS, _("The number {number} was not given by this program.", number=number))
        else:
            given[parts[1], int(parts[2])].append(int(parts[3]))
    last = {(row.prefix, row.year): row.last for row in sql.execute(select(table_of(NumberSeries)))}
    for series in last:
        if series[0] in PREFIXES.values():
            given.setdefault(series, [])
    for (prefix, year), numbers in sorted(given.items()):
        noted = last.get((prefix, year), 0)
        missing = sorted(set(range(1, max([noted, *numbers]) + 1)) - set(numbers))
        for lost in missing:
            text = _("No posting carries the number {number}, which was given.", number=f"{prefix}-{year}-{lost:06d}")
            findings.wrong(Area.NUMBERS, text)
        if noted < max(numbers, default=0):
            text = _(
                "The last number of {series} is noted as {noted}, but {newest} is in use.",
                series=f"{prefix}-{year}", noted=noted, newest=max(numbers),
            )  # fmt: skip
            findings.wrong(Area.NUMBERS, text)


def _check_journal(sql: Connection, findings: Findings) -> None:
    rows = sql.execute(
        select(StockPosting.id, StockPosting.number)
        .outerjoin(Journal, Journal.request_id == StockPosting.request_id)
        .where(Journal.id.is_(None))
        .order_by(StockPosting.id)
        .limit(1000)
    )
    for row in rows:
        text = _("{number} stands in the ledger, but no operation of the log made it.", number=row.number)
        findings.wrong(Area.CHAIN, text, posting_id=row.id)


def _check_reservations(sql: Connection, findings: Findings) -> None:
    rows = sql.execute(
        select(
            Reservation.id,
            Reservation.item_id,
            Reservation.lot_id,
            Reservation.location_id,
            Reservation.qty,
            Item.code,
            Lot.item_id.label("item_of_lot"),
            Location.id.label("place"),
        )
        .outerjoin(Item, Item.id == Reservation.item_id)
        .outerjoin(Lot, Lot.id == Reservation.lot_id)
        .outerjoin(Location, Location.id == Reservation.location_id)
        .where(Reservation.state == ReservationState.OPEN)
    )
    promised: dict[int, int] = defaultdict(int)
    codes: dict[int, str] = {}
    for row in rows:
        promised[row.item_id] += row.qty
        codes[row.item_id] = row.code
        is_lost = row.code is None or (row.lot_id and row.item_of_lot != row.item_id)
        if is_lost or (row.location_id and row.place is None) or row.qty <= 0:
            text = _(
                "Reservation {reservation} names an item, lot, place or quantity that is not there.", reservation=row.id
            )
            findings.wrong(Area.RESERVATIONS, text, item_id=row.item_id)
    _check_promised(sql, promised, codes, findings)


def _check_promised(sql: Connection, promised: dict[int, int], codes: dict[int, str], findings: Findings) -> None:
    held = (
        select(StockBalance.item_id, total(StockBalance.qty).label("qty"))
        .where(StockBalance.item_id.in_(select(Reservation.item_id).where(Reservation.state == ReservationState.OPEN)))
        .group_by(StockBalance.item_id)
    )
    on_hand = {row.item_id: int(row.qty) for row in sql.execute(held)}
    for item_id, qty in sorted(promised.items()):
        have = on_hand.get(item_id, 0)
        if qty > have:
            text = _(
                "{item}: {promised} are reserved, but only {have} are on hand.",
                item=codes[item_id] or f"#{item_id}", promised=from_micro(qty), have=from_micro(max(have, 0)),
            )  # fmt: skip
            findings.odd(Area.RESERVATIONS, text, item_id=item_id)


def count_entries(sql: Connection) -> int:
    """How many entries the ledger has."""
    return int(sql.execute(select(func.count()).select_from(StockEntry)).scalar_one())
