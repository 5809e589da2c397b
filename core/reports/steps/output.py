"""A report as a table for the terminal, a file for programs or spreadsheets, or a paper."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import BinaryIO

from core import documents
from core.documents import Chart, CompanyHead, Line, Paper, PaperTable, Sheet
from core.i18n import Language
from core.reports.types import Report
from core.uow import SiteFacts

ALWAYS = frozenset({"item", "name", "qty", "value", "at"})
"""Columns that stand on paper even when nothing stands in them; others are left out for room."""
Write = Callable[[Report, Language, SiteFacts, BinaryIO], None]


def _csv(report: Report, language: Language, _site: SiteFacts, target: BinaryIO) -> None:
    documents.write_csv(report.sheet, language, target)


def _xlsx(report: Report, language: Language, _site: SiteFacts, target: BinaryIO) -> None:
    documents.write_xlsx(report.book or report.sheet, language, target)


def _json(report: Report, _language: Language, _site: SiteFacts, target: BinaryIO) -> None:
    before = "[\n"
    for row in report.plain:
        target.write((before + json.dumps(row, ensure_ascii=False)).encode("utf-8", "replace"))
        before = ",\n"
    target.write(b"[]\n" if before == "[\n" else b"\n]\n")


def _pdf(report: Report, language: Language, site: SiteFacts, target: BinaryIO) -> None:
    if report.paper is not None:
        target.write(documents.render_pdf(report.paper, language))
        return
    sheet: Sheet = report.sheet
    table = report.table or _whole_table(sheet)
    body: tuple[Chart | PaperTable, ...] = (table,) if report.chart is None else (report.chart, table)
    paper = Paper(
        head=CompanyHead(site.title(language), tuple(part for part in (site.address, site.phone) if part)),
        title=sheet.title,
        number="",
        facts=sheet.facts,
        body=body,
        remarks=report.remarks,
        coded=False,
        landscape=report.is_wide,
        notation=sheet.notation,
    )
    target.write(documents.render_pdf(paper, language))


def _whole_table(sheet: Sheet) -> PaperTable:
    rows = [tuple(row) for row in sheet.rows]
    kept = [at for at, column in enumerate(sheet.columns) if column.key in ALWAYS or any(row[at] for row in rows)]
    lines = [Line(tuple(row[at] for at in kept)) for row in rows]
    if sheet.totals:
        lines.append(Line(tuple(sheet.totals[at] for at in kept), "subtotal"))
    return PaperTable(tuple(sheet.columns[at] for at in kept), tuple(lines))


_WRITERS: Mapping[str, Write] = {"csv": _csv, "json": _json, "xlsx": _xlsx, "pdf": _pdf}
FORMATS = ("table", *_WRITERS)


def write_to(
    target: BinaryIO, report: Report, form: str, language: Language, site: SiteFacts, *, width: int | None = None
) -> None:
    """Write the report in one of FORMATS, in a language, row by row. `width` cuts a table to the terminal. Raises KeyError
    for another form, OSError when the file cannot be written."""
    if form == "table":
        documents.write_text(report.sheet, language, target, width)
    else:
        _WRITERS[form](report, language, site, target)


def render_report(report: Report, form: str, language: Language, site: SiteFacts, *, width: int | None = None) -> bytes:
    """The report in one of FORMATS, in a language. `width` cuts a table to the terminal. Raises KeyError for another form."""
    target = io.BytesIO()
    write_to(target, report, form, language, site, width=width)
    return target.getvalue()
