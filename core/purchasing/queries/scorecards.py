"""How suppliers did: punctual, complete, good, dear, fast; each figure with the lines behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from core.errors import InvalidInput
from core.i18n import Name, _
from core.purchasing.rules.money import convert
from core.purchasing.rules.scorecard import score
from core.purchasing.steps.ordered import SentLine, sent_lines
from core.purchasing.steps.payables import calendar_today
from core.purchasing.types.scorecard import MonthScore, ScoreLine, ScoreRow, SupplierScore
from core.registry import query
from core.uow import UnitOfWork
from core.values import digits_of, round_decimal
from db.catalog import Supplier
from db.enums import ClaimState, Permission
from db.purchasing import Claim


@query(Permission.PURCHASE_VIEW)
def list_scorecards(uow: UnitOfWork, *, start: date, end: date) -> list[ScoreRow]:
    """Every supplier with orders in a period, who was ordered from most first.

    Prices are compared with the period of the same length before. Money is left at zero for who may not see cost. Raises
    InvalidInput for a period that ends before it starts.
    """
    lines, before = _lines(uow, start, end)
    claims = _claims(uow)
    grouped, earlier = _by_supplier(lines), _by_supplier(before)
    rows = [_row(uow, own, earlier.get(key, []), claims.get(key, (0, Decimal(0)))) for key, own in grouped.items()]
    return sorted(rows, key=lambda row: (-row.ordered, -row.lines, row.supplier_id))


@query(Permission.PURCHASE_VIEW)
def get_scorecard(uow: UnitOfWork, *, supplier_id: int, start: date, end: date) -> SupplierScore:
    """One supplier's period with its months and the order lines behind every figure. Raises InvalidInput."""
    lines, before = _lines(uow, start, end, supplier_id)
    today = calendar_today(uow)
    claims = _claims(uow).get(supplier_id, (0, Decimal(0)))
    row = _row(uow, lines, before, claims) if lines else _empty(uow, supplier_id, claims)
    months: dict[date, list[SentLine]] = defaultdict(list)
    for line in lines:
        months[line.facts.ordered_on.replace(day=1)].append(line)
    shown = [
        MonthScore(month, score([line.facts for line in own], [line.facts for line in before], today))
        for month, own in sorted(months.items())
    ]
    return SupplierScore(row, tuple(shown), tuple(_behind(line, today) for line in reversed(lines)))


def _lines(
    uow: UnitOfWork, start: date, end: date, supplier_id: int | None = None
) -> tuple[list[SentLine], list[SentLine]]:
    """The lines of a period, and those of as many days before."""
    if end < start:
        raise InvalidInput(_("The period ends before it starts."), field="end")
    length = end - start + timedelta(days=1)
    found = sent_lines(uow, start - length, end, supplier_id)
    return (
        [line for line in found if line.facts.ordered_on >= start],
        [line for line in found if line.facts.ordered_on < start],
    )


def _by_supplier(lines: Sequence[SentLine]) -> dict[int, list[SentLine]]:
    found: dict[int, list[SentLine]] = defaultdict(list)
    for line in lines:
        found[line.supplier_id].append(line)
    return found


def _row(
    uow: UnitOfWork, lines: Sequence[SentLine], before: Sequence[SentLine], claims: tuple[int, Decimal]
) -> ScoreRow:
    today = calendar_today(uow)
    sees_cost = uow.may(Permission.COST_VIEW)
    ordered = sum((line.net for line in lines), Decimal(0)) if sees_cost else Decimal(0)
    late = [line for line in lines if not line.facts.arrivals and (line.facts.last_promise or today) < today]
    return ScoreRow(
        lines[0].supplier_id,
        lines[0].supplier,
        len({line.order_id for line in lines}),
        len(lines),
        round_decimal(ordered, uow.site.digits),
        len(late),
        claims[0],
        claims[1] if sees_cost else Decimal(0),
        score([line.facts for line in lines], [line.facts for line in before], today),
    )


def _empty(uow: UnitOfWork, supplier_id: int, claims: tuple[int, Decimal]) -> ScoreRow:
    row = uow.sql.execute(select(Supplier.name, Supplier.name_en).where(Supplier.id == supplier_id)).first()
    if row is None:
        raise InvalidInput(_("Choose the supplier."), field="supplier")
    nothing = score([], [], calendar_today(uow))
    return ScoreRow(supplier_id, Name(row.name, row.name_en), 0, 0, Decimal(0), 0, claims[0], claims[1], nothing)


def _behind(line: SentLine, today: date) -> ScoreLine:
    facts = line.facts
    first = min((arrival.on for arrival in facts.arrivals), default=None)
    own = [arrival for arrival in facts.arrivals if arrival.on == first]
    promised = facts.last_promise
    seen = first or today
    is_known = promised is not None and (first is not None or promised < today)
    return ScoreLine(
        line.order_id,
        line.number,
        facts.item_id,
        line.item,
        facts.ordered_on,
        promised,
        first,
        max((seen - promised).days, 0) if is_known and promised is not None else None,
        round_decimal(facts.qty / line.factor, 6),
        round_decimal(sum((arrival.qty for arrival in own), Decimal(0)) / line.factor, 6),
        round_decimal(sum((arrival.rejected for arrival in own), Decimal(0)) / line.factor, 6),
        line.unit,
    )


def _claims(uow: UnitOfWork) -> dict[int, tuple[int, Decimal]]:
    """Open claims by supplier: how many, and what is still asked in the site's currency."""
    rows = uow.sql.execute(
        select(
            Claim.supplier_id, Claim.currency, Claim.rate, func.count().label("many"),
            func.sum(Claim.asked - Claim.credited).label("left"),
        )
        .where(Claim.state.in_((ClaimState.OPEN, ClaimState.SENT)))
        .group_by(Claim.supplier_id, Claim.currency, Claim.rate)
    )  # fmt: skip
    found: dict[int, tuple[int, Decimal]] = {}
    for row in rows:
        count, amount = found.get(row.supplier_id, (0, Decimal(0)))
        minor = convert(int(row.left or 0), row.rate, digits_of(row.currency), uow.site.digits)
        found[row.supplier_id] = (count + row.many, amount + uow.money(minor))
    return found
