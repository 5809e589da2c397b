"""The operation log as a file: everything the filters let through, not only what is on screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core import identity
from core.documents import Cell, Column, Fact, Notation, Sheet, write_csv, write_xlsx
from core.errors import CoreError, Refused
from core.i18n import Language, Text, _, join
from core.identity import AuditFilter, AuditPage, AuditRow
from desktop.context import AppContext
from desktop.widgets import ui_text

MOST_ROWS = 100_000
COLUMNS = (
    Column("at", _("Time"), "instant"),
    Column("person", _("Person")),
    Column("act", _("Act")),
    Column("what", _("What about")),
    Column("changes", _("Changes")),
    Column("stand_in", _("Stood in")),
    Column("station", _("PC")),
    Column("number", _("Number"), "number"),
)


def audit_sheet(rows: Sequence[AuditRow], facts: tuple[Fact, ...], zone: str) -> Sheet:
    """The rows as a list for a file."""
    return Sheet(_("Operation log"), COLUMNS, (_cells(row) for row in rows), facts, notation=Notation(zone=zone))


def _cells(row: AuditRow) -> tuple[Cell, ...]:
    facts = [_("{field} = {value}", field=fact.label, value=fact.value) for fact in row.facts]
    changes = [_("{label}: {before} → {after}", label=c.label, before=c.before, after=c.after) for c in row.changes]
    return (
        row.at,
        row.person,
        row.label,
        join(facts) if facts else "",
        join(changes) if changes else "",
        row.stand_in,
        row.station,
        row.journal_id,
    )


def filter_facts(wanted: AuditFilter) -> tuple[Fact, ...]:
    """What the file was narrowed by, said in it."""
    facts = [Fact(label, value) for label, value in ((_("Holds"), wanted.text), (_("PC"), wanted.station)) if value]
    facts += [
        Fact(label, day, "date")
        for label, day in ((_("From day"), wanted.from_on), (_("To day"), wanted.to_on))
        if day is not None
    ]
    return tuple(facts)


def write_sheet(sheet: Sheet, path: Path, language: Language) -> None:
    """Write the list; the kind of file follows from its ending. Raises Refused when the place cannot be written."""
    try:
        if path.suffix.lower() == ".csv":
            with path.open("wb") as target:
                write_csv(sheet, language, target)
        else:
            write_xlsx(sheet, language, path)
    except OSError as fault:
        raise Refused(
            _("{file} cannot be written. Close it elsewhere, or choose another place.", file=path.name)
        ) from fault


class AuditExport:
    """Asks where to, then writes beside the window."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        self._context, self._owner = context, owner

    def ask(self, ending: str, wanted: AuditFilter) -> None:
        """Ask for the file's name: `ending` is xlsx or csv."""
        kinds = {"xlsx": "Excel (*.xlsx)", "csv": "CSV (*.csv)"}
        name = f"{ui_text(_('Operation log'))}.{ending}"
        asked = QFileDialog(self._owner, ui_text(_("Save as")), name, kinds[ending])
        asked.setDefaultSuffix(ending)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.fileSelected.connect(lambda chosen: self.save(Path(chosen), wanted))
        asked.open()

    def save(self, path: Path, wanted: AuditFilter) -> None:
        """Read everything that fits and write it to a file."""
        context = self._context
        language = context.language

        def work() -> AuditPage:
            page = context.office.ask(identity.search_audit, wanted=wanted, limit=MOST_ROWS)
            write_sheet(audit_sheet(page.rows, filter_facts(wanted), context.office.site.zone), path, language)
            return page

        context.ops.run(self._owner, work, then=lambda page: self._told(page, path), failed=self._failed)

    def _told(self, page: AuditPage, path: Path) -> None:
        if page.before_id is None:
            self._say(_("{n} rows saved as {file}.", n=f"{len(page.rows):,}", file=path.name))
        else:
            self._say(
                _(
                    "The newest {n} of {total} rows saved as {file}. Narrow the filters for the others.",
                    n=f"{len(page.rows):,}",
                    total=f"{page.total:,}",
                    file=path.name,
                )
            )

    def _failed(self, error: CoreError) -> None:
        self._context.shell.show_error(error.text)

    def _say(self, text: Text) -> None:
        self._context.shell.say(text)
