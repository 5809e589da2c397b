"""Figures out of pattern: how long a week takes with a million entries, what share of planted oddities is found, and how many
alarms are false."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

from core import alerts
from core.alerts import Unusual, UnusualKind
from core.clock import FixedClock
from core.office import Office
from tests.bench.figures import Figure, milliseconds
from tests.bench.ledger import FOLDER, bring_up_to_date
from tests.bench.unusual_history import (
    COUNT_KINDS,
    COUNTED_EVERY,
    DAILY,
    DAYS,
    ITEMS,
    KINDS,
    LAST,
    LOOKED,
    OFTEN,
    Plan,
    make_history,
    make_plan,
)

GOAL = 3_000.0
SEED = 7
TOLD_BY = {
    "wasted": UnusualKind.WASTE,
    "price of another unit": UnusualKind.PRICE,
    "price up 40 %": UnusualKind.PRICE,
    **dict.fromkeys(COUNT_KINDS, UnusualKind.COUNT),
}
FIRST = LAST - timedelta(days=LOOKED - 1)


def _site() -> tuple[str, Plan]:
    path = FOLDER / f"unusual-counted-{ITEMS}.db"
    if path.exists():
        bring_up_to_date(path)
        return str(path), make_plan(random.Random(SEED))
    FOLDER.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    for leftover in FOLDER.glob(f"{fresh.name}*"):
        leftover.unlink()
    print(f"making {path} ...", flush=True)
    plan = make_history(fresh, SEED)
    fresh.replace(path)
    return str(path), plan


def _number(day: date) -> int:
    return DAYS - 1 - (LAST - day).days


def _belongs(one: Unusual, plan: Plan) -> str:
    """Which planted oddity a finding is: its item and kind, on the day or in the week after it."""
    for kind in KINDS:
        day = plan.at(kind, one.item_id)
        if (
            day >= 0
            and TOLD_BY.get(kind, UnusualKind.USAGE) is one.kind
            and -COUNTED_EVERY < _number(one.day) - day <= 6
        ):
            return kind
    return ""


def _measure(office: Office, plan: Plan) -> list[str]:
    found: dict[str, set[int]] = defaultdict(set)
    false: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for week in range(LOOKED // 7):
        start = FIRST + timedelta(days=7 * week)
        for one in office.ask(alerts.find_unusual, start=start, end=start + timedelta(days=6)):
            kind = _belongs(one, plan)
            if kind:
                found[kind].add(one.item_id)
            else:
                false[one.kind].add((one.item_id, week))
    weeks = ITEMS * LOOKED // 7
    lines = [f"unusual: found {kind:24} {len(found[kind]):3} of {len(plan.planted[kind])}" for kind in KINDS]
    together = sum(len(one) for one in found.values()) / sum(len(one) for one in plan.planted.values())
    lines.append(f"unusual: found together             {together:.1%}")
    for kind in UnusualKind:
        lines.append(f"unusual: false alarms {kind:8} {1000 * len(false[kind]) / weeks:8.3f} per 1,000 item-weeks")
    counted = (DAILY + OFTEN) * LOOKED // COUNTED_EVERY
    lines.append(
        f"unusual: false alarms of counts {1000 * len(false[UnusualKind.COUNT]) / counted:8.3f} per 1,000 lines counted"
    )
    everything = set().union(*false.values()) if false else set()
    lines.append(
        f"unusual: false alarms together {1000 * len(everything) / weeks:8.3f} per 1,000 item-weeks ({weeks:,})"
    )
    return lines


def run() -> list[Figure]:
    """A week of 10,000 items; then what was found of what is known to be there."""
    site, plan = _site()
    clock = FixedClock(datetime.combine(LAST + timedelta(days=1), datetime.min.time(), UTC))
    with Office.open(site, station="bench", clock=clock) as office:
        office.sign_in_as_system()
        week = LAST - timedelta(days=6)
        taken = milliseconds(lambda: office.ask(alerts.find_unusual, start=week, end=LAST), 3)
        one = milliseconds(lambda: office.ask(alerts.find_unusual, start=LAST), 3)
        print("\n".join(_measure(office, plan)), flush=True)
    return [
        Figure("unusual: a week of 10,000 items", taken, goal=GOAL, note="a million entries"),
        Figure("unusual: one day", one, goal=GOAL),
    ]
