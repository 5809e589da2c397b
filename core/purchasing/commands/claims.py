"""What a person does with claims and goods in quarantine: open, send, settle, give up; release or reject."""

from __future__ import annotations

from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _
from core.purchasing.rules.states import CLAIM, state_after
from core.purchasing.steps import claims as steps
from core.purchasing.steps.claim_mail import mail_claim
from core.purchasing.types.claims import NewClaim
from core.purchasing.types.states import Event
from core.registry import command
from core.uow import UnitOfWork
from core.values import digits_of, to_minor
from db.enums import ClaimState, Permission, SendWay


@command(Permission.CLAIM_EDIT)
def create_claim(uow: UnitOfWork, *, new: NewClaim) -> int:
    """Open a claim.

    Answers its id. Raises InvalidInput with the row, NotFound.
    """
    return steps.open_claim(uow, new)


@command(Permission.CLAIM_EDIT)
def send_claim(uow: UnitOfWork, *, claim_id: int, version: int, way: SendWay = SendWay.MAIL, note: str = "") -> int:
    """Send a claim to the supplier.

    By e-mail with the claim slip, or on paper or by telephone, which only says that it was done. Answers the number of the
    e-mail in the outbox, 0 without one. Raises Refused when it ended already, no mail server is set up or the supplier has
    no address; Conflict.
    """
    row = steps.load_claim(uow, claim_id, version)
    state_after(CLAIM, ClaimState(row.state), Event.SEND, row.number)
    mail_id = mail_claim(uow, row, note) if way is SendWay.MAIL else 0
    steps.move_claim(uow, row, Event.SEND, sent_at=uow.now)
    uow.note(number=row.number)
    return mail_id


@command(Permission.CLAIM_EDIT)
def settle_claim(
    uow: UnitOfWork, *, claim_id: int, version: int, amount: Decimal, note: str = "", is_final: bool = False
) -> int:
    """Enter what was credited on a claim.

    `amount` in the claim's currency, as the supplier's prices are. Once all of it came the claim is credited; with
    `is_final` less is enough. A credit note entered with the invoices does this by itself. Answers the new version. Raises
    InvalidInput, Refused, Conflict.
    """
    row = steps.load_claim(uow, claim_id, version)
    credited = to_minor(amount, digits_of(row.currency))
    fresh = steps.settle_claim(uow, claim_id, None, credited)
    uow.note(number=row.number)
    row = steps.load_claim(uow, claim_id, fresh)
    end_note = note.strip()[: steps.LONGEST_END]
    if is_final and row.credited < row.asked:
        return steps.move_claim(uow, row, Event.CREDIT, ended_at=uow.now, end_note=end_note)
    return steps.set_claim(uow, row, end_note=end_note) if end_note else fresh


@command(Permission.CLAIM_EDIT)
def unsettle_claim(uow: UnitOfWork, *, claim_id: int, version: int) -> int:
    """Take back what was entered as credited on a claim.

    The claim is expected again. Answers the new version. Raises Refused when nothing was credited, or a credit note of the
    invoices did it (take that back there); Conflict.
    """
    row = steps.load_claim(uow, claim_id, version)
    if row.credit_note_id is not None:
        raise InvalidInput(
            _("{number} was credited by a credit note. Take the match of the credit note back.", number=row.number),
            field="claim",
        )
    uow.note(number=row.number)
    return steps.unsettle_claim(uow, claim_id, row.credited)


@command(Permission.CLAIM_EDIT)
def write_off_claim(uow: UnitOfWork, *, claim_id: int, version: int, note: str) -> int:
    """Give up a claim.

    `note` says why. Answers the new version. Raises InvalidInput without a note, Refused when it ended already, Conflict.
    """
    if not note.strip():
        raise InvalidInput(_("Why is the claim given up? Write a note."), field="note")
    row = steps.load_claim(uow, claim_id, version)
    uow.note(number=row.number)
    return steps.move_claim(uow, row, Event.WRITE_OFF, ended_at=uow.now, end_note=note.strip()[: steps.LONGEST_END])


@command(Permission.CLAIM_EDIT)
def reopen_claim(uow: UnitOfWork, *, claim_id: int, version: int) -> int:
    """Open a claim again that was given up.

    Answers the new version. Raises Refused for any other, Conflict.
    """
    row = steps.load_claim(uow, claim_id, version)
    uow.note(number=row.number)
    return steps.move_claim(uow, row, Event.REOPEN, ended_at=None, end_note="")
