"""Building blocks of documents: numbers, files as they are kept, the head of papers."""

from core.documents.steps.amount_words import in_words
from core.documents.steps.attached import attach_file, move_attachments
from core.documents.steps.files import MOST_BYTES, kept_file, read_file
from core.documents.steps.head import SITE, SITE_ID, company_head, notation_of
from core.documents.steps.numbers import next_number, next_numbers, next_serials
from core.documents.steps.printed import keep_printed

__all__ = [
    "MOST_BYTES",
    "SITE",
    "SITE_ID",
    "attach_file",
    "company_head",
    "in_words",
    "keep_printed",
    "kept_file",
    "move_attachments",
    "next_number",
    "next_numbers",
    "next_serials",
    "notation_of",
    "read_file",
]
