"""From the codes people type to the things labels are made for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select

from core import catalog
from core.errors import NotFound
from core.i18n import Text, _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission
from db.identity import Person
from db.sql import chunks
from db.stock import Location, Lot, StockPosting


def _unknown(subject: str, code: str) -> Text:
    return {
        "location": _("There is no place {code}. Look at how it is written.", code=code),
        "lot": _("There is no lot {code}. Look at how it is written.", code=code),
        "person": _("There is nobody called {code}. Look at how it is written.", code=code),
        "document": _("There is no document {code}. Look at how it is written.", code=code),
    }.get(subject, _("There is no item {code}. Look at how it is written.", code=code))


@query(Permission.LABEL_PRINT)
def find_labelled(uow: UnitOfWork, *, subject: str, codes: Sequence[str]) -> list[int]:
    """The ids of things by their codes, in the order given: items by code or barcode, places by code, lots and documents
    by number, people by name. Raises NotFound naming the first that is not there."""
    wanted = [code.strip() for code in codes]
    found = _FINDERS[subject](uow, wanted)
    for code in wanted:
        if code not in found:
            raise NotFound(_unknown(subject, code[:60]), field=subject)
    return [found[code] for code in wanted]


def _by(code: object, thing: object) -> Callable[[UnitOfWork, list[str]], dict[str, int]]:
    def find(uow: UnitOfWork, codes: list[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for part in chunks(sorted(set(codes))):
            rows = uow.sql.execute(select(code, thing).where(code.in_(part)))  # type: ignore[call-overload,attr-defined]
            found.update({row[0]: row[1] for row in rows})
        return found

    return find


_FINDERS: dict[str, Callable[[UnitOfWork, list[str]], dict[str, int]]] = {
    "item": catalog.find_items_by_code,
    "asset": catalog.find_items_by_code,
    "location": _by(Location.code, Location.id),
    "lot": _by(Lot.number, Lot.id),
    "person": _by(Person.name, Person.id),
    "document": _by(StockPosting.number, StockPosting.id),
}
