"""The reports opened last on this PC by this person, newest first."""

from __future__ import annotations

from desktop.context import AppContext

MOST = 6


def recent_reports(context: AppContext) -> list[str]:
    """Their words, newest first."""
    return [name for name in context.settings.get(_key(context)).split(";") if name]


def remember_report(context: AppContext, name: str) -> None:
    """A report was opened."""
    names = [name, *(one for one in recent_reports(context) if one != name)]
    context.settings.put(_key(context), ";".join(names[:MOST]))


def _key(context: AppContext) -> str:
    actor = context.office.actor
    return f"reports/recent/{actor.person_id if actor is not None else 0}"
