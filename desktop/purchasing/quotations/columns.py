"""Columns of the list, and of the comparison: lines down, suppliers across."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from core.i18n import Text, _, verbatim
from core.purchasing import AskedSupplier, OfferRow, RfqCard, RfqLineRow, RfqRow
from core.words import RfqState, word
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, language, money_words, percent_words

_STATES = {
    RfqState.DRAFT: Meaning.PLAIN,
    RfqState.SENT: Meaning.ACCENT,
    RfqState.ANSWERED: Meaning.SOON,
    RfqState.AWARDED: Meaning.GOOD,
    RfqState.CLOSED: Meaning.PLAIN,
}
SUPPLIER = "supplier_"
Chosen = Mapping[int, int]
"""Supplier by line: who is to get it."""


def state_look(row: RfqRow) -> BadgeLook:
    """Where a request stands; overdue answers first."""
    if row.is_overdue:
        return BadgeLook(_("Answers overdue"), Meaning.DANGER)
    return BadgeLook(word(row.state), _STATES[row.state])


def answers(row: RfqRow) -> Text:
    """How many have answered."""
    return _("{answers} of {suppliers}", answers=row.answers, suppliers=row.suppliers)


LIST = (
    Column("number", _("Number"), 150),
    Column("title", _("Subject"), 200, stretch=True),
    Column("lines", _("Lines"), 64, kind=Kind.QTY),
    Column("answers", _("Answers"), 90, value=answers, sortable=False),
    Column("answer_by", _("Answer by"), 110, kind=Kind.DATE),
    Column("needed_on", _("Needed on"), 110, kind=Kind.DATE, wide_only=True),
    Column("by", _("Made by"), 100, muted=True, wide_only=True),
    Column("state", _("State"), 130, kind=Kind.BADGE, value=state_look, sortable=False),
)


def comparison(card: RfqCard, chosen: Chosen, unit_words: Mapping[str, str]) -> list[Column]:
    """A column a supplier who answered: the landed cost of one unit, how much dearer than the cheapest, who is chosen."""
    offers = {(one.line_id, one.supplier_id): one for one in card.offers}
    found = [
        Column("item", _("Item"), 180, stretch=True, sortable=False, value=lambda line: _item(line)),
        Column(
            "qty", _("Quantity"), 104, kind=Kind.TEXT, sortable=False,
            value=lambda line: f"{line.qty:f} {unit_words.get(line.unit, line.unit)}",
        ),
    ]  # fmt: skip
    for one in card.suppliers:
        if one.answered_at is not None and not one.is_declined:
            found.append(_of_supplier(one, offers, chosen))
    return found


def _item(line: RfqLineRow) -> str:
    name = line.item.render(language())
    return f"{name} ({line.note})" if line.note else name


def _of_supplier(one: AskedSupplier, offers: Mapping[tuple[int, int], OfferRow], chosen: Chosen) -> Column:
    key = one.supplier_id

    def words(line: RfqLineRow) -> Text | str:
        offer = offers.get((line.id, key))
        if offer is None:
            return "\N{EN DASH}"
        mark = "\N{CHECK MARK} " if chosen.get(line.id) == key else ""
        more = f" (+{percent_words(offer.more, 0)})" if offer.more else ""
        return verbatim(f"{mark}{money_words(offer.unit_cost)}{more}")

    def meaning(line: RfqLineRow) -> Meaning | None:
        offer = offers.get((line.id, key))
        if offer is None:
            return None
        return Meaning.GOOD if offer.rank == 1 else Meaning.DANGER if offer.more > Decimal("0.15") else None

    title = verbatim(one.supplier.render(language()))
    return Column(f"{SUPPLIER}{key}", title, 150, why=True, sortable=False, value=words, meaning=meaning)
