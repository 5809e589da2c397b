"""What a person says about alerts: seen, later, not yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from core.alerts.rules.life import after, check_until
from core.alerts.steps.deliveries import drop_deliveries
from core.alerts.steps.inbox import HISTORY, A, fetch_seen, mark_read
from core.errors import InvalidInput
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.enums import AlertEvent, AlertState
from db.sql import chunks

LONGEST_NOTE = 200


@command(None)
def acknowledge_alerts(uow: UnitOfWork, *, ids: Sequence[int], note: str = "") -> int:
    """Acknowledge alerts.

    Somebody has seen them and does what is needed: the bell counts them no more, and what was not told elsewhere yet is not
    told. They close by themselves when their cause is gone, and come back when it becomes more urgent. Answers how many
    changed. Raises NotFound for alerts this person is not told of, Refused for one that is over.
    """
    return _decide(uow, ids, AlertEvent.ACKNOWLEDGED, note=note)


@command(None)
def snooze_alerts(uow: UnitOfWork, *, ids: Sequence[int], until: datetime, note: str = "") -> int:
    """Snooze alerts.

    Until then the bell counts them no more; if their cause still lasts they are told again. Answers how many changed.
    Raises InvalidInput for a time that is past or more than 90 days ahead, NotFound, Refused for one that is over.
    """
    check_until(until, uow.now)
    return _decide(uow, ids, AlertEvent.SNOOZED, note=note, until=until)


@command(None)
def reopen_alerts(uow: UnitOfWork, *, ids: Sequence[int]) -> int:
    """Take an acknowledgement or a rest of alerts back.

    They stand open again, without being told again elsewhere. Answers how many changed. Raises NotFound, Refused for one
    that is over or open.
    """
    return _decide(uow, ids, AlertEvent.REOPENED)


@command(None)
def mark_alerts_read(uow: UnitOfWork, *, ids: Sequence[int]) -> int:
    """Mark alerts as read.

    For this person only. Answers how many there were. Raises NotFound for alerts this person is not told of.
    """
    rows = fetch_seen(uow, ids)
    mark_read(uow, rows)
    return len(rows)


def _decide(
    uow: UnitOfWork, ids: Sequence[int], event: AlertEvent, *, note: str = "", until: datetime | None = None
) -> int:
    words = " ".join(note.split())
    if len(words) > LONGEST_NOTE:
        raise InvalidInput(_("A note has at most {most} letters.", most=LONGEST_NOTE), field="note")
    rows = fetch_seen(uow, ids, lock=True)
    state = [after(AlertState(row.state), event) for row in rows]
    values: dict[str, Any] = {
        "snoozed_until": until, "decided_by": uow.actor.person_id, "decided_at": uow.now, "note": words,
    }  # fmt: skip
    changed = [row.id for row in rows]
    for part in chunks(changed):
        uow.sql.execute(update(A).where(A.c.id.in_(part)).values(state=state[0], **values))
    history = [
        {
            "alert_id": key, "at": uow.now, "event": str(event), "person_id": uow.actor.person_id, "until": until,
            "note": words,
        }
        for key in changed
    ]  # fmt: skip
    if history:
        uow.sql.execute(insert(HISTORY), history)
    if event is not AlertEvent.REOPENED:
        drop_deliveries(uow, changed)
        mark_read(uow, rows)
    uow.note(alerts=len(changed))
    return len(changed)
