"""A pivot as a list: a line for each row, a column for each column and measure, totals last."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core import documents
from core.documents import Column, Fact, Kind, Paper, PaperTable, Sheet, Subtotal, notation_of
from core.errors import Refused
from core.i18n import Text, _, verbatim
from core.reports.types.pivot import Figures, MeasureKind, Pivot, PivotField, PivotFigure, PivotGroup
from core.uow import UnitOfWork

PIVOT_FORMS = ("xlsx", "csv", "json", "pdf")
MOST_ON_PAPER = 12
_KINDS: Mapping[MeasureKind | None, Kind] = {
    MeasureKind.NUMBER: "number",
    MeasureKind.QTY: "qty",
    MeasureKind.MONEY: "money",
    MeasureKind.COST: "cost",
}
_TOTAL = _("Total")


def pivot_file(uow: UnitOfWork, pivot: Pivot, form: str) -> bytes:
    """The pivot in one of the forms, in the language asked. Raises Refused for more columns than a paper has room for."""
    language = pivot.asked.language or uow.site.language
    if form == "json":
        return _json(pivot, language)
    if form == "csv":
        return documents.to_csv(pivot_sheet(uow, pivot, language, has_subtotals=False), language)
    sheet = pivot_sheet(uow, pivot, language)
    if form == "xlsx":
        return documents.to_xlsx(sheet, language)
    if len(sheet.columns) > MOST_ON_PAPER:
        raise Refused(
            _("On paper there is room for {n} columns. Take a field away, or choose XLSX.", n=MOST_ON_PAPER),
            field="form",
        )
    lines = [documents.Line(tuple(row), "subtotal" if isinstance(row, Subtotal) else "line") for row in sheet.rows]
    lines.append(documents.Line(tuple(sheet.totals), "subtotal"))
    paper = Paper(
        head=documents.CompanyHead(
            uow.site.title(language), tuple(part for part in (uow.site.address, uow.site.phone) if part)
        ),
        title=sheet.title,
        number="",
        facts=sheet.facts,
        body=(PaperTable(sheet.columns, tuple(lines)),),
        coded=False,
        landscape=True,
        notation=sheet.notation,
    )
    return documents.render_pdf(paper, language)


def pivot_sheet(uow: UnitOfWork, pivot: Pivot, language: str, *, has_subtotals: bool = True) -> Sheet:
    """The pivot as a list. A quantity whose goods are all of one unit stands as a number, with the unit beside it. Under the
    rows of a group stands their subtotal, unless the list is for programs."""
    columns: list[Column] = [Column(field.key, field.title) for field in pivot.row_fields]
    heads = [*(" / ".join(title.render(language) for title in head.titles) for head in pivot.columns if head.keys)]
    for at, head in enumerate([*heads, ""]):
        for field in pivot.measures:
            if head:
                words: Text = verbatim(f"{head} · {field.title.render(language)}")
            else:
                words = field.title if not heads else _("Total: {name}", name=field.title)
            columns.append(Column(f"{field.key}_{at}", words, _KINDS[field.kind]))
    units = _units(pivot)
    if units:
        columns.append(Column("unit", _("Unit")))

    def figures(cells: Sequence[Figures | None], total: Figures) -> list[Any]:
        return [*_flat(pivot, cells if heads else (), total), *([_unit(total)] if units else [])]

    rows: list[Sequence[Any]] = []
    ends = _groups_by_end(pivot) if has_subtotals else {}
    for at, (line, cells, total) in enumerate(zip(pivot.rows, pivot.cells, pivot.row_totals, strict=True)):
        titles = [title.render(language) for title in line.titles]
        rows.append((*titles, *figures(cells, total)))
        for group in ends.get(at, ()):
            depth = len(group.keys)
            named = _("Total: {name}", name=group.title).render(language)
            blank = [""] * (len(pivot.row_fields) - depth)
            rows.append(Subtotal((*titles[: depth - 1], named, *blank, *figures(group.cells, group.total))))
    width = len(pivot.row_fields)
    totals: list[Any] = [*([_TOTAL] if width else []), *[""] * (width - 1)]
    totals += figures(pivot.column_totals, pivot.total)
    facts = (*_period(pivot), Fact(_("Made on"), uow.now, "instant"))
    return Sheet(pivot.table.title, tuple(columns), rows, facts, tuple(totals), notation_of(uow))


def _groups_by_end(pivot: Pivot) -> dict[int, list[PivotGroup]]:
    """The groups of several rows by the place of their last row, inner before outer."""
    found: dict[int, list[PivotGroup]] = {}
    for group in sorted(pivot.groups, key=lambda group: -len(group.keys)):
        if group.count > 1:
            found.setdefault(group.first + group.count - 1, []).append(group)
    return found


def _flat(pivot: Pivot, cells: Sequence[Figures | None], total: Figures) -> list[Decimal | None]:
    found: list[Decimal | None] = []
    for cell in (*cells, total):
        found += [figure.value for figure in cell] if cell else [None] * len(pivot.measures)
    return found


def _units(pivot: Pivot) -> bool:
    return any(figure.unit for total in (*pivot.row_totals, pivot.total) for figure in total)


def _unit(total: Figures) -> str:
    return ", ".join(dict.fromkeys(figure.unit for figure in total if figure.unit))


def _period(pivot: Pivot) -> tuple[Fact, ...]:
    span = pivot.asked.span
    found = [Fact(_("Period from"), span.start, "instant")] if span.start else []
    return (*found, *([Fact(_("Period to"), span.end, "instant")] if span.end else []))


def _json(pivot: Pivot, language: str) -> bytes:
    """For programs: keys beside names, figures as decimal strings."""
    facts = {
        "table": pivot.table.name,
        "rows": [field.key for field in pivot.row_fields],
        "columns": [field.key for field in pivot.column_fields],
        "measures": [field.key for field in pivot.measures],
        "heads": [_head(head.keys, head.titles, language) for head in pivot.columns],
        "lines": [
            {
                **_head(head.keys, head.titles, language),
                "cells": [None if cell is None else _plain(cell, pivot.measures) for cell in cells],
                "total": _plain(total, pivot.measures),
            }
            for head, cells, total in zip(pivot.rows, pivot.cells, pivot.row_totals, strict=True)
        ],
        "totals": [_plain(total, pivot.measures) for total in pivot.column_totals],
        "total": _plain(pivot.total, pivot.measures),
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def _head(keys: Sequence[Any], titles: Sequence[Any], language: str) -> dict[str, Any]:
    return {"keys": list(keys), "names": [title.render(language) for title in titles]}


def _plain(figures: Figures, measures: Sequence[PivotField]) -> dict[str, Any]:
    return {field.key: _figure(figure) for field, figure in zip(measures, figures, strict=False)}


def _figure(figure: PivotFigure) -> dict[str, str | None] | str | None:
    value = None if figure.value is None else f"{figure.value:f}"
    return {"value": value, "unit": figure.unit} if figure.unit else value
