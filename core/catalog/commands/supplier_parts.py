"""What a person can do with a supplier's people, days without delivery, and whether it may be ordered from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import cast

from sqlalchemy import Table, delete, func, insert, select, update

from core.catalog.rules.fields import cleaned
from core.catalog.rules.suppliers import CONTACT_FIELDS, MOST_CONTACTS, block_reason, check_mailed, closed_days
from core.catalog.steps.suppliers import changed_meanwhile, check_supplier, set_supplier
from core.catalog.types import ClosedDay, NewContact
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.catalog import SupplierClosedDay, SupplierContact
from db.enums import Permission

C, D = SupplierContact, SupplierClosedDay


@command(Permission.SUPPLIER_EDIT)
def save_contact(
    uow: UnitOfWork,
    *,
    supplier_id: int,
    contact: NewContact,
    contact_id: int | None = None,
    version: int | None = None,
) -> int:
    """Save a contact of a supplier.

    A new one without `contact_id`; else the one of that id, in the `version` the form saw. Answers its id. Raises
    InvalidInput, NotFound, Conflict.
    """
    check_supplier(uow, supplier_id)
    values = cleaned(CONTACT_FIELDS, asdict(contact))
    check_mailed(values)
    if contact_id is None:
        held = uow.sql.execute(select(func.count()).where(C.supplier_id == supplier_id)).scalar_one()
        if held >= MOST_CONTACTS:
            raise InvalidInput(_("A supplier has at most {n} contacts.", n=MOST_CONTACTS), field="name")
        made = insert(cast(Table, C.__table__)).values(supplier_id=supplier_id, **values)
        return int(uow.sql.execute(made.returning(C.id)).scalar_one())
    stored = uow.sql.execute(
        select(C.version, C.name).where(C.id == contact_id, C.supplier_id == supplier_id).with_for_update()
    ).first()
    if stored is None:
        raise _contact_gone()
    if stored.version != version:
        raise changed_meanwhile(stored.name)
    uow.sql.execute(update(C).where(C.id == contact_id).values(**values, version=stored.version + 1))
    return contact_id


@command(Permission.SUPPLIER_EDIT)
def remove_contact(uow: UnitOfWork, *, contact_id: int) -> None:
    """Remove a contact of a supplier.

    Raises NotFound.
    """
    stored = uow.sql.execute(select(C.name, C.supplier_id).where(C.id == contact_id)).first()
    if stored is None:
        raise _contact_gone()
    uow.note(name=stored.name, supplier_id=stored.supplier_id)
    uow.sql.execute(delete(C).where(C.id == contact_id))


@command(Permission.SUPPLIER_EDIT)
def set_closed_days(uow: UnitOfWork, *, supplier_id: int, days: Sequence[ClosedDay]) -> None:
    """Set the days a supplier does not deliver.

    The days given take the place of all that were there. Raises InvalidInput, NotFound.
    """
    check_supplier(uow, supplier_id)
    kept = closed_days(days)
    uow.sql.execute(delete(D).where(D.supplier_id == supplier_id))
    if kept:
        rows = [{"supplier_id": supplier_id, "day": day, "note": note} for day, note in sorted(kept.items())]
        uow.sql.execute(insert(cast(Table, D.__table__)), rows)


@command(Permission.SUPPLIER_EDIT)
def block_supplier(uow: UnitOfWork, *, supplier_id: int, version: int, note: str) -> int:
    """Block a supplier.

    Nothing is ordered from it until it is released; `note` says why. Answers the new version. Raises InvalidInput,
    Conflict, NotFound.
    """
    return set_supplier(uow, supplier_id, version, is_blocked=True, block_note=block_reason(note))


@command(Permission.SUPPLIER_EDIT)
def release_supplier(uow: UnitOfWork, *, supplier_id: int, version: int) -> int:
    """Release a blocked supplier.

    Answers the new version. Raises Conflict, NotFound.
    """
    return set_supplier(uow, supplier_id, version, is_blocked=False, block_note="")


def _contact_gone() -> NotFound:
    return NotFound(_("This contact is not there any more."), field="contact")
