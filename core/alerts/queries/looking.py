"""Reading what the rules find."""

from __future__ import annotations

from core.alerts.steps.look import read_causes
from core.alerts.types.looking import AlertReading
from core.registry import query
from core.uow import UnitOfWork


@query(None)
def find_alert_causes(uow: UnitOfWork, *, not_within: int = 0) -> AlertReading:
    """What every rule that is on finds now, held against the live alerts; the whole site, whoever is signed in.

    When somebody looked within the last `not_within` seconds nothing is read (`is_recent`). It takes as long as it takes:
    nobody who posts waits for it. `check_alerts` writes it.
    """
    return read_causes(uow, not_within=not_within)
