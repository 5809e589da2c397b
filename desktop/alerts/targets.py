"""Where an alert leads: the pages that mend what it is about, the best first. The shell opens the first this person may."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.alerts import AlertRow
from core.i18n import Text, _
from core.words import AlertKind
from desktop.context import ShellDoor

Target = tuple[str, Mapping[str, object]]
MAILS = 1


def targets_of(row: AlertRow) -> tuple[Target, ...]:
    """The pages it may lead to, best first."""
    return _TARGETS[row.kind](row)


def find_target(row: AlertRow, shell: ShellDoor) -> Target | None:
    """The best page this person may see; None when there is none."""
    return next((target for target in targets_of(row) if shell.can_go(target[0])), None)


def verb_of(row: AlertRow, target: Target) -> Text:
    """What the button that leads there says."""
    return _VERBS.get(target[0], _("Open"))


def _on_hand(row: AlertRow) -> Target:
    return "stock.on_hand", {"item_id": row.subject_id}


def _short(row: AlertRow) -> tuple[Target, ...]:
    return ("purchasing.need", {"item_ids": (row.subject_id,)}), _on_hand(row)


def _negative(row: AlertRow) -> tuple[Target, ...]:
    place = {"location_id": int(row.subject_part)} if row.subject_part.isdecimal() else {}
    return ("stock.odd", {"item_id": row.subject_id, **place}), _on_hand(row)


def _above(row: AlertRow) -> tuple[Target, ...]:
    return (_on_hand(row),)


def _not_moved(row: AlertRow) -> tuple[Target, ...]:
    return ("stock.idle", {}), _on_hand(row)


def _lot(row: AlertRow) -> tuple[Target, ...]:
    return (("stock.lots", {"lot_id": row.subject_id}),)


def _count(row: AlertRow) -> tuple[Target, ...]:
    review: Target = ("stock.count_review", {"count_id": row.subject_id})
    if not row.subject_part.isdecimal():
        return (review,)
    return ("stock.odd", {"count_line_id": int(row.subject_part)}), review


def _late(row: AlertRow) -> tuple[Target, ...]:
    order = {"order_id": row.subject_id}
    return ("purchasing.order", order), ("purchasing.receive", order)


def _transit(_row: AlertRow) -> tuple[Target, ...]:
    return ("stock.transit", {}), ("stock.postings", {})


def _price(row: AlertRow) -> tuple[Target, ...]:
    return ("catalog.item", {"item_id": row.subject_id}), _on_hand(row)


def _unusual(row: AlertRow) -> tuple[Target, ...]:
    _figure, _colon, day = row.subject_part.partition(":")
    return ("stock.ledger", {"item_id": row.subject_id, "first": day, "last": day}), _on_hand(row)


def _budget(row: AlertRow) -> tuple[Target, ...]:
    return ("month_end.budgets", {"month": row.subject_part}), ("month_end.review", {})


def _month(row: AlertRow) -> tuple[Target, ...]:
    year, number = divmod(row.subject_id, 100)
    return ("month_end.close", {"month": f"{year:04}-{number:02}"}), ("month_end.review", {})


def _schedule(_row: AlertRow) -> tuple[Target, ...]:
    return (("reports.schedules", {}),)


def _mail(row: AlertRow) -> tuple[Target, ...]:
    return (("settings.outbox", {}),) if row.subject_id == MAILS else (("settings.alert_messages", {}),)


def _backup(_row: AlertRow) -> tuple[Target, ...]:
    return (("settings.maintenance", {}),)


_TARGETS: Mapping[AlertKind, Callable[[AlertRow], tuple[Target, ...]]] = {
    AlertKind.BELOW_SAFETY: _short,
    AlertKind.NEGATIVE_STOCK: _negative,
    AlertKind.RUNNING_OUT: _short,
    AlertKind.ABOVE_MAXIMUM: _above,
    AlertKind.NOT_MOVED: _not_moved,
    AlertKind.EXPIRY: _lot,
    AlertKind.COUNT_DIFFERENCE: _count,
    AlertKind.SUPPLIER_LATE: _late,
    AlertKind.IN_TRANSIT: _transit,
    AlertKind.PRICE_JUMP: _price,
    AlertKind.UNUSUAL: _unusual,
    AlertKind.BUDGET_TREND: _budget,
    AlertKind.MONTH_OPEN: _month,
    AlertKind.SCHEDULE_FAILED: _schedule,
    AlertKind.MAIL_STUCK: _mail,
    AlertKind.BACKUP_OLD: _backup,
}
_VERBS: Mapping[str, Text] = {
    "purchasing.need": _("Order it"),
    "stock.on_hand": _("Show the stock"),
    "stock.odd": _("Trace the difference"),
    "stock.idle": _("Show idle stock"),
    "stock.lots": _("Show the lot"),
    "stock.count_review": _("Show the count"),
    "purchasing.order": _("Open the order"),
    "purchasing.receive": _("Receive it"),
    "stock.transit": _("Receive it"),
    "catalog.item": _("Show the item"),
    "stock.ledger": _("Show the entries"),
    "month_end.budgets": _("Show the budgets"),
    "month_end.close": _("Open the checklist"),
    "reports.schedules": _("Show the schedules"),
    "settings.outbox": _("Open the outbox"),
    "settings.alert_messages": _("Show the messages"),
    "settings.maintenance": _("Make a backup"),
}
