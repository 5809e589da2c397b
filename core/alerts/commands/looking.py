"""Writing what a look at the rules found."""

from __future__ import annotations

from core.alerts.steps.settle import settle
from core.alerts.types.inbox import AlertPass
from core.alerts.types.looking import AlertReading
from core.registry import command
from core.uow import UnitOfWork


@command(None)
def check_alerts(uow: UnitOfWork, *, reading: AlertReading) -> AlertPass:
    """Look for alerts.

    Writes what `find_alert_causes` read: new alerts are opened, those that last are brought up to date, those whose cause is
    gone are closed, and what is told over channels is queued. Nothing is written, and the answer is `skipped`, when somebody
    else wrote a look or changed a rule since it was read; what people said of an alert since then stays. Use
    `look_for_alerts`, which reads again then.
    """
    return settle(uow, reading)
