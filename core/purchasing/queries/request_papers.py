"""The slip of a request: what a department asks for, to be signed, and the list as a file."""

from __future__ import annotations

from core import documents
from core.documents import Column, Fact, Line, Measure, Paper, PaperTable, Signature, Total
from core.i18n import Language, _
from core.purchasing.queries.requests import get_request
from core.purchasing.types.requests import RequestCard
from core.registry import query
from core.uow import UnitOfWork
from core.words import word
from db.enums import RequestState

STAMPS = {
    RequestState.DRAFT: RequestState.DRAFT,
    RequestState.REJECTED: RequestState.REJECTED,
    RequestState.CANCELLED: RequestState.CANCELLED,
}
MOST_ON_HALF = 8


@query(None)
def get_request_paper(uow: UnitOfWork, *, purchase_request_id: int, language: str = "zh") -> Paper:
    """The slip of a purchase request to print, with its barcode. Raises NotFound."""
    card = get_request(uow, purchase_request_id=purchase_request_id)
    state = card.row.state
    return Paper(
        head=documents.company_head(uow, language),
        title=_("Purchase request"),
        number=card.row.number,
        facts=_facts(card, language),
        body=(_table(card, language),),
        totals=(Total(_("Lines"), len(card.lines), "number"),),
        remarks=card.row.note,
        signatures=(
            Signature(_("Asked for by"), card.row.by),
            Signature(_("Approved by"), card.decided_by if state is not RequestState.REJECTED else ""),
            Signature(_("Ordered by")),
        ),
        stamp=word(STAMPS[state]) if state in STAMPS else None,
        size="A5" if len(card.lines) <= MOST_ON_HALF else "A4",
        landscape=len(card.lines) <= MOST_ON_HALF,
        grows=True,
        notation=documents.notation_of(uow),
    )


def _facts(card: RequestCard, language: Language) -> tuple[Fact, ...]:
    row = card.row
    facts = [Fact(_("Date"), row.created_at, "instant")]
    if row.department:
        facts.append(Fact(_("Department"), row.department))
    if row.place.zh:
        facts.append(Fact(_("For place"), documents.named(row.place.render, language)))
    if row.needed_on is not None:
        facts.append(Fact(_("Needed on"), row.needed_on, "date"))
    facts.append(Fact(_("State"), word(row.state)))
    if card.decision_note:
        facts.append(Fact(_("Answer"), card.decision_note))
    return tuple(facts)


def _table(card: RequestCard, language: Language) -> PaperTable:
    has_note = any(line.note for line in card.lines)
    has_supplier = any(line.supplier_id for line in card.lines)
    has_order = any(line.order_number for line in card.lines)
    columns = [
        Column("no", _("No."), "number", 9),
        Column("code", _("Code"), "text", 20),
        Column("name", _("Item")),
        Column("qty", _("Quantity"), "qty", 22),
        Column("on_hand", _("On hand"), "qty", 24),
    ]
    columns += [Column("supplier", _("Supplier wished"), "text", 32)] if has_supplier else []
    columns += [Column("order_number", _("Purchase order"), "text", 32)] if has_order else []
    columns += [Column("note", _("Note"), "text", 26)] if has_note else []
    rows = []
    for number, line in enumerate(card.lines, start=1):
        cells: dict[str, object] = {
            "no": number, "code": line.code, "name": documents.named(line.name.render, language),
            "qty": Measure(line.qty, line.unit), "on_hand": Measure(line.on_hand, line.base_unit),
            "supplier": documents.named(line.supplier.render, language), "order_number": line.order_number,
            "note": line.note,
        }  # fmt: skip
        rows.append(Line(tuple(cells[column.key] for column in columns)))  # type: ignore[misc]
    return PaperTable(tuple(columns), tuple(rows))
