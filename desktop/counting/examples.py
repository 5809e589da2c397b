"""Counts of the site to show in pictures: the newest open one, the newest with differences, and its sheet."""

from __future__ import annotations

from collections.abc import Mapping

from core import counting, documents
from core.i18n import Language
from core.office import Office
from core.words import CountState
from desktop.context import Paper
from desktop.printing.source import PaperSource


def some_count(office: Office) -> Mapping[str, object]:
    """A count that is being counted, else any."""
    rows = office.ask(counting.list_counts)
    best = next((row for row in rows if row.state is CountState.COUNTING), rows[0] if rows else None)
    return {"count_id": 0 if best is None else best.id}


def some_differences(office: Office) -> Mapping[str, object]:
    """A count with differences to look at, else any."""
    rows = office.ask(counting.list_counts)
    wanted = (CountState.TO_RESOLVE, CountState.TO_APPROVE, CountState.POSTED)
    best = next((row for row in rows if row.state in wanted), rows[0] if rows else None)
    return {"count_id": 0 if best is None else best.id}


def sheet_papers(office: Office, language: Language) -> list[Paper]:
    """The sheet of a count, blank and with quantities."""
    count_id = some_count(office)["count_id"]
    if not count_id:
        return []
    return [sheet_paper(office, int(str(count_id)), language, with_quantities=full)() for full in (False, True)]


def sheet_paper(office: Office, count_id: int, language: Language, *, with_quantities: bool) -> PaperSource:
    """The sheet of a count."""

    def ask(wanted: str) -> documents.Paper:
        return office.ask(counting.get_count_sheet, count_id=count_id, with_quantities=with_quantities, language=wanted)

    return PaperSource("count_sheet", language, ask, owner_kind="count", owner_id=count_id)
