"""Building blocks of documents: numbers, and files as they are kept."""

from core.documents.steps.attached import move_attachments
from core.documents.steps.files import MOST_BYTES, kept_file, read_file
from core.documents.steps.numbers import next_number, next_numbers, next_serials

__all__ = ["MOST_BYTES", "kept_file", "move_attachments", "next_number", "next_numbers", "next_serials", "read_file"]
