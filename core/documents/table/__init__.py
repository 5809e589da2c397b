"""Lists as files: CSV, XLSX, JSON and aligned text, each written row by row from the same `Sheet`."""

from core.documents.table.cells import guarded, unguarded
from core.documents.table.csv_file import to_csv, write_csv
from core.documents.table.json_file import to_json, write_json
from core.documents.table.text_file import to_text, write_text
from core.documents.table.xlsx_file import to_xlsx, write_xlsx

__all__ = [
    "guarded",
    "to_csv",
    "to_json",
    "to_text",
    "to_xlsx",
    "unguarded",
    "write_csv",
    "write_json",
    "write_text",
    "write_xlsx",
]
