"""The program looks for alerts and sends what is due by itself while somebody is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.context import AppContext
from desktop.shell.passes import Pace, Passes, Stop

if TYPE_CHECKING:
    from core.alerts import AlertRun

LANE = "alerts"
CAUSES = (
    "stock", "count", "lot", "item", "order", "supplier", "location", "schedule", "month", "budget", "alert_rule",
)  # fmt: skip
SENT = ("alert_message", "alert", "alert_rule")
LOOK_PACE = Pace(every_ms=300_000, pause_s=60.0, rest=50.0)
"""A look that takes a second is not taken again within fifty: looking never takes more of the database than that."""


class Looking(Passes):
    """A look at the rules every five minutes, and soon after something changed, unless another program has just looked."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(context, owner, self._look_for_alerts, CAUSES, LANE, LOOK_PACE)

    def _look_for_alerts(self, office: Any, _stop: Stop) -> bool:
        from core import alerts  # on the thread that looks: it takes a moment when it is the first to need it

        return not alerts.look_for_alerts(office, not_within=int(self.pause_s) - 1).skipped


class SendingAlerts(Passes):
    """Sends what is due over the channels of alerts."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(context, owner, _send_due, SENT, LANE)


def _send_due(office: Any, stop: Stop) -> AlertRun:
    from core import alerts

    return alerts.send_due_alerts(office, stop=stop)
