"""The detective on planted mistakes: how often the right one stands in the first place, how often a clean line is accused, and
how long one takes."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from core import counting, detective
from core.clock import FixedClock
from core.detective import Case
from core.identity import NewSite
from core.office import Office
from core.sites import create_site
from db.enums import CostMethod
from tests.bench.detective_store import BEGIN, EACH, EXPECTED, MISTAKES, Store, make_store
from tests.bench.figures import Figure, milliseconds
from tests.bench.ledger import PASSWORD

GOAL = 300.0


def _tally(store: Store, cases: dict[int, list[Case]], clean: list[Case]) -> list[str]:
    first: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    for item, several in cases.items():
        mistake = store.mistake[item]
        wanted = EXPECTED[mistake]
        first[mistake] += any(case.findings and case.findings[0].kind in wanted for case in several)
        listed[mistake] += any(one.kind in wanted for case in several for one in case.findings)
    lines = [f"detective: {one:32} first {first[one]:3} listed {listed[one]:3} of {EACH}" for one in MISTAKES]
    whole = EACH * len(MISTAKES)
    lines.append(
        f"detective: in the first place {sum(first.values()) / whole:.1%}, listed {sum(listed.values()) / whole:.1%}"
    )
    likely = [case for case in clean if case.findings and case.findings[0].is_likely]
    named = [case for case in clean if case.findings]
    share = len(likely) / max(len(clean), 1)
    lines.append(
        f"detective: clean lines that differ {len(clean)}: told a likely cause {len(likely)} ({share:.1%}), any {len(named)}"
    )
    kinds = Counter(case.findings[0].kind for case in likely)
    lines.append(f"detective: falsely accused {dict(kinds)}")
    return lines


def run() -> list[Figure]:
    """Make the store, look into every difference of its count."""
    with tempfile.TemporaryDirectory() as folder:
        site, clock = str(Path(folder) / "store.db"), FixedClock(BEGIN - timedelta(days=1))
        new = NewSite("Bench", "CNY", "Asia/Shanghai", "en", CostMethod.FIFO, "Admin", PASSWORD)
        create_site(site, new, clock=clock)
        with Office.open(site, station="bench", clock=clock) as office:
            office.sign_in_as_system()
            store, count = make_store(office, clock, 11)
            rows = office.ask(counting.get_count_review, count_id=count).rows
            cases: dict[int, list[Case]] = {item: [] for item in store.mistake}
            clean = []
            for row in rows:
                if not row.difference:
                    continue
                case = office.ask(detective.investigate, count_line_id=row.id)
                cases[row.item_id].append(case) if row.item_id in store.mistake else clean.append(case)
            print("\n".join(_tally(store, cases, clean)), flush=True)
            one = milliseconds(lambda: office.ask(detective.investigate, count_line_id=rows[0].id))
            odd = milliseconds(lambda: office.ask(detective.list_odd), 3)
    return [Figure("detective: one difference", one, goal=GOAL), Figure("detective: list of odd lines", odd)]
