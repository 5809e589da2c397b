"""The first page on the large sample: 1,000,000 entries over 100,000 items, against the driver alone with its statements."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from core import alerts, reports
from core.office import Office
from tests.bench.bare import driver_alone, recorded
from tests.bench.figures import Figure, milliseconds
from tests.bench.large import large_sample

GOAL = 500


def run() -> list[Figure]:
    """Figures and work, the month's budget asked beside them, and the alerts by urgency. Needs `make demo`."""
    site = large_sample()
    with Office.open(str(site), station="bench") as office:
        office.sign_in_as_system()
        return [
            _figure(site, office, "today: figures and work", reports.get_today),
            _figure(site, office, "today: the month's budget", reports.get_today_budget),
            _figure(site, office, "today: alerts by urgency", alerts.list_alert_groups),
        ]


def _figure(site: Path, office: Office, name: str, query: Callable[..., Any]) -> Figure:
    taken = milliseconds(lambda: office.ask(query), 5)
    with recorded(office._reader) as statements:
        office.ask(query)
    asked = [one for one in statements if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    with driver_alone(str(site)) as send:
        bare = min(send(asked) for _time in range(3))
    return Figure(name, taken, bare, GOAL)
