"""Columns of the scorecards and of the order lines behind them."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import Text, _
from core.purchasing import ScoreLine, ScoreRow, Share
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, language

GOOD, FAIR = Decimal(95), Decimal(85)
DEARER = Decimal(103)


def share_meaning(share: Share, *, is_bad: bool = False) -> Meaning | None:
    """How a share is coloured; `is_bad`: much of it is bad."""
    percent = share.percent
    if percent is None:
        return None
    if is_bad:
        percent = 100 - percent
    return Meaning.GOOD if percent >= GOOD else Meaning.SOON if percent >= FAIR else Meaning.DANGER


def columns(*, sees_cost: bool) -> list[Column]:
    """The list of suppliers; money only for who may see it."""
    found = [
        Column("supplier", _("Supplier"), 190, stretch=True, value=lambda row: row.supplier.render(language())),
        Column("lines", _("Lines"), 64, kind=Kind.QTY, why=True),
        _share("on_time_first", _("On time (first)")),
        _share("on_time_last", _("On time (last)")),
        _share("in_full", _("In full")),
        _share("rejected", _("With rejects"), is_bad=True),
        Column(
            "price_index", _("Price index"), 96, kind=Kind.QTY, why=True, value=lambda row: row.card.price_index,
            meaning=lambda row: Meaning.SOON if (row.card.price_index or 0) >= DEARER else None,
        ),
        Column("lead", _("Lead time"), 128, why=True, value=_lead),
        Column("overdue", _("Overdue"), 76, kind=Kind.QTY, why=True, meaning=_overdue),
        Column("claims", _("Open claims"), 100, kind=Kind.QTY, wide_only=True),
    ]  # fmt: skip
    if sees_cost:
        found.insert(1, Column("ordered", _("Ordered, without tax"), 146, kind=Kind.MONEY, wide_only=True))
    return found


def _share(key: str, title: Text, *, is_bad: bool = False) -> Column:
    def ratio(row: ScoreRow) -> Decimal | None:
        percent = getattr(row.card, key).percent
        return None if percent is None else percent / 100

    def meaning(row: ScoreRow) -> Meaning | None:
        return share_meaning(getattr(row.card, key), is_bad=is_bad)

    return Column(key, title, 120, kind=Kind.PERCENT, why=True, value=ratio, meaning=meaning, zero_is_dash=is_bad)


def _lead(row: ScoreRow) -> Text | None:
    spread = row.card.lead_days
    if spread is None:
        return None
    return _("{mean} ± {deviation}", mean=f"{spread.mean:.1f}", deviation=f"{spread.deviation:.1f}")


def _overdue(row: ScoreRow) -> Meaning | None:
    return Meaning.DANGER if row.overdue else None


def line_look(line: ScoreLine) -> BadgeLook | None:
    """What was wrong with a line, the worst first; None when nothing was."""
    if line.arrived_on is None and line.days_late:
        return BadgeLook(_("Overdue"), Meaning.DANGER)
    if line.rejected:
        return BadgeLook(_("Rejected"), Meaning.DANGER)
    if line.is_short:
        return BadgeLook(_("Short"), Meaning.SOON)
    return BadgeLook(_("Late"), Meaning.SOON) if line.days_late else None


LINES = (
    Column("number", _("Order"), 128),
    Column("item", _("Item"), 130, stretch=True, value=lambda line: line.item.render(language())),
    Column("promised_on", _("Promised day"), 104, kind=Kind.DATE),
    Column("arrived_on", _("Arrived"), 100, kind=Kind.DATE),
    Column("state", _("State"), 84, kind=Kind.BADGE, value=line_look, sortable=False),
)
