"""The operation log as a file: everything the filters let through, not only what is on screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core import identity
from core.documents import Cell, Column, Fact, Notation, Sheet
from core.i18n import Text, _, join
from core.identity import AuditFilter, AuditPage, AuditRow
from desktop.context import AppContext
from desktop.printing.list_file import ask_where, save_list
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


class AuditExport:
    """Asks where to, then writes beside the window."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        self._context, self._owner = context, owner

    def ask(self, ending: str, wanted: AuditFilter) -> None:
        """Ask for the file's name: `ending` is xlsx or csv."""
        ask_where(self._owner, ui_text(_("Operation log")), ending, lambda path: self.save(path, wanted))

    def save(self, path: Path, wanted: AuditFilter) -> None:
        """Read everything that fits and write it to a file."""
        context, read = self._context, list[AuditPage]()

        def make() -> Sheet:
            read.append(context.office.ask(identity.search_audit, wanted=wanted, limit=MOST_ROWS))
            return audit_sheet(read[0].rows, filter_facts(wanted), context.office.site.zone)

        save_list(context, self._owner, make, path, lambda _rows: self._told(read[0], path))

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

    def _say(self, text: Text) -> None:
        self._context.shell.say(text)
