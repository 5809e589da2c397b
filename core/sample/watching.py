"""What the sample's people look at again and again: saved views, schedules, rules of alerts, what was said to alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from core import alerts, reports
from core.alerts import AlertFilter, ChannelEdit, QuietHours
from core.paths import report_folder
from core.reports import Asked, PivotAsked, ScheduleEdit, Sort, ViewEdit, When
from core.sample.world import World
from db.enums import AlertKind, ChannelKind, Period, Rhythm, ViewKind

LOOKED_LEFT, LOOKED_AT = (6, 1), (22, 30)
WASTE_VIEW = "近 7 天报损 / waste of the last week"
REPORTS = (
    ViewEdit(ViewKind.REPORT, "waste-log", WASTE_VIEW,
             Asked(group="reason", sort=(Sort("cost", True),), period=Period.LAST_7_DAYS), True),
    ViewEdit(ViewKind.REPORT, "expiring-lots", "三天内到期 / expiring within three days", Asked(group="when"), True),
    ViewEdit(ViewKind.REPORT, "purchases-by-item", "本月进货大户 / most bought this month",
             Asked(sort=(Sort("value", True),), period=Period.MONTH_TO_DATE)),
    ViewEdit(ViewKind.PIVOT, "waste", "报损：分类 × 原因 / waste by category and reason",
             PivotAsked("waste", ("category",), ("reason",), ("cost",)), True),
    ViewEdit(ViewKind.PIVOT, "receipts", "进货：供应商 × 月 / purchases by supplier and month",
             PivotAsked("receipts", ("supplier",), ("month",), ("value",))),
)  # fmt: skip
RULES: Mapping[AlertKind, Mapping[str, Decimal]] = {
    AlertKind.RUNNING_OUT: {"days": Decimal(1)},
    AlertKind.EXPIRY: {"days": Decimal(1)},
    AlertKind.NOT_MOVED: {"days": Decimal(90)},
}
"""A kitchen buys every day: what lasts a day, or keeps for one, is soon enough."""
QUIET = QuietHours("22:30", "07:00")
CHANNELS = (
    ChannelEdit(ChannelKind.MAIL, "店长邮箱 / manager's e-mail", False, "zh", ("manager@wangjiang.example",)),
    ChannelEdit(ChannelKind.WECOM, "企业微信群 / WeCom group", False, "zh"),
)
SEEN_NOTE = "已联系供应商 / the supplier was called"


def set_up(world: World) -> None:
    """Views and schedules of the manager, rules that fit a kitchen, channels that are off: a sample tells nobody outside."""
    office = world.crew["manager"]
    views = {view.name: office.do(reports.save_view, new=view) for view in REPORTS}
    for schedule in _schedules(views[WASTE_VIEW], str(report_folder())):
        office.do(reports.save_schedule, new=schedule)
    for channel in CHANNELS:
        office.do(alerts.save_channel, new=channel)
    for row in office.ask(alerts.list_alert_rules):
        if row.edit.kind in RULES:
            edit = replace(row.edit, limits={**row.edit.limits, **RULES[row.edit.kind]})
            office.do(alerts.save_alert_rule, new=edit, rule_id=row.id, version=row.version, seen=row.edit)
    office.do(alerts.save_quiet_hours, new=QUIET, version=office.ask(alerts.get_quiet_hours).version)


def _schedules(waste: int, folder: str) -> tuple[ScheduleEdit, ...]:
    """Both are off until somebody wants them, and then write into a folder of the program's own."""
    return (
        ScheduleEdit("每周报损 / weekly waste", view_id=waste, when=When(Rhythm.WEEKLY, "07:00", 1), period=Period.LAST_WEEK,
                     form="pdf", language="zh", folder=folder, is_on=False),
        ScheduleEdit("月结后成本表 / review of a closed month", "month-review", when=When(Rhythm.MONTH_CLOSED),
                     period=Period.LAST_MONTH, form="xlsx", language="zh", folder=folder, is_on=False),
    )  # fmt: skip


def look_in_time(world: World, day: date) -> None:
    """The program looks for alerts on some evenings, so that the newest ones are not all of one moment."""
    moment = world.moment(day, *LOOKED_AT)
    if (world.last - day).days in LOOKED_LEFT and world.is_past(moment):
        world.set_clock(moment)
        alerts.look_for_alerts(world.crew["manager"])


def look_now(world: World) -> None:
    """The last look; the manager has seen one alert and puts another off to tomorrow."""
    world.set_clock(world.now)
    office = world.crew["manager"]
    alerts.look_for_alerts(office)
    rows = office.ask(alerts.list_alerts, wanted=AlertFilter()).rows
    late = [row.id for row in rows if row.kind is AlertKind.SUPPLIER_LATE][:1]
    full = [row.id for row in rows if row.kind is AlertKind.ABOVE_MAXIMUM][:1]
    if late:
        office.do(alerts.acknowledge_alerts, ids=late, note=SEEN_NOTE)
    if full:
        office.do(alerts.snooze_alerts, ids=full, until=world.now + timedelta(days=1))
