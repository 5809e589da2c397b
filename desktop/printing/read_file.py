"""A file of the disk that is to be brought in, with the endings a person may choose."""

from __future__ import annotations

from pathlib import Path

from core import importing
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.importing import ImportFile

ENDINGS = "*.xlsx *.xlsm *.csv *.txt *.tsv"


def read_file(path: Path) -> ImportFile:
    """A file with its bytes. Raises NotFound, InvalidInput for one that is too large or cannot be read."""
    try:
        importing.check_size(path.stat().st_size)
        return ImportFile(path.name, path.read_bytes())
    except FileNotFoundError as fault:
        raise NotFound(_("There is no file {file}.", file=path.name), field="file") from fault
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise InvalidInput(
            _("The file {file} cannot be read: {why}.", file=path.name, why=why), field="file"
        ) from fault
