"""Building blocks: suppliers made by the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import cast

from sqlalchemy import Table, func, insert, select, update

from core.catalog.rules.codes import SUPPLIER_PREFIX, next_codes
from core.catalog.rules.fields import cleaned
from core.catalog.rules.suppliers import SUPPLIER_FIELDS
from core.catalog.types import NewSupplier
from core.errors import Conflict, CoreError, InvalidInput, NotFound, Rejected
from core.i18n import _, _n
from core.uow import UnitOfWork
from db.catalog import Supplier


def create_suppliers_bulk(uow: UnitOfWork, suppliers: Sequence[NewSupplier]) -> list[int]:
    """Make suppliers; ids in the order given. Raises Rejected with an error for each wrong row."""
    taken = set(uow.sql.execute(select(Supplier.code)).scalars())
    rows: list[dict[str, object]] = []
    errors: list[CoreError] = []
    for number, supplier in enumerate(suppliers, start=1):
        try:
            rows.append(_supplier_values(supplier, taken, uow.site.currency))
        except CoreError as fault:
            errors.append(fault.in_row(number))
    if errors:
        raise Rejected(
            _n("{n} row is wrong. Nothing was saved.", "{n} rows are wrong. Nothing was saved.", len(errors)),
            tuple(errors),
        )
    if not rows:
        return []
    before = uow.sql.execute(select(func.coalesce(func.max(Supplier.id), 0))).scalar_one()
    uow.sql.execute(insert(cast(Table, Supplier.__table__)), rows)
    made = {row.code: row.id for row in uow.sql.execute(select(Supplier.code, Supplier.id).where(Supplier.id > before))}
    return [made[row["code"]] for row in rows]


def _supplier_values(supplier: NewSupplier, taken: set[str], currency: str) -> dict[str, object]:
    given = {field.name: getattr(supplier, field.name) for field in fields(supplier)}
    if not supplier.code.strip():
        given["code"] = next_codes(SUPPLIER_PREFIX, taken)[0]
    given["currency"] = supplier.currency.strip() or currency
    values = cleaned(SUPPLIER_FIELDS, given)
    code = str(values["code"])
    if code in taken:
        raise InvalidInput(_("There is a supplier {code} already.", code=code), field="code")
    taken.add(code)
    return values


def revise_suppliers(
    uow: UnitOfWork, edits: Sequence[tuple[int, Mapping[str, object]]]
) -> list[dict[str, tuple[object, object]]]:
    """Change suppliers (id, values by field); what each changed by field, before and after, in the order given.

    Raises Rejected with an error for each wrong edit (row 1 is the first).
    """
    table = cast(Table, Supplier.__table__)
    stored = {row.id: row._mapping for row in uow.sql.execute(select(table))}
    done: list[dict[str, tuple[object, object]]] = []
    errors: list[CoreError] = []
    for number, (key, values) in enumerate(edits, start=1):
        try:
            fresh = cleaned(SUPPLIER_FIELDS, values)
            done.append(
                {name: (stored[key][name], value) for name, value in fresh.items() if stored[key][name] != value}
            )
        except CoreError as fault:
            errors.append(fault.in_row(number))
    if errors:
        raise Rejected(
            _n("{n} row is wrong. Nothing was saved.", "{n} rows are wrong. Nothing was saved.", len(errors)),
            tuple(errors),
        )
    for (key, _values), facts in zip(edits, done, strict=True):
        if facts:
            wanted = {name: after for name, (_before, after) in facts.items()}
            uow.sql.execute(update(table).where(table.c.id == key).values(version=table.c.version + 1, **wanted))
    return done


def ensure_suppliers(uow: UnitOfWork, names: Iterable[str]) -> dict[str, int]:
    """The ids of suppliers by code or name as written; those missing are made under that name."""
    written = [name for name in dict.fromkeys(names) if name.strip()]
    known: dict[str, int] = {}
    rows = uow.sql.execute(select(Supplier.id, Supplier.code, Supplier.name, Supplier.name_en)).all()
    for row in rows:
        for name in (row.name_en, row.name):
            known.setdefault(name.casefold(), row.id)
    known.update({row.code.casefold(): row.id for row in rows})
    missing = list(
        {name.strip().casefold(): name.strip() for name in written if name.strip().casefold() not in known}.values()
    )
    made = create_suppliers_bulk(uow, [NewSupplier(name) for name in missing])
    known.update({name.casefold(): key for name, key in zip(missing, made, strict=True)})
    return {name: known[name.strip().casefold()] for name in written}


def check_supplier(uow: UnitOfWork, supplier_id: int) -> None:
    """Refuse a supplier there is not. Raises NotFound."""
    if uow.sql.execute(select(Supplier.id).where(Supplier.id == supplier_id)).scalar() is None:
        raise no_supplier(supplier_id)


def set_supplier(uow: UnitOfWork, supplier_id: int, version: int, **values: object) -> int:
    """Write checked values of a supplier; answers the new version. Raises NotFound, Conflict for another version."""
    s = Supplier
    row = uow.sql.execute(select(s.version, s.code).where(s.id == supplier_id).with_for_update()).first()
    if row is None:
        raise no_supplier(supplier_id)
    if row.version != version:
        raise changed_meanwhile(row.code)
    uow.sql.execute(update(s).where(s.id == supplier_id).values(**values, version=version + 1))
    return version + 1


def no_supplier(supplier_id: int) -> NotFound:
    """The sentence for a supplier there is not."""
    return NotFound(_("There is no such supplier ({supplier_id}).", supplier_id=supplier_id), field="supplier")


def changed_meanwhile(what: str) -> Conflict:
    """The sentence for a form that shows an older state."""
    return Conflict(
        _("Somebody else changed {item} meanwhile. Look at it again, then repeat.", item=what),
        base={}, mine={}, theirs={},
    )  # fmt: skip
