"""The list of requests as a file."""

from __future__ import annotations

from collections.abc import Sequence

from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.i18n import Language, _
from core.purchasing import RequestRow
from core.words import word
from desktop.printing.list_file import MakeSheet


def request_sheet(rows: Sequence[RequestRow], said: Language) -> MakeSheet:
    """These rows."""
    columns = (
        FileColumn("number", _("Number")), FileColumn("state", _("State")), FileColumn("department", _("Department")),
        FileColumn("place", _("For place")), FileColumn("lines", _("Lines"), "number"),
        FileColumn("ordered", _("Ordered"), "number"), FileColumn("needed_on", _("Needed on"), "date"),
        FileColumn("by", _("Asked for by")), FileColumn("created_at", _("Made at"), "instant"),
        FileColumn("note", _("Note")),
    )  # fmt: skip

    def cells(row: RequestRow) -> tuple[Cell, ...]:
        return (
            row.number, word(row.state), row.department, row.place.render(said), row.lines, row.ordered,
            row.needed_on, row.by, row.created_at, row.note,
        )  # fmt: skip

    return lambda: Sheet(_("Requests"), columns, (cells(row) for row in rows))
