"""What somebody asks of a report in words, as the command line has them: codes and names instead of ids."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.registry import query
from core.reports.steps.made import permitted
from core.reports.types import Asked, AskedWords, Chosen, FilterKind, ReportFilter, Sort, Span
from core.uow import UnitOfWork
from core.values import parse_number
from db.catalog import Category, Item, Supplier
from db.enums import Permission
from db.stock import Location

_FOUND_BY: dict[FilterKind, tuple[Any, tuple[Any, ...]]] = {
    FilterKind.ITEM: (Item.id, (Item.code, Item.name, Item.name_en)),
    FilterKind.CATEGORY: (Category.id, (Category.path, Category.path_en, Category.name, Category.name_en)),
    FilterKind.SUPPLIER: (Supplier.id, (Supplier.code, Supplier.name, Supplier.name_en)),
    FilterKind.LOCATION: (Location.id, (Location.code, Location.name, Location.name_en)),
}


@query(Permission.REPORT_VIEW)
def get_asked(uow: UnitOfWork, *, name: str, words: AskedWords, span: Span, language: str = "") -> Asked:
    """What words ask of a report.

    Items, categories, suppliers and places are found by code or name. Raises NotFound, NotAllowed, InvalidInput naming the
    word.
    """
    entry = permitted(uow, name).entry_for(uow)
    known = {one.key: one for one in entry.filters}
    filters: dict[str, Chosen] = {}
    for word in words.filters:
        key, sign, value = (part.strip() for part in word.partition("="))
        if not sign or key not in known:
            raise InvalidInput(
                _("“{word}” is no filter of {report}. Write KEY=VALUE; there are: {keys}.", word=word[:40], report=name,
                  keys=", ".join(known) or "–"), field="--filter",
            )  # fmt: skip
        filters[key] = (*filters.get(key, ()), *_values(uow, known[key], value))
    sort = tuple(Sort(key.removeprefix("-"), key.startswith("-")) for key in _parts(words.sort))
    return Asked(span, tuple(filters.items()), words.group.strip(), sort, tuple(_parts(words.columns)), language)


def _parts(text: str) -> Sequence[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _values(uow: UnitOfWork, one: ReportFilter, text: str) -> Chosen:
    if one.kind is FilterKind.NUMBER:
        return (Decimal(parse_number(text)),)
    if one.kind in (FilterKind.CHOICE, FilterKind.ONE) and text not in dict(one.choices):
        raise NotFound(
            _("“{word}” is no {filter}. There are: {words}.", word=text[:40], filter=one.key, words=", ".join(dict(one.choices))),
            field="--filter",
        )  # fmt: skip
    if one.kind not in _FOUND_BY:
        return (text,)
    key, columns = _FOUND_BY[one.kind]
    for column in columns:  # a code stands before a name
        ids = list(uow.sql.execute(select(key).where(column == text).order_by(key)).scalars())
        if ids:
            return tuple(ids)
    raise NotFound(_("There is no {filter} “{word}”.", filter=one.title, word=text[:40]), field="--filter")
