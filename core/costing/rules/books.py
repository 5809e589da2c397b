"""Vouchers that balance: amounts with their accounts' uses, put together and parted to the minor unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.values import split_by_weights
from db.enums import AccountUse, AccrualStyle, BookGrain, PostingKind, VoucherKind

K, U, V = PostingKind, AccountUse, VoucherKind
_VOUCHER_OF: dict[PostingKind, VoucherKind] = {
    K.OPENING: V.OPENING,
    K.RECEIPT: V.PURCHASES,
    K.RETURN_TO_SUPPLIER: V.PURCHASES,
    K.LANDED_COST: V.LANDED_COST,
    K.ISSUE: V.USAGE,
    K.RETURN_FROM_CUSTOMER: V.USAGE,
    K.WASTE: V.WASTE,
    K.COUNT: V.COUNTS,
    K.ADJUSTMENT: V.ADJUSTMENTS,
    K.REVALUATION: V.ADJUSTMENTS,
    K.PRODUCTION_IN: V.PRODUCTION,
    K.PRODUCTION_OUT: V.PRODUCTION,
}
_OTHER_SIDE: dict[PostingKind, AccountUse] = {
    K.OPENING: U.OPENING,
    K.RECEIPT: U.GOODS_RECEIVED,
    K.RETURN_TO_SUPPLIER: U.GOODS_RECEIVED,
    K.LANDED_COST: U.LANDED_COST,
    K.ISSUE: U.USAGE,
    K.RETURN_FROM_CUSTOMER: U.USAGE,
    K.WASTE: U.WASTE,
    K.COUNT: U.COUNT_DIFFERENCE,
    K.ADJUSTMENT: U.ADJUSTMENT,
    K.REVALUATION: U.COST_VARIANCE,
    K.PRODUCTION_IN: U.PRODUCTION,
    K.PRODUCTION_OUT: U.PRODUCTION,
}
_ORDER = {use: place for place, use in enumerate(AccountUse)}


@dataclass(frozen=True, slots=True)
class Leg:
    """An amount on one account, in minor units: above zero is a debit. `key` as in the account map."""

    use: AccountUse
    amount: int
    key: str = ""
    supplier_id: int = 0
    section: str = ""

    @property
    def place(self) -> tuple[str, str, int, str]:
        """What legs have in common that become one line."""
        return (str(self.use), self.key, self.supplier_id, self.section)


@dataclass(frozen=True, slots=True)
class Draft:
    """A voucher before its accounts are known."""

    kind: VoucherKind
    day: date
    legs: tuple[Leg, ...]
    source_id: int = 0
    document: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What entries of one kind added up to, in minor units: value of stock, goods gone before they came, variance.

    `is_awaited`: of goods received, whether an invoice is entered here for them; others are owed at once (`supplier_code` is
    their key), and goods from nobody have to be cleared up. `is_claimed`: goods sent back that nobody knows the receipt of;
    what the supplier is asked for them is a claim. `landed`: the freight within what left stock because a receipt was taken
    back or sent back; it waits to be credited or shared over other goods, and no supplier of goods owes it.
    """

    kind: PostingKind
    category_id: int
    value: int
    settled: int = 0
    variance: int = 0
    reason: str = ""
    supplier_id: int = 0
    section: str = ""
    is_awaited: bool = True
    supplier_code: str = ""
    landed: int = 0
    is_claimed: bool = False


def voucher_of(kind: PostingKind) -> VoucherKind | None:
    """The voucher entries of a kind stand in; None for a transfer, which moves no value."""
    return _VOUCHER_OF.get(kind)


def legs_of(moved: Moved) -> list[Leg]:
    """The legs of a movement of stock.

    Stock takes the value; what pays for goods used before they came is usage, a difference to standard cost is variance,
    and the other side is the amount of the document: value + settled + variance.
    """
    category = str(moved.category_id or "")
    use = _other_side(moved)
    other = Leg(
        use,
        moved.landed - (moved.value + moved.settled + moved.variance),
        {U.USAGE: category, U.WASTE: moved.reason, U.PAYABLE: moved.supplier_code}.get(use, ""),
        moved.supplier_id if use in (U.GOODS_RECEIVED, U.LANDED_COST, U.PAYABLE, U.CLAIM) else 0,
        moved.section if use is U.USAGE else "",
    )
    return [
        Leg(U.STOCK, moved.value, category),
        Leg(U.USAGE, moved.settled, category),
        Leg(U.COST_VARIANCE, moved.variance),
        Leg(U.LANDED_COST, -moved.landed),
        other,
    ]


def _other_side(moved: Moved) -> AccountUse:
    use = _OTHER_SIDE[moved.kind]
    if use is not U.GOODS_RECEIVED:
        return use
    if not moved.supplier_id:
        return U.ADJUSTMENT
    if not moved.is_awaited:
        return U.PAYABLE
    return U.CLAIM if moved.is_claimed else use


def joined(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """Legs of the same account as one; those that come to nothing are left out. Debits first, then by account.

    What is added and taken back within one voucher meets there, as it does in the books.
    """
    sums: dict[tuple[str, str, int, str], Leg] = {}
    for leg in legs:
        known = sums.get(leg.place)
        sums[leg.place] = leg if known is None else replace(known, amount=known.amount + leg.amount)
    left = (leg for leg in sums.values() if leg.amount)
    return tuple(sorted(left, key=lambda leg: (leg.amount < 0, _ORDER[leg.use], leg.place)))


def check_balanced(legs: Sequence[Leg]) -> None:
    """Raises ValueError when debits and credits differ: the program is at fault."""
    rest = sum(leg.amount for leg in legs)
    if rest:
        raise ValueError(f"a voucher is off by {rest} minor units")


def sides(amount: int) -> tuple[int, int]:
    """Debit and credit of an amount."""
    return (amount, 0) if amount > 0 else (0, -amount)


def shared_out(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """An amount in parts like the weights, in whole minor units that add up to it (cumulative half-up rounding).

    Without any weight all of it belongs to the empty key.
    """
    if not any(weights.values()):
        return {"": amount} if amount else {}
    return dict(zip(weights, split_by_weights(amount, list(weights.values())), strict=True))


def less(wanted: Iterable[Leg], booked: Iterable[Leg]) -> tuple[Leg, ...]:
    """What is still to be booked of a document: what it comes to now, less what earlier journals hold of it."""
    return joined([*wanted, *(replace(leg, amount=-leg.amount) for leg in booked)])


DEFAULT_GRAIN, DEFAULT_ACCRUALS = BookGrain.MONTH, AccrualStyle.ON_INVOICE
