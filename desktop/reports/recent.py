"""The reports opened last on this PC by a person, newest first."""

from __future__ import annotations

from core.office import Office
from desktop.context import AppContext

MOST = 6


def person_at(office: Office) -> int:
    """Who is signed in, 0 for nobody. It asks the database, so call it beside the window."""
    actor = office.actor
    return 0 if actor is None else actor.person_id


def recent_reports(context: AppContext, person_id: int) -> list[str]:
    """Their words, newest first."""
    return [name for name in context.settings.get(_key(person_id)).split(";") if name]


def remember_report(context: AppContext, person_id: int, name: str) -> None:
    """A report was opened."""
    names = [name, *(one for one in recent_reports(context, person_id) if one != name)]
    context.settings.put(_key(person_id), ";".join(names[:MOST]))


def _key(person_id: int) -> str:
    return f"reports/recent/{person_id}"
