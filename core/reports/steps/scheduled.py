"""What a schedule makes: a report of the catalogue or a saved view, as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.errors import InvalidInput, NotFound
from core.i18n import Text, _, verbatim
from core.reports.rules.periods import span_of_month, span_of_period
from core.reports.steps.catalogue import find
from core.reports.steps.made import permitted, report_of
from core.reports.steps.output import FORMATS, write_to
from core.reports.steps.pivot.plan import prepared
from core.reports.steps.pivot.reading import read_pivot
from core.reports.steps.pivot.sheet import PIVOT_FORMS, pivot_file
from core.reports.steps.saved import VIEW, find_view
from core.reports.types.asked import Asked, Span
from core.reports.types.pivot import PivotAsked
from core.reports.types.schedules import ScheduleEdit
from core.uow import UnitOfWork, not_allowed
from db.enums import Period, Permission, ViewKind

_MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}


def media_type(form: str) -> str:
    """What kind of file a form is, for an e-mail."""
    return _MEDIA.get(form, "text/plain")


def check_form(uow: UnitOfWork, edit: ScheduleEdit) -> None:
    """The form is one that the report or pivot can be written in. Raises InvalidInput, NotFound."""
    is_pivot = bool(edit.view_id) and find_view(uow, edit.view_id).kind is ViewKind.PIVOT
    forms = PIVOT_FORMS if is_pivot else FORMATS
    if edit.form not in forms:
        raise InvalidInput(
            _("“{form}” is no form of a report. Write one of: {forms}.", form=edit.form[:20], forms=", ".join(forms)),
            field="form",
        )


def check_source(uow: UnitOfWork, kind: ViewKind, source: str) -> None:
    """A report or prepared table exists, and this person may see it. Raises NotFound, NotAllowed."""
    if kind is ViewKind.REPORT:
        permitted(uow, source)
    else:
        prepared(uow, source)


def check_made(uow: UnitOfWork, edit: ScheduleEdit) -> None:
    """What a schedule makes is there and this person may see reports. Raises NotFound, NotAllowed."""
    if not uow.may(Permission.REPORT_VIEW):
        raise not_allowed(Permission.REPORT_VIEW)
    if edit.view_id:
        view = find_view(uow, edit.view_id)
        check_source(uow, view.kind, view.source)
    else:
        permitted(uow, edit.report)


def title_of(uow: UnitOfWork, edit: ScheduleEdit) -> Text:
    """What a schedule makes, as people call it; its word where that is gone."""
    if edit.view_id:
        name = uow.sql.execute(select(VIEW.c.name).where(VIEW.c.id == edit.view_id)).scalar_one_or_none()
        return verbatim(name) if name else _("A view that was removed")
    try:
        return find(edit.report).entry.title
    except NotFound:
        return verbatim(edit.report)


def write_scheduled(uow: UnitOfWork, edit: ScheduleEdit, run: Any, target: BinaryIO) -> None:
    """Write the file of one run, row by row, with the rights of the person in `uow`; about the time it was due, however
    late it is made.

    Raises NotFound, NotAllowed, InvalidInput, OSError.
    """
    target.seek(0)  # a reading that lost its connection half way begins anew
    target.truncate()
    check_made(uow, edit)
    language = edit.language or uow.site.language
    span = _span(uow, edit, run.due_at, run.month)
    kept = find_view(uow, edit.view_id).asked if edit.view_id else Asked()
    if not isinstance(kept, Asked | PivotAsked):
        raise InvalidInput(_("This view was saved by another version of the program. Open it and save it again."))
    if span is None and kept.period:
        span = span_of_period(Period(kept.period), run.due_at, uow.site.zone, uow.site.day_start_hour)
    kept = replace(kept, span=kept.span if span is None else span, language=language)
    if isinstance(kept, PivotAsked):
        now = kept if prepared(uow, kept.table).is_of_period else replace(kept, span=Span())
        target.write(pivot_file(uow, read_pivot(uow, now), edit.form))
        return
    name = find_view(uow, edit.view_id).source if edit.view_id else edit.report
    write_to(target, report_of(uow, name, kept, edit.form), edit.form, language, uow.site)


def words_of_mail(uow: UnitOfWork, schedule: Any, run: Any) -> tuple[str, str]:
    """Subject and text of the e-mail a scheduled report goes with."""
    language = schedule.language or uow.site.language
    due = run.due_at.astimezone(ZoneInfo(uow.site.zone))
    day = run.month or f"{due:%Y-%m-%d}"
    subject = f"{uow.site.title(language)} · {schedule.name} · {day}"
    body = _(
        "This report was made by itself and is attached: {name}, due {at}.",
        name=schedule.name,
        at=f"{due:%Y-%m-%d %H:%M}",
    )
    return subject, body.render(language)


def _span(uow: UnitOfWork, edit: ScheduleEdit, due_at: datetime, month: str) -> Span | None:
    zone, hour = uow.site.zone, uow.site.day_start_hour
    if month:
        return span_of_month(month, zone, hour)
    if edit.period is Period.VIEW:
        return None
    return span_of_period(edit.period, due_at, zone, hour)
