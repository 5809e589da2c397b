"""What a person can do: bring a file in, a filled count sheet into its count, and undo that."""

from core.importing.commands.counts import import_count
from core.importing.commands.files import import_file
from core.importing.commands.undo import undo_import

__all__ = ["import_count", "import_file", "undo_import"]
