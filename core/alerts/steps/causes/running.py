"""What keeps the site running: backups, messages that are stuck, scheduled reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from core.alerts.steps.deliveries import untold
from core.alerts.steps.stand import Stand
from core.alerts.types.inbox import MAIL, SCHEDULE, SITE, Found
from core.answers import from_json
from core.i18n import Text
from db.alerts import AlertMessage
from db.base import table_of
from db.enums import MailState, MessageState, RunState
from db.identity import Site
from db.journal import Journal
from db.mail import MailOutbox
from db.reports import ReportRun, ReportSchedule

Limits = Mapping[str, Decimal]
BACKUP_COMMAND = "maintenance.record_backup"
M, G = table_of(MailOutbox), table_of(AlertMessage)


def backup_old(stand: Stand, limits: Limits) -> list[Found]:
    """No backup within so many hours, as the operation log knows; a site made lately has as long for its first one."""
    before = stand.uow.now - timedelta(hours=int(limits["hours"]))
    newest = stand.uow.sql.execute(
        select(Journal.at).where(Journal.command == BACKUP_COMMAND).order_by(Journal.id.desc()).limit(1)
    ).scalar_one_or_none()
    if newest is None:
        made_at = stand.uow.sql.execute(select(Site.created_at)).scalar_one()
        return [Found(SITE, 1, {"day": None})] if made_at < before else []
    return [Found(SITE, 1, {"day": stand.day_of(newest)})] if newest < before else []


def mail_stuck(stand: Stand, limits: Limits) -> list[Found]:
    """E-mails, and messages of alerts over channels, about which a person must say something or which wait for long,
    also because no program could put them together."""
    before = stand.uow.now - timedelta(hours=int(limits["hours"]))
    found = []
    for number, (table, failed, queued) in enumerate(
        (
            (M, (MailState.FAILED, MailState.UNSURE), MailState.QUEUED),
            (G, (MessageState.FAILED, MessageState.UNSURE), MessageState.QUEUED),
        ),
        1,
    ):
        is_old = (table.c.state == queued) & (table.c.queued_at < before)
        row = stand.uow.sql.execute(
            select(
                func.count().filter(table.c.state.in_(failed)),
                func.count().filter(is_old),
                func.min(table.c.queued_at).filter(is_old),
            ).where(table.c.state.in_((*failed, queued)))
        ).one()
        moments = [at for several in untold(stand.uow, before).values() for at in several] if table is G else []
        waiting, since = int(row[1]) + len(moments), min([*moments, *([row[2]] if row[2] else [])], default=None)
        if row[0] or waiting:
            facts: dict[str, Any] = {"need_person": int(row[0]), "waiting": waiting, "is_alerts": table is G}
            if since is not None:
                facts["since"] = _shown(stand, since)
            found.append(Found(MAIL, number, facts))
    return found


def schedule_failed(stand: Stand, _limits: Limits) -> list[Found]:
    """Schedules whose last run that came to an end failed."""
    ended = (RunState.DONE, RunState.FAILED)
    last = (
        select(ReportRun.schedule_id, func.max(ReportRun.due_at).label("due_at"))
        .where(ReportRun.state.in_(ended))
        .group_by(ReportRun.schedule_id)
        .subquery()
    )
    rows = stand.uow.sql.execute(
        select(ReportSchedule.id, ReportSchedule.name, ReportRun.due_at, ReportRun.why)
        .join(last, last.c.schedule_id == ReportSchedule.id)
        .join(ReportRun, (ReportRun.schedule_id == last.c.schedule_id) & (ReportRun.due_at == last.c.due_at))
        .where(ReportSchedule.is_on, ReportSchedule.is_removed.is_(False), ReportRun.state == RunState.FAILED)
    )
    found = []
    for row in rows:
        why = None if row.why is None else from_json(row.why)
        facts = {"name": row.name, "at": _shown(stand, row.due_at), "why": why if isinstance(why, Text) else None}
        found.append(Found(SCHEDULE, row.id, facts))
    return found


def _shown(stand: Stand, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(stand.uow.site.zone)):%Y-%m-%d %H:%M}"
