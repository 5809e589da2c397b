"""What a person can do with suppliers."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select, update

from core.catalog.rules.fields import cleaned
from core.catalog.rules.suppliers import SUPPLIER_FIELDS
from core.catalog.steps.suppliers import create_suppliers_bulk, no_supplier, set_supplier
from core.catalog.steps.taken import hold_codes
from core.catalog.types import NewSupplier
from core.edits import merge_edit
from core.errors import CoreError, InvalidInput, Rejected
from core.i18n import _, _n
from core.registry import command
from core.uow import UnitOfWork
from db.catalog import Supplier, SupplierTerm
from db.enums import Permission


@command(Permission.SUPPLIER_EDIT)
def create_supplier(uow: UnitOfWork, *, supplier: NewSupplier) -> int:
    """Create a supplier.

    An empty code becomes the next free one. Asks when another supplier has the same name. Raises InvalidInput.
    """
    hold_codes(uow)
    name = supplier.name.strip()
    known = uow.sql.execute(select(Supplier.code).where(Supplier.name == name)).scalar()
    if known is not None:
        question = _("There is a supplier {name} already ({code}). Make another?", name=name, code=known)
        uow.confirm("same_name", question, field="name")
    try:
        return create_suppliers_bulk(uow, [supplier])[0]
    except Rejected as fault:
        first = fault.errors[0]
        first.row = None
        raise first from None


@command(Permission.SUPPLIER_EDIT)
def update_supplier(
    uow: UnitOfWork,
    *,
    supplier_id: int,
    version: int,
    changes: Mapping[str, object],
    base: Mapping[str, object] | None = None,
) -> int:
    """Change a supplier.

    `changes` holds the touched fields, `base` what the form showed in them; answers the new version. Asks before agreed
    prices get another currency. Raises Conflict, InvalidInput, NotFound.
    """
    hold_codes(uow)
    row = uow.sql.execute(select(Supplier.__table__).where(Supplier.id == supplier_id).with_for_update()).first()
    if row is None:
        raise no_supplier(supplier_id)
    wanted = merge_edit(
        changes=cleaned(SUPPLIER_FIELDS, changes),
        base=None if base is None else _as_kept(base),
        stored={field: row._mapping[field] for field in SUPPLIER_FIELDS},
        is_stale=row.version != version,
    )
    if not wanted:
        return int(row.version)
    code = wanted.get("code")
    if code is not None and uow.sql.execute(select(Supplier.id).where(Supplier.code == code)).first() is not None:
        raise InvalidInput(_("There is a supplier {code} already.", code=code), field="code")
    if "currency" in wanted:
        _ask_currency(uow, supplier_id, str(wanted["currency"]))
    uow.sql.execute(update(Supplier).where(Supplier.id == supplier_id).values(**wanted, version=row.version + 1))
    return int(row.version) + 1


def _as_kept(base: Mapping[str, object]) -> dict[str, object]:
    """What a form had shown, as it is kept; a value of old that would be refused now stays as it was shown."""
    kept: dict[str, object] = {}
    for field, value in base.items():
        try:
            kept.update(cleaned(SUPPLIER_FIELDS, {field: value}))
        except CoreError:
            kept[field] = value
    return kept


def _ask_currency(uow: UnitOfWork, supplier_id: int, currency: str) -> None:
    """Agreed prices keep their figures: in another currency they mean something else."""
    t = SupplierTerm
    priced = select(func.count()).where(t.supplier_id == supplier_id, t.price.is_not(None))
    if n := uow.sql.execute(priced).scalar_one():
        question = _n(
            "{n} agreed price of this supplier will be in {currency} from now on. Change the currency?",
            "{n} agreed prices of this supplier will be in {currency} from now on. Change the currency?",
            n,
            currency=currency,
        )
        uow.confirm("supplier.currency", question, field="currency")


@command(Permission.SUPPLIER_EDIT)
def retire_supplier(uow: UnitOfWork, *, supplier_id: int, version: int) -> int:
    """Retire a supplier.

    It no longer stands in lists to choose from; its history stays. Answers the new version. Raises Conflict, NotFound.
    """
    return set_supplier(uow, supplier_id, version, is_active=False)


@command(Permission.SUPPLIER_EDIT)
def reactivate_supplier(uow: UnitOfWork, *, supplier_id: int, version: int) -> int:
    """Reactivate a supplier.

    Answers the new version. Raises Conflict, NotFound.
    """
    return set_supplier(uow, supplier_id, version, is_active=True)
