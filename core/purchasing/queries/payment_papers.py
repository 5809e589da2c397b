"""Payment proposals and reconciled statements on paper."""

from __future__ import annotations

from itertools import groupby

from core import documents
from core.documents import Column, Fact, Line, PaperTable, Signature, Total
from core.i18n import Language, Text, _
from core.purchasing.queries.payables import get_proposal
from core.purchasing.queries.statements import get_statement
from core.purchasing.types.payments import ProposalLine, Standing
from core.registry import query
from core.uow import UnitOfWork
from core.values import digits_of
from core.words import word
from db.enums import Permission, ProposalState

STANDINGS: dict[Standing, Text] = {
    Standing.AGREES: _("Agrees with the books"),
    Standing.AMOUNT: _("Other amount"),
    Standing.PAID: _("Settled in the books"),
    Standing.NOT_WITH_US: _("Not in the books"),
    Standing.NOT_WITH_THEM: _("Not on the statement"),
}


@query(Permission.COST_VIEW)
def get_proposal_paper(uow: UnitOfWork, *, proposal_id: int, language: Language) -> documents.Paper:
    """A payment proposal on paper, by supplier with sums, to be signed by who frees the money. Raises NotFound."""
    card = get_proposal(uow, proposal_id=proposal_id)
    row = card.row
    lines: list[Line] = []
    for _supplier, members in groupby(card.lines, key=lambda line: line.supplier_id):
        own = list(members)
        lines.append(Line((documents.named(own[0].supplier.render, language), *[None] * 3), "group"))
        lines += [Line((line.number, line.own_number, line.due_on, line.amount)) for line in own]
        total = sum((line.amount for line in own), start=own[0].amount * 0)
        lines.append(Line((_account(own[0]), None, None, total), "subtotal"))
    columns = (
        Column("number", _("Invoice")),
        Column("own_number", _("Our number"), "text", 38),
        Column("due_on", _("Due date"), "date", 28),
        Column("amount", _("Amount"), "money", 36, dash=False),
    )
    return documents.Paper(
        head=documents.company_head(uow, language),
        title=_("Payment proposal"),
        number=row.number,
        facts=(
            Fact(_("Pay on"), row.pay_on, "date"),
            Fact(_("Currency"), row.currency),
            Fact(_("Suppliers"), row.suppliers, "number"),
            Fact(_("Made by"), row.by),
        ),
        body=(PaperTable(columns, tuple(lines)),),
        totals=(Total(_("To be paid"), row.total, "money", strong=True),),
        remarks=card.note,
        signatures=(Signature(_("Prepared by"), row.by), Signature(_("Approved by"))),
        stamp=None if row.state is ProposalState.DRAFT else word(row.state),
        notation=documents.Notation(row.currency, digits_of(row.currency), uow.site.zone),
    )


def _account(line: ProposalLine) -> Text:
    if not line.account:
        return _("No bank account")
    return _("Account {account}", account=line.account)


@query(Permission.COST_VIEW)
def get_statement_paper(uow: UnitOfWork, *, statement_id: int, language: Language) -> documents.Paper:
    """A supplier's statement beside the books on paper, to be sent back or filed. Raises NotFound."""
    card = get_statement(uow, statement_id=statement_id)
    row = card.row
    columns = (
        Column("number", _("Invoice")),
        Column("day", _("Date"), "date", 26),
        Column("theirs", _("Statement"), "money", 30),
        Column("ours", _("Books"), "money", 30),
        Column("difference", _("Difference"), "money", 30),
        Column("standing", _("Result"), "text", 40),
    )
    lines = tuple(
        Line((one.number, one.day, one.theirs, one.ours, one.difference, STANDINGS[one.standing]))
        for one in card.findings
    )
    return documents.Paper(
        head=documents.company_head(uow, language),
        title=_("Statement of a supplier, reconciled"),
        number="",
        facts=(
            Fact(_("Supplier"), documents.named(row.supplier.render, language)),
            Fact(_("Until"), row.until, "date"),
            Fact(_("Currency"), row.currency),
        ),
        body=(PaperTable(columns, lines),),
        totals=(
            Total(_("Balance of the statement"), row.balance),
            Total(_("Balance of the books"), row.ours),
            Total(_("Difference"), row.difference, "money", strong=True),
        ),
        remarks=card.note,
        signatures=(Signature(_("Checked by")),),
        stamp=_("Settled") if row.is_settled else None,
        coded=False,
        landscape=True,
        notation=documents.Notation(row.currency, digits_of(row.currency), uow.site.zone),
    )
