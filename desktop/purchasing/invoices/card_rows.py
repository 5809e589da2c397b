"""The lines of an invoice beside what they are held against: one row for each match, with what differs in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Text, _, join
from core.purchasing import Finding, InvoiceCard, InvoiceLineRow, MatchRow
from core.words import InvoiceLineKind, InvoiceState, MatchDecision, word
from desktop.purchasing.invoices.columns import difference_meaning, qty_said
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, language, money_words, number_words, percent_words

LOOKS = {
    MatchDecision.NONE: Meaning.GOOD,
    MatchDecision.SMALL: Meaning.GOOD,
    MatchDecision.OPEN: Meaning.DANGER,
    MatchDecision.ACCEPTED: Meaning.ACCENT,
    MatchDecision.CLAIMED: Meaning.WATCH,
}
OPEN_STATES = frozenset({InvoiceState.TO_MATCH, InvoiceState.DIFFERENCES, InvoiceState.MATCHED})


@dataclass(frozen=True, slots=True)
class CardRow:
    """A line with one of its matches (None: nothing was found for it), and what the verdict says of the line. `part` is
    0 for the first row of a line."""

    id: str
    line: InvoiceLineRow
    match: MatchRow | None
    findings: tuple[Finding, ...]
    part: int

    @property
    def is_open(self) -> bool:
        """Whether its difference is to be settled."""
        return self.match is not None and self.match.decision is MatchDecision.OPEN

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do on it."""
        return not self.is_open and not self.findings

    @property
    def difference(self) -> Decimal | None:
        """What is asked more than was booked; None where nothing is held against it."""
        return None if self.match is None else self.match.difference

    def percent(self) -> Decimal | None:
        """The same as a share of what was booked."""
        one = self.match
        booked = Decimal(0) if one is None else one.accrued + one.returned
        return None if one is None or not booked else one.difference / booked

    def told(self) -> Text:
        """Quantity and price beside order and receipt, in words."""
        told: list[Text] = []
        one = self.match
        if one is not None and one.entry_id is None:
            told.append(_("{qty} never came and are claimed.", qty=qty_said(abs(one.qty), self.line.base_unit)))
        elif one is not None and one.difference:
            percent = self.percent()
            share = "" if percent is None else percent_words(abs(percent))
            words = _(
                "{amount} dearer than received ({percent}).", amount=money_words(abs(one.difference)), percent=share
            )
            if one.difference < 0:
                words = _("{amount} cheaper than received ({percent}).", amount=money_words(abs(one.difference)),
                          percent=share)  # fmt: skip
            told.append(words)
        told += [finding.text for finding in self.findings if not (self.is_open and _is_price(finding))]
        if not told:
            told.append(_no_goods_said(self.line) if self.line.kind is not InvoiceLineKind.GOODS else _("Agrees."))
        return join(told, " ")


def _is_price(finding: Finding) -> bool:
    return str(finding.kind) == "price"


def _no_goods_said(line: InvoiceLineRow) -> Text:
    if line.kind is InvoiceLineKind.COST:
        return _("A cost of account {account}.", account=line.account) if line.account else _("A cost of its own.")
    numbers = ", ".join(dict.fromkeys(charge.receipt for charge in line.charges))
    return _("Spread over {receipts}.", receipts=numbers) if numbers else _("Not spread.")


def card_rows(card: InvoiceCard) -> list[CardRow]:
    """All rows of an invoice, in the order of its lines; findings stand with the first row of their line."""
    rows: list[CardRow] = []
    for line in card.lines:
        findings = tuple(one for one in card.findings if one.invoice_line_id == line.id)
        matches: tuple[MatchRow | None, ...] = line.matches or (None,)
        for part, match in enumerate(matches):
            mine = findings if part == 0 else ()
            rows.append(CardRow(f"{line.id}.{match.id if match else 0}", line, match, mine, part))
    return rows


def row_look(row: CardRow) -> BadgeLook | None:
    """Where a row stands."""
    if row.match is not None and (row.match.decision is not MatchDecision.NONE or not row.findings):
        words = _("Agrees") if row.match.decision is MatchDecision.NONE else word(row.match.decision)
        return BadgeLook(words, LOOKS[row.match.decision])
    if row.findings:
        return BadgeLook(_("To be settled"), Meaning.DANGER)
    if row.line.charges:
        return BadgeLook(_("Spread"), Meaning.GOOD)
    if row.line.kind is InvoiceLineKind.GOODS:
        return BadgeLook(_("Not matched"), Meaning.SOON)
    return BadgeLook(word(row.line.kind), Meaning.PLAIN)


def _receipt_words(row: CardRow) -> str:
    return "" if row.match is None else row.match.receipt


def _price_words(row: CardRow) -> str:
    price = row.line.price
    return "" if price is None or row.part else number_words(price)


ROWS = (
    Column("line", _("No."), 44, muted=True, sortable=False, value=lambda row: "" if row.part else str(row.line.line)),
    Column("name", _("Item"), 150, stretch=True, sortable=False,
           value=lambda row: "" if row.part else row.line.name.render(language()) or word(row.line.kind)),
    Column("qty", _("Invoiced"), 96, sortable=False,
           value=lambda row: "" if row.part else qty_said(row.line.qty, row.line.unit)),
    Column("price", _("Unit price"), 80, sortable=False, value=_price_words, wide_only=True),
    Column("order", _("Order"), 112, muted=True, wide_only=True, sortable=False,
           value=lambda row: row.match.order_number if row.match is not None else row.line.order_number),
    Column("receipt", _("Receipt"), 126, muted=True, sortable=False, value=_receipt_words),
    Column("matched", _("Of it received"), 96, sortable=False,
           value=lambda row: "" if row.match is None else qty_said(row.match.qty, row.line.base_unit)),
    Column("accrued", _("Booked"), 82, kind=Kind.MONEY, sortable=False, zero_is_dash=False,
           value=lambda row: None if row.match is None else row.match.accrued + row.match.returned),
    Column("invoiced", _("Invoice amount"), 108, kind=Kind.MONEY, sortable=False, zero_is_dash=False,
           value=lambda row: row.line.site_amount if row.match is None else row.match.invoiced),
    Column("difference", _("Difference"), 84, kind=Kind.MONEY, sortable=False,
           meaning=lambda row: difference_meaning(row.difference or Decimal(0))),
    Column("look", _("Result"), 128, kind=Kind.BADGE, sortable=False, value=row_look),
)  # fmt: skip
