"""Documents: papers as PDF, lists as CSV, XLSX, JSON and text, and how figures and dates are written.

Domains bring rows and texts; this domain decides how they look. It promises that what comes out is readable everywhere
(fonts embedded, nothing vanishes), exact (figures are never bent), and harmless (no text becomes markup or a formula).
"""

from core.documents.formats import (
    currency_sign,
    format_cell,
    format_cost,
    format_date,
    format_instant,
    format_long_date,
    format_money,
    format_number,
    format_percent,
    format_quantity,
)
from core.documents.paper import render_pdf
from core.documents.steps import next_number, next_numbers
from core.documents.table import to_csv, to_json, to_text, to_xlsx, unguarded, write_csv, write_json, write_xlsx
from core.documents.types import (
    Bar,
    Cell,
    Chart,
    Column,
    CompanyHead,
    Fact,
    Kind,
    Line,
    Measure,
    Notation,
    Paper,
    PaperTable,
    Party,
    Sheet,
    Signature,
    Total,
    Words,
)

__all__ = [
    "Bar",
    "Cell",
    "Chart",
    "Column",
    "CompanyHead",
    "Fact",
    "Kind",
    "Line",
    "Measure",
    "Notation",
    "Paper",
    "PaperTable",
    "Party",
    "Sheet",
    "Signature",
    "Total",
    "Words",
    "currency_sign",
    "format_cell",
    "format_cost",
    "format_date",
    "format_instant",
    "format_long_date",
    "format_money",
    "format_number",
    "format_percent",
    "format_quantity",
    "next_number",
    "next_numbers",
    "render_pdf",
    "to_csv",
    "to_json",
    "to_text",
    "to_xlsx",
    "unguarded",
    "write_csv",
    "write_json",
    "write_xlsx",
]
