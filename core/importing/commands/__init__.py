"""What a person can do: bring a file in, and undo that."""

from core.importing.commands.files import import_file
from core.importing.commands.undo import undo_import

__all__ = ["import_file", "undo_import"]
