"""A report as a table for the terminal, a file for programs or spreadsheets, or a paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from core import documents
from core.documents import CompanyHead, Line, Paper, PaperTable, Sheet
from core.i18n import Language
from core.reports.types import Report
from core.uow import SiteFacts

ALWAYS = frozenset({"item", "name", "qty", "value", "at"})
"""Columns that stand on paper even when nothing stands in them; others are left out for room."""


def _table(report: Report, language: Language, _site: SiteFacts, width: int | None) -> bytes:
    return documents.to_text(report.sheet, language, width).encode("utf-8")


def _csv(report: Report, language: Language, _site: SiteFacts, _width: int | None) -> bytes:
    return documents.to_csv(report.sheet, language)


def _xlsx(report: Report, language: Language, _site: SiteFacts, _width: int | None) -> bytes:
    return documents.to_xlsx(report.book or report.sheet, language)


def _json(report: Report, _language: Language, _site: SiteFacts, _width: int | None) -> bytes:
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in report.plain)
    return (f"[\n{rows}\n]\n" if rows else "[]\n").encode("utf-8", "replace")


def _pdf(report: Report, language: Language, site: SiteFacts, _width: int | None) -> bytes:
    if report.paper is not None:
        return documents.render_pdf(report.paper, language)
    sheet: Sheet = report.sheet
    rows = [tuple(row) for row in sheet.rows]
    kept = [at for at, column in enumerate(sheet.columns) if column.key in ALWAYS or any(row[at] for row in rows)]
    lines = [Line(tuple(row[at] for at in kept)) for row in rows]
    if sheet.totals:
        lines.append(Line(tuple(sheet.totals[at] for at in kept), "subtotal"))
    paper = Paper(
        head=CompanyHead(site.title(language), tuple(part for part in (site.address, site.phone) if part)),
        title=sheet.title,
        number="",
        facts=sheet.facts,
        body=(PaperTable(tuple(sheet.columns[at] for at in kept), tuple(lines)),),
        coded=False,
        landscape=report.is_wide,
        notation=sheet.notation,
    )
    return documents.render_pdf(paper, language)


_WRITERS: Mapping[str, Callable[[Report, Language, SiteFacts, int | None], bytes]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "pdf": _pdf,
}
FORMATS = tuple(_WRITERS)


def render_report(report: Report, form: str, language: Language, site: SiteFacts, *, width: int | None = None) -> bytes:
    """The report in one of FORMATS, in a language. `width` cuts a table to the terminal. Raises KeyError for another form."""
    return _WRITERS[form](report, language, site, width)
