"""A look at the rules: read first, which may take long and stops nobody, then written briefly."""

from __future__ import annotations

from core.alerts.commands.looking import check_alerts
from core.alerts.queries.looking import find_alert_causes
from core.alerts.sending.run import Caller
from core.alerts.types.inbox import AlertPass
from core.alerts.types.looking import AlertReading

MOST_READINGS = 5


def look_for_alerts(caller: Caller, *, not_within: int = 0) -> AlertPass:
    """Look at every rule that is on: open, bring up to date and close alerts, and answer what came of it.

    Several programs may do so at once: each alert is opened and told once. What was read while another program wrote, or
    while a rule was changed, is not written but read again. `skipped` when somebody looked within the last `not_within`
    seconds. The same moment looked at twice changes nothing the second time. Raises Unavailable when the database is away.
    """
    for _reading in range(MOST_READINGS):
        reading: AlertReading = caller.ask(find_alert_causes, not_within=not_within)
        if reading.is_recent:
            break
        found: AlertPass = caller.do(check_alerts, reading=reading)
        if not found.skipped:
            return found
    return AlertPass(skipped=True)
