"""Looking for alerts on the large sample site (100,000 items, 1,000,000 entries), against the bare SQL of the same look; and
the worst day: 10,000 items below their safety stock at once, each told over a channel."""

from __future__ import annotations

import shutil
import time
from decimal import Decimal
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from core import alerts
from core.alerts import AlertPass, ChannelEdit, check_alerts, find_alert_causes
from core.office import Office
from core.registry import command
from core.uow import UnitOfWork
from db.alerts import AlertRule
from db.catalog import Item, StockPolicy
from db.enums import AlertKind, ChannelKind
from tests.bench.bare import driver_alone, recorded
from tests.bench.figures import Figure, milliseconds
from tests.bench.ledger import FOLDER, bring_up_to_date

LARGE = Path("build/demo-large.db")
ITEMS = 10_000
GOAL = 5_000.0


@command(None)
def make_many_short(uow: UnitOfWork, *, channel_id: int) -> int:
    """Give 10,000 items a safety stock nobody has, all others none, and tell of it over a channel."""
    ids = uow.sql.execute(select(Item.id).where(Item.is_active).order_by(Item.id).limit(ITEMS)).scalars().all()
    uow.sql.execute(delete(StockPolicy))
    rows = [{"item_id": key, "location_id": 0, "safety": Decimal(900_000), "version": 1} for key in ids]
    uow.sql.execute(insert(StockPolicy), rows)
    told = update(AlertRule).where(AlertRule.kind == AlertKind.BELOW_SAFETY).values(channels=[channel_id])
    uow.sql.execute(told)
    return len(ids)


def run() -> list[Figure]:
    """The first look, one that finds nothing new, the worst day, and reading the inbox. Needs `make demo`."""
    site = FOLDER / "alerts.db"
    FOLDER.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(LARGE, site)
    bring_up_to_date(site)
    with Office.open(str(site), station="bench") as office:
        office.sign_in_as_system()
        first, _kept, opened = _timed(office)
        with recorded(office._reader) as statements:
            office.ask(find_alert_causes)
        with driver_alone(str(site)) as send:
            bare = min(send([one for one in statements if not _writes(one[0])]) for _time in range(3))
        again, kept, _found = min((_timed(office) for _time in range(3)), key=lambda timed: timed[0])
        channel_id = office.do(alerts.save_channel, new=ChannelEdit(ChannelKind.SLACK, "bench"))
        items = office.do(make_many_short, channel_id=channel_id)
        worst, worst_kept, all_opened = _timed(office)
        told = milliseconds(lambda: office.ask(alerts.count_alerts))
        listed = milliseconds(lambda: office.ask(alerts.list_alerts))
        started = time.perf_counter()
        office.do(alerts.take_message, channel_id=channel_id, holder="bench")
        taken = (time.perf_counter() - started) * 1000
    return [
        Figure("alerts: first look", first, bare, GOAL, f"{opened.opened} opened"),
        Figure("alerts: nothing new", again, bare, GOAL, f"{opened.live} live"),
        Figure("alerts: of that, others wait for", kept),
        Figure("alerts: 10,000 items below at once", worst, None, GOAL, f"{all_opened.opened} opened, {items} items"),
        Figure("alerts: of that, others wait for", worst_kept),
        Figure("alerts: one message of all of them", taken),
        Figure("alerts: the bell", told),
        Figure("alerts: the inbox", listed),
    ]


def _writes(statement: str) -> bool:
    return statement.lstrip().split(" ", 1)[0].upper() in ("INSERT", "UPDATE", "DELETE")


def _timed(office: Office) -> tuple[float, float, AlertPass]:
    """Milliseconds of a whole look, and of its writing alone: how long somebody who posts waits at the most."""
    started = time.perf_counter()
    reading = office.ask(find_alert_causes)
    read = time.perf_counter()
    found = office.do(check_alerts, reading=reading)
    ended = time.perf_counter()
    return (ended - started) * 1000, (ended - read) * 1000, found
