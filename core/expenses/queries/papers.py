"""The slip of a claim: what was paid, its sum in words, who signs, and the receipts behind it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core import documents
from core.documents import Column, Fact, Line, Paper, PaperTable, Picture, Signature, Total, Words, in_words
from core.expenses.queries.claims import get_expense
from core.expenses.steps.stored import RECEIPT_OF
from core.expenses.types import ExpenseCard, ExpenseLineRow
from core.i18n import Language, Text, _
from core.registry import query
from core.uow import UnitOfWork
from core.words import word
from db.documents import Attachment
from db.enums import ExpenseState, RepayWay

A = Attachment
STAMPED = (ExpenseState.DRAFT, ExpenseState.REFUSED, ExpenseState.WITHDRAWN)
DECIDED = (ExpenseState.APPROVED, ExpenseState.PAID)
MOST_ON_HALF = 6
MOST_PAGES = 4
"""So many pages of a receipt that is a PDF stand on the slip."""


@query(None)
def get_expense_paper(uow: UnitOfWork, *, expense_id: int, language: str = "zh", has_pictures: bool = True) -> Paper:
    """The slip of an expense claim to print, with its barcode and the pictures of its receipts. Raises NotFound."""
    card = get_expense(uow, expense_id=expense_id)
    state = card.row.state
    pictures, left = _pictures(uow, card) if has_pictures else ((), _files(card))
    is_half = len(card.lines) <= MOST_ON_HALF and not pictures
    files = ", ".join(left)
    return Paper(
        head=documents.company_head(uow, language),
        title=_("Expense claim"),
        number=card.row.number,
        facts=_facts(uow, card),
        body=(_table(card, language), *([Words(files, _("Receipts kept as files"))] if files else [])),
        totals=_totals(uow, card, language),
        remarks=card.decision_note,
        signatures=(
            Signature(_("Claimed by"), card.row.by),
            Signature(_("Approved by"), card.decided_by if state in DECIDED else ""),
            Signature(_("Paid out by"), card.paid_by),
            Signature(_("Money received")),
        ),
        stamp=word(state) if state in STAMPED else None,
        size="A5" if is_half else "A4",
        landscape=is_half,
        grows=True,
        notation=documents.notation_of(uow),
        pictures=pictures,
    )


def _facts(uow: UnitOfWork, card: ExpenseCard) -> tuple[Fact, ...]:
    row = card.row
    facts = [Fact(_("Claimed by"), row.by), Fact(_("Date"), row.submitted_at or row.created_at, "instant")]
    if row.purpose:
        facts.append(Fact(_("Spent for"), row.purpose))
    facts.append(Fact(_("State"), word(row.state)))
    if row.state in DECIDED and card.decided_at is not None:
        facts.append(Fact(_("Approved on"), card.decided_at, "instant"))
    if row.paid_on is not None:
        facts.append(Fact(_("Paid back on"), row.paid_on, "date"))
        facts.append(Fact(_("How"), word(RepayWay(card.paid_way))))
    return tuple(facts)


def _table(card: ExpenseCard, language: Language) -> PaperTable:
    has_tax = any(line.tax for line in card.lines)
    has_document = any(line.document for line in card.lines)
    has_booked = any(line.is_moved for line in card.lines)
    columns = [
        Column("no", _("No."), "number", 8),
        Column("day", _("Day"), "date", 20),
        Column("kind", _("Kind of expense")),
        Column("supplier", _("Paid to")),
    ]
    columns += [Column("document", _("Receipt number"))] if has_document else []
    columns += [Column("note", _("Note"))] if any(line.note for line in card.lines) else []
    columns += [Column("booked", _("Booked on"), "date", 22)] if has_booked else []
    columns.append(Column("receipts", _("Bills"), "number", 12))
    columns += [Column("tax", _("Tax in it"), "money", 20)] if has_tax else []
    columns.append(Column("amount", _("Amount"), "money", 24))
    rows = []
    for line in card.lines:
        cells: dict[str, object] = {
            "no": line.line, "day": line.day, "kind": documents.named(line.kind.render, language),
            "supplier": line.supplier, "document": line.document, "note": line.note, "booked": line.booked_on,
            "receipts": len(line.receipts), "tax": line.tax, "amount": line.amount,
        }  # fmt: skip
        rows.append(Line(tuple(cells[column.key] for column in columns)))  # type: ignore[misc]
    return PaperTable(tuple(columns), tuple(rows))


def _totals(uow: UnitOfWork, card: ExpenseCard, language: Language) -> tuple[Total, ...]:
    row, site = card.row, uow.site
    totals = [Total(_("Total"), row.total, "money", strong=True)]
    if row.tax:
        totals.insert(0, Total(_("Tax in it"), row.tax))

    def said(one: Language) -> str:
        return in_words(row.total, site.currency, site.digits, one)

    return (*totals, Total(_("In words"), documents.named(said, language), "text"))


def _files(card: ExpenseCard) -> list[str]:
    """The names of receipts that are no pictures."""
    return [one.name for line in card.lines for one in line.receipts if one.thumbnail is None]


def _pictures(uow: UnitOfWork, card: ExpenseCard) -> tuple[tuple[Picture, ...], list[str]]:
    """The receipts as pictures, a PDF page by page; and the names of those that are not wholly on the paper: they are
    printed from their own files."""
    receipts = [(line, one) for line in card.lines for one in line.receipts]
    contents = _contents(uow, [one.id for _line, one in receipts])
    found, left = [], []
    for line, one in receipts:
        words, content = _picture_words(line, card.lines), contents.get(one.id, b"")
        if one.thumbnail is not None:
            found += [Picture(words, content)] if content else []
            continue
        pages, count = documents.pdf_pictures(content, MOST_PAGES)
        for number, page in enumerate(pages, start=1):
            named = words if count == 1 else _("{receipt}, page {n} of {m}", receipt=words, n=number, m=count)
            found.append(Picture(named, page))
        left += [] if 0 < count <= MOST_PAGES else [one.name]
    return tuple(found), left


def _contents(uow: UnitOfWork, keys: Sequence[int]) -> dict[int, bytes]:
    if not keys:
        return {}
    rows = uow.sql.execute(select(A.id, A.content).where(A.owner_kind == RECEIPT_OF, A.id.in_(keys)))
    return {row.id: row.content for row in rows}


def _picture_words(line: ExpenseLineRow, lines: Sequence[ExpenseLineRow]) -> Text:
    return _(
        "Line {n} of {m}: {day}, {shop}",
        n=line.line,
        m=len(lines),
        day=line.day.isoformat(),
        shop=line.supplier or line.kind,
    )
