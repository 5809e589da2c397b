"""What a person says about messages of alerts."""

from __future__ import annotations

from sqlalchemy import update

from core.alerts.rules.outbox import MessageEvent
from core.alerts.steps.messages import M, fetch_message, move
from core.registry import command
from core.uow import UnitOfWork
from db.enums import MessageState, Permission


@command(Permission.ALERT_EDIT)
def resend_message(uow: UnitOfWork, *, message_id: int) -> None:
    """Send a message of alerts again.

    One that was refused, or of which a person knows that it did not arrive. Raises Refused with where it stands, NotFound.
    """
    _decide(uow, message_id, MessageEvent.SEND_AGAIN)


@command(Permission.ALERT_EDIT)
def confirm_message(uow: UnitOfWork, *, message_id: int) -> None:
    """Say that a message of alerts arrived.

    For one of which nobody knew whether it left. Raises Refused with where it stands, NotFound.
    """
    _decide(uow, message_id, MessageEvent.IT_ARRIVED)


@command(Permission.ALERT_EDIT)
def withdraw_message(uow: UnitOfWork, *, message_id: int) -> None:
    """Withdraw a message of alerts.

    One that waits, was refused, or perhaps arrived: it is never sent again. Raises Refused with where it stands, NotFound.
    """
    _decide(uow, message_id, MessageEvent.WITHDRAW)


@command(Permission.ALERT_EDIT)
def hurry_messages(uow: UnitOfWork) -> int:
    """Try waiting messages of alerts again now.

    Those that were put off are not waited for any longer. Answers how many wait.
    """
    waiting = uow.sql.execute(
        update(M).where(M.c.state == MessageState.QUEUED).values(next_at=uow.now).returning(M.c.id)
    )
    return len(waiting.all())


def _decide(uow: UnitOfWork, message_id: int, event: MessageEvent) -> None:
    row = fetch_message(uow, message_id)
    values = {"sent_at": uow.now} if event is MessageEvent.IT_ARRIVED else {}
    move(uow, row, event, decided_by=uow.actor.person_id, why=None, **values)
    uow.note(message=row.title)
