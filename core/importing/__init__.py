"""Importing: files brought in from other programs and spreadsheets, with what each made.

Promises: every row is brought in or none is; each wrong row is named with its column and what would be right; text
encodings, delimiters, dates and numbers are read as people write them; what a file made can be undone.
"""

from core.importing.commands import import_count, import_file, undo_import
from core.importing.commands.files import UPDATABLE
from core.importing.queries import list_fields, list_imports, preview_file
from core.importing.queries.invoice_files import read_invoice_file
from core.importing.steps.reading import MOST_BYTES, MOST_ROWS, check_size
from core.importing.types import (
    CellChange,
    ColumnProposal,
    CountFileResult,
    FieldChoice,
    FilePreview,
    FileRejected,
    ImportFile,
    ImportOptions,
    ImportResult,
    ImportRunRow,
    Rehearsed,
)

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "UPDATABLE",
    "CellChange",
    "ColumnProposal",
    "CountFileResult",
    "FieldChoice",
    "FilePreview",
    "FileRejected",
    "ImportFile",
    "ImportOptions",
    "ImportResult",
    "ImportRunRow",
    "Rehearsed",
    "check_size",
    "import_count",
    "import_file",
    "list_fields",
    "list_imports",
    "preview_file",
    "read_invoice_file",
    "undo_import",
]
