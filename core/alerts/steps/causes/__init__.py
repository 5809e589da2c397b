"""What each kind of rule finds: a function of what stands in the database now and of the rule's limits, and of nothing
else. It answers everything it finds, each time; who opens and closes alerts compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from core.alerts.steps.causes import buying, goods, levels, months, patterns, running
from core.alerts.steps.stand import Stand
from core.alerts.types.inbox import Found
from db.enums import AlertKind as K

Finder: TypeAlias = Callable[[Stand, Mapping[str, Decimal]], list[Found]]
FINDERS: Mapping[K, Finder] = {
    K.BELOW_SAFETY: levels.below_safety,
    K.NEGATIVE_STOCK: levels.negative_stock,
    K.RUNNING_OUT: levels.running_out,
    K.ABOVE_MAXIMUM: levels.above_maximum,
    K.NOT_MOVED: goods.not_moved,
    K.EXPIRY: goods.expiry,
    K.COUNT_DIFFERENCE: goods.count_difference,
    K.SUPPLIER_LATE: buying.supplier_late,
    K.IN_TRANSIT: buying.in_transit,
    K.PRICE_JUMP: buying.price_jump,
    K.UNUSUAL: patterns.unusual,
    K.BUDGET_TREND: months.budget_trend,
    K.MONTH_OPEN: months.month_open,
    K.SCHEDULE_FAILED: running.schedule_failed,
    K.MAIL_STUCK: running.mail_stuck,
    K.BACKUP_OLD: running.backup_old,
}
