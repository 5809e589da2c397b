"""The operation log: who did what, when, from which PC."""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, Text, cast, func, or_, select

from core.clock import day_ends_at, day_starts_at
from core.i18n import LANGUAGES
from core.identity.steps.journal import act_label, known_acts, read_row
from core.identity.steps.named import load_names
from core.identity.types import AuditChoices, AuditFilter, AuditPage
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission
from db.journal import Journal

MOST_ROWS = 100_000


@query(Permission.AUDIT_VIEW)
def search_audit(
    uow: UnitOfWork,
    *,
    wanted: AuditFilter | None = None,
    before_id: int | None = None,
    offset: int = 0,
    limit: int = 200,
) -> AuditPage:
    """A stretch of the operation log, newest first.

    The text is looked for in person, PC, act (in both languages) and everything kept of the act. `before_id` of one
    page asks for the next; a table that jumps asks by `offset`.
    """
    where = _conditions(uow, wanted or AuditFilter())
    total = uow.sql.execute(select(func.count()).select_from(Journal).where(*where)).scalar_one()
    page = where if before_id is None else [*where, Journal.id < before_id]
    most = max(1, min(limit, MOST_ROWS))
    rows = uow.sql.execute(
        select(
            Journal.id,
            Journal.at,
            Journal.person_id,
            Journal.person_name,
            Journal.station,
            Journal.command,
            Journal.facts,
        )
        .where(*page)
        .order_by(Journal.id.desc())
        .offset(max(0, offset))
        .limit(most + 1)
    ).all()
    shown = rows[:most]
    names = load_names(uow, shown)
    return AuditPage(
        tuple(read_row(row, names) for row in shown), int(total), shown[-1].id if len(rows) > most else None
    )


@query(Permission.AUDIT_VIEW)
def list_audit_choices(uow: UnitOfWork) -> AuditChoices:
    """The people, PCs and acts that stand in the log, to filter by."""
    people = uow.sql.execute(
        select(Journal.person_id, func.max(Journal.person_name))
        .group_by(Journal.person_id)
        .order_by(func.max(Journal.person_name))
    )
    stations = uow.sql.execute(select(Journal.station).distinct().order_by(Journal.station)).scalars()
    commands = uow.sql.execute(select(Journal.command).distinct().order_by(Journal.command)).scalars()
    return AuditChoices(
        people=tuple((row[0], row[1]) for row in people),
        stations=tuple(stations),
        commands=tuple((name, act_label(name)) for name in commands),
    )


def _conditions(uow: UnitOfWork, wanted: AuditFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.person_id is not None:
        where.append(Journal.person_id == wanted.person_id)
    if wanted.station:
        where.append(Journal.station == wanted.station)
    if wanted.command:
        where.append(Journal.command == wanted.command)
    if wanted.from_on is not None:
        where.append(Journal.at >= day_starts_at(wanted.from_on, uow.site.zone, 0))
    if wanted.to_on is not None:
        where.append(Journal.at <= day_ends_at(wanted.to_on, uow.site.zone, 0))
    if wanted.text.strip():
        where.append(_holds_text(wanted.text.strip()))
    return where


def _holds_text(text: str) -> ColumnElement[bool]:
    letters = text.casefold()
    acts = [
        name
        for name, label in known_acts().items()
        if any(letters in label.render(one).casefold() for one in LANGUAGES)
    ]
    as_stored = json.dumps(text, ensure_ascii=False)[1:-1]  # a quote inside JSON is kept with its backslash
    return or_(
        Journal.person_name.icontains(text, autoescape=True),
        Journal.station.icontains(text, autoescape=True),
        cast(Journal.facts, Text).icontains(as_stored, autoescape=True),
        Journal.command.in_(acts),
    )
