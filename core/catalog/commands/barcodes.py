"""What a person can do with an item's barcodes."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete, insert, select

from core import documents
from core.catalog.rules.barcodes import internal_barcode, normal_barcode
from core.catalog.steps.records import check_alive, load_record
from core.catalog.steps.search_rows import refresh_search
from core.catalog.steps.suppliers import check_supplier
from core.catalog.steps.taken import barcode_owners, barcode_taken, hold_codes
from core.catalog.steps.units import load_unit_table
from core.catalog.types import NewBarcode
from core.errors import NotFound
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.catalog import Barcode
from db.enums import Permission

SERIES = "barcode"


@command(Permission.ITEM_EDIT)
def add_barcode(uow: UnitOfWork, *, item_id: int, barcode: NewBarcode) -> int:
    """Add a barcode to an item.

    The unit says what one scan counts: the code of a case stands for the case. Raises InvalidInput for a wrong check
    digit, a unit the item does not have, or a code that another item has (named).
    """
    check_alive(load_record(uow, item_id))
    hold_codes(uow)
    return _insert(uow, item_id, replace(barcode, code=normal_barcode(barcode.code)), is_internal=False)


def _insert(uow: UnitOfWork, item_id: int, barcode: NewBarcode, *, is_internal: bool) -> int:
    unit = load_unit_table(uow, item_id).unit(barcode.unit)
    if barcode.supplier_id is not None:
        check_supplier(uow, barcode.supplier_id)
    owners = barcode_owners(uow, [barcode.code])
    if barcode.code in owners:
        raise barcode_taken(barcode.code, owners[barcode.code])
    statement = insert(Barcode).values(
        item_id=item_id, code=barcode.code, unit=unit, supplier_id=barcode.supplier_id, valid_to=barcode.valid_to,
        is_internal=is_internal,
    )  # fmt: skip
    key = int(uow.sql.execute(statement.returning(Barcode.id)).scalar_one())
    refresh_search(uow, [item_id])
    return key


@command(Permission.ITEM_EDIT)
def make_barcode(uow: UnitOfWork, *, item_id: int, unit: str = "") -> str:
    """Make a barcode of our own.

    An EAN-13 from the range for use inside one company, for an item or pack that carries none. Answers the code.
    """
    check_alive(load_record(uow, item_id))
    hold_codes(uow)
    code = internal_barcode(documents.next_serials(uow, SERIES))
    while barcode_owners(uow, [code]):
        code = internal_barcode(documents.next_serials(uow, SERIES))
    _insert(uow, item_id, NewBarcode(code, unit), is_internal=True)
    return code


@command(Permission.ITEM_EDIT)
def remove_barcode(uow: UnitOfWork, *, barcode_id: int) -> None:
    """Remove a barcode.

    Raises NotFound.
    """
    item_id = uow.sql.execute(select(Barcode.item_id).where(Barcode.id == barcode_id)).scalar()
    if item_id is None:
        raise NotFound(_("The barcode is not there any more."), field="barcode")
    uow.sql.execute(delete(Barcode).where(Barcode.id == barcode_id))
    refresh_search(uow, [item_id])
