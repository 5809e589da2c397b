"""The head of a report in a file: the time it is about, what was filtered, and what its figures mean."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from core.documents import Fact
from core.i18n import Text, _, join, verbatim
from core.reports.steps.engine.making import Making
from core.reports.types import FilterKind, ReportEntry, ReportFilter, SpanKind
from db.catalog import Category, Item, Supplier
from db.stock import Location

_RECORDS: dict[FilterKind, tuple[Any, Any, Any]] = {
    FilterKind.ITEM: (Item.id, Item.name, Item.name_en),
    FilterKind.CATEGORY: (Category.id, Category.path, Category.path_en),
    FilterKind.SUPPLIER: (Supplier.id, Supplier.name, Supplier.name_en),
    FilterKind.LOCATION: (Location.id, Location.name, Location.name_en),
}


def facts_of(making: Making, entry: ReportEntry, *, with_definitions: bool) -> tuple[Fact, ...]:
    """The facts over a list; with definitions also what each figure means."""
    span = making.span
    facts: list[Fact] = []
    if entry.span is SpanKind.PERIOD:
        facts += [Fact(_("Period from"), span.start, "instant"), Fact(_("Period to"), making.end, "instant")]
    else:
        facts.append(Fact(_("As of"), making.end, "instant"))
    facts += [Fact(one.title, words) for one in entry.filters if (words := _filter_words(making, one)) is not None]
    facts.append(Fact(_("Made on"), making.uow.now, "instant"))
    if with_definitions:
        facts += [Fact(title, about) for title, about in entry.definitions]
        facts += [Fact(_("Note"), note) for note in entry.notes]
    return tuple(facts)


def _filter_words(making: Making, one: ReportFilter) -> Text | str | None:
    chosen = making.asked.chosen(one.key)
    if not chosen:
        return None if one.default is None else f"{one.default:f}"
    if one.kind in (FilterKind.CHOICE, FilterKind.ONE):
        names = dict(one.choices)
        return join([names.get(str(value)) or verbatim(str(value)) for value in chosen], ", ")
    if one.kind is FilterKind.EXACT:
        return str(chosen[-1]) or "–"
    if one.kind in _RECORDS:
        key, name, name_en = _RECORDS[one.kind]
        ids = [int(value) for value in chosen]
        rows = making.uow.sql.execute(select(name, name_en).where(key.in_(ids)).order_by(name))
        return ", ".join(making.name(row[0], row[1]) for row in rows)
    return ", ".join(str(value) for value in chosen)
