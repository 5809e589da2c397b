"""Looking at the rules, as windows, the command line and schedules do it."""

from __future__ import annotations

from datetime import timedelta

from core.alerts.steps.look import look
from core.alerts.steps.rules import load_settings
from core.alerts.types.inbox import AlertPass
from core.registry import command
from core.uow import UnitOfWork


@command(None)
def check_alerts(uow: UnitOfWork, *, not_within: int = 0) -> AlertPass:
    """Look for alerts.

    Every rule that is on is looked at: new alerts are opened, those that last are brought up to date, those whose cause is
    gone are closed, and what is told over channels is queued. When somebody looked within the last `not_within` seconds
    nothing is done. The same moment looked at twice changes nothing the second time.
    """
    if not_within > 0:
        checked_at = load_settings(uow, lock=True).checked_at
        # A clock that was set back must not stop it for as long as it was ahead.
        if checked_at is not None and timedelta() <= uow.now - checked_at < timedelta(seconds=not_within):
            return AlertPass(skipped=True)
    return look(uow)
