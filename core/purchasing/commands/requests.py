"""What a person can do with a department's request for goods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from core import documents
from core.clock import business_day
from core.edits import merge_edit
from core.errors import InvalidInput, Refused
from core.i18n import _
from core.purchasing.rules.states import REQUEST, can, state_after
from core.purchasing.steps.requests import (
    add_lines,
    check_lines,
    check_place,
    load_request,
    move_request,
    stored_lines,
)
from core.purchasing.types.requests import NewRequest, NewRequestLine
from core.purchasing.types.states import Event
from core.registry import command
from core.uow import UnitOfWork
from core.words import word
from db.enums import Permission, RequestState
from db.purchasing import PurchaseRequest, PurchaseRequestLine

R, L = PurchaseRequest, PurchaseRequestLine
PREFIX = "PR"
LONGEST_DEPARTMENT = 80
LONGEST_NOTE = 400


@command(Permission.PURCHASE_REQUEST)
def create_request(uow: UnitOfWork, *, new: NewRequest, is_submitted: bool = False) -> int:
    """Make a purchase request.

    A draft, or with `is_submitted` one that waits for approval. Answers its id. Raises InvalidInput or Refused with the
    row that is wrong.
    """
    lines = check_lines(uow, new.lines)
    head = _head(uow, new)
    state = state_after(REQUEST, RequestState.DRAFT, Event.SUBMIT, "") if is_submitted else RequestState.DRAFT
    number = documents.next_number(uow, PREFIX, uow.now)
    made = insert(R).values(
        number=number, state=state, person_id=uow.actor.person_id, created_at=uow.now,
        submitted_at=uow.now if is_submitted else None, **head,
    )  # fmt: skip
    purchase_request_id = int(uow.sql.execute(made.returning(R.id)).scalar_one())
    add_lines(uow, purchase_request_id, lines)
    uow.note(number=number)
    return purchase_request_id


@command(Permission.PURCHASE_REQUEST)
def update_request(
    uow: UnitOfWork, *, purchase_request_id: int, version: int, new: NewRequest, base: NewRequest | None = None
) -> int:
    """Change a purchase request.

    Only while it is a draft; `base` is what the form had shown. Answers the new version. Raises Conflict by field when
    somebody else changed the same, Refused in another state, InvalidInput with the row that is wrong.
    """
    stored = load_request(uow, purchase_request_id)
    if stored.state != RequestState.DRAFT:
        raise Refused(
            _(
                "{number} is “{state}”. Take it back first, then it can be changed.",
                number=stored.number,
                state=word(RequestState(stored.state)),
            ),
            field="state",
        )
    lines = check_lines(uow, new.lines)
    before = {
        "department": stored.department, "location_id": stored.location_id, "needed_on": stored.needed_on,
        "note": stored.note, "lines": stored_lines(uow, purchase_request_id),
    }  # fmt: skip
    seen = None if base is None else _fields(base)
    touched = {field for field, value in _fields(new).items() if seen is None or seen[field] != value}
    changes: dict[str, object] = {**_head(uow, new), "lines": tuple(lines)}
    wanted = merge_edit(
        changes={field: value for field, value in changes.items() if field in touched},
        base=seen,
        stored=before,
        is_stale=stored.version != version,
    )
    if not wanted:
        return int(stored.version)
    fresh: Any = wanted.pop("lines", None)
    if fresh is not None:
        uow.sql.execute(delete(L).where(L.request_id == purchase_request_id))
        add_lines(uow, purchase_request_id, fresh)
    uow.sql.execute(update(R).where(R.id == purchase_request_id).values(version=stored.version + 1, **wanted))
    uow.note(number=stored.number, changes={field: [before[field], value] for field, value in wanted.items()})
    return int(stored.version) + 1


@command(Permission.PURCHASE_REQUEST)
def submit_request(uow: UnitOfWork, *, purchase_request_id: int, version: int | None = None) -> int:
    """Ask for approval of a purchase request.

    Answers the new version. Raises Refused, Conflict, NotFound.
    """
    row = load_request(uow, purchase_request_id, version)
    check_lines(uow, stored_lines(uow, purchase_request_id))
    return move_request(uow, row, Event.SUBMIT, submitted_at=uow.now, decision_note="")


@command(Permission.PURCHASE_REQUEST)
def withdraw_request(uow: UnitOfWork, *, purchase_request_id: int, version: int | None = None) -> int:
    """Take a purchase request back to change it.

    Also an approved one, as long as nothing of it is ordered. Answers the new version. Raises Refused, Conflict, NotFound.
    """
    row = load_request(uow, purchase_request_id, version)
    _check_not_ordered(uow, row)
    return move_request(uow, row, Event.WITHDRAW, submitted_at=None, decided_by_id=None, decided_at=None)


@command(Permission.PURCHASE_REQUEST)
def cancel_request(uow: UnitOfWork, *, purchase_request_id: int, version: int | None = None) -> int:
    """Cancel a purchase request.

    As long as nothing of it is ordered. Answers the new version. Raises Refused, Conflict, NotFound.
    """
    row = load_request(uow, purchase_request_id, version)
    _check_not_ordered(uow, row)
    return move_request(uow, row, Event.CANCEL)


@command(Permission.PURCHASE_REQUEST)
def reopen_request(uow: UnitOfWork, *, purchase_request_id: int, version: int | None = None) -> int:
    """Open a turned down purchase request again.

    It is a draft then. Answers the new version. Raises Refused, Conflict, NotFound.
    """
    row = load_request(uow, purchase_request_id, version)
    if row.state == RequestState.ORDERED:
        raise Refused(
            _("{number} is ordered. Take its lines out of the order, then it waits again.", number=row.number),
            field="state",
        )
    return move_request(uow, row, Event.REOPEN, submitted_at=None, decided_by_id=None, decided_at=None)


@command(Permission.PURCHASE_APPROVE)
def approve_request(uow: UnitOfWork, *, purchase_request_id: int, version: int | None = None, note: str = "") -> int:
    """Approve a purchase request.

    Its lines then stand in “Need to order”. Answers the new version. Raises Refused, Conflict, NotFound.
    """
    row = load_request(uow, purchase_request_id, version)
    return move_request(uow, row, Event.APPROVE, **_decision(uow, note))


@command(Permission.PURCHASE_APPROVE)
def reject_request(uow: UnitOfWork, *, purchase_request_id: int, note: str, version: int | None = None) -> int:
    """Turn down a purchase request.

    `note` tells the department why. Answers the new version. Raises InvalidInput without it, Refused, Conflict, NotFound.
    """
    if not note.strip():
        raise InvalidInput(_("Say why, so that the department knows."), field="note")
    row = load_request(uow, purchase_request_id, version)
    return move_request(uow, row, Event.REJECT, **_decision(uow, note))


def _decision(uow: UnitOfWork, note: str) -> dict[str, object]:
    who = uow.actor if uow.approver is None else uow.approver
    return {"decided_by_id": who.person_id, "decided_at": uow.now, "decision_note": note.strip()[:LONGEST_NOTE]}


def _check_not_ordered(uow: UnitOfWork, row: Any) -> None:
    """Nothing of a request stands in an order. Raises Refused."""
    if not can(REQUEST, RequestState(row.state), Event.ORDER):
        return
    held = select(L.id).where(L.request_id == row.id, L.order_line_id.is_not(None)).limit(1)
    if uow.sql.execute(held).first() is not None:
        raise Refused(
            _("A part of {number} is ordered already. Take it out of the order first.", number=row.number),
            field="state",
        )


def _head(uow: UnitOfWork, new: NewRequest) -> dict[str, object]:
    """The head of a request, clean. Raises InvalidInput."""
    check_place(uow, new.location_id)
    _check_day(uow, new.needed_on)
    department = " ".join(new.department.split())
    if len(department) > LONGEST_DEPARTMENT:
        raise InvalidInput(_("A department's name has at most {n} letters.", n=LONGEST_DEPARTMENT), field="department")
    return {
        "department": department, "location_id": new.location_id, "needed_on": new.needed_on,
        "note": new.note.strip()[:LONGEST_NOTE],
    }  # fmt: skip


def _check_day(uow: UnitOfWork, day: date | None) -> None:
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    if day is not None and day < today:
        raise InvalidInput(_("{day} is over already. Choose today or later.", day=day), field="needed_on")


def _fields(new: NewRequest) -> Mapping[str, object]:
    head = {field: value for field, value in asdict(new).items() if field != "lines"}
    lines: tuple[NewRequestLine, ...] = new.lines
    return {**head, "lines": lines}
