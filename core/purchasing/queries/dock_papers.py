"""Deliveries on paper: the receipt with what was short or refused, the put-away list, the claim, the return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from core import catalog, documents, stock
from core.documents import Column, Fact, Line, Measure, PaperTable, Party, Signature, Total
from core.errors import NotFound
from core.i18n import LANGUAGES, Language, Name, Text, _, join, verbatim
from core.purchasing.queries.receipts import get_receipt
from core.purchasing.steps.papers_claims import UnitNamer, claim_paper, unit_words
from core.purchasing.types.receipts import ReceiptCard, ReceiptLine
from core.registry import query
from core.uow import UnitOfWork
from core.values import plain
from core.words import word
from db.base import table_of
from db.enums import ClaimKind, InspectionState, Permission
from db.purchasing import Claim
from db.stock import Location

MOST_UPRIGHT = 8


@query(Permission.STOCK_VIEW)
def get_delivery_paper(uow: UnitOfWork, *, receipt_id: int, language: Language) -> documents.Paper:
    """A delivery on paper: what was taken in, what was short, over or refused, temperatures, three lines to sign.

    Amounts stand on it only for who may see costs. Raises NotFound.
    """
    card = get_receipt(uow, receipt_id=receipt_id)
    row, units = card.row, unit_words(uow, language)
    kept = [line for line in card.lines if line.qty]
    taken_in = _taken_in(kept, language, units, is_foreign=row.currency != uow.site.currency)
    body = [taken_in]
    odd = [line for line in card.lines if _findings(line, units)]
    if odd:
        body.append(_found(odd, language, units))
    if card.checks:
        body.append(_temperatures(card))
    totals = [Total(_("Lines"), len(kept), "number")]
    if row.value is not None:
        totals.append(Total(_("Value taken into stock"), row.value, "money", strong=True))
    return documents.Paper(
        head=documents.company_head(uow, language),
        title=_("Goods receipt slip"),
        number=row.number,
        facts=_facts(card),
        parties=(Party(_("Supplier"), documents.named(row.supplier_title, language)),) if row.supplier else (),
        body=tuple(body),
        totals=tuple(totals),
        remarks=row.note,
        signatures=(Signature(_("Delivered by")), Signature(_("Received by"), row.by), Signature(_("Checked by"))),
        stamp=_("Reversed") if row.is_reversed else None,
        landscape=len(taken_in.columns) > MOST_UPRIGHT,
        notation=documents.notation_of(uow),
    )


def _facts(card: ReceiptCard, *, shows_money: bool = True) -> tuple[Fact, ...]:
    row = card.row
    facts = [Fact(_("Date"), row.at, "instant"), Fact(_("Handled by"), row.by)]
    if row.document:
        facts.append(Fact(_("Delivery note"), row.document))
    if row.orders:
        facts.append(Fact(_("Orders"), ", ".join(row.orders)))
    if row.claims:
        facts.append(Fact(_("Claims"), ", ".join(row.claims)))
    if shows_money and any(line.price is not None for line in card.lines):
        facts.append(Fact(_("Prices in"), row.currency))
    return tuple(facts)


def _name(line: ReceiptLine, language: Language) -> Text | str:
    return documents.named(line.title, language)


def _taken_in(lines: Sequence[ReceiptLine], language: Language, units: UnitNamer, *, is_foreign: bool) -> PaperTable:
    wanted = [
        Column("no", _("No."), "number", 9), Column("code", _("Code"), "text", 22), Column("name", _("Item")),
        Column("qty", _("Taken in"), "qty", 26),
    ]  # fmt: skip
    if any(line.ordered is not None for line in lines):
        wanted.insert(3, Column("ordered", _("Ordered"), "qty", 26))
    if any(line.lot for line in lines):
        wanted += [Column("lot", _("Lot"), "text", 26), Column("expires_on", _("Expires"), "date", 26)]
    wanted.append(Column("place", _("Place"), "text", 24))
    if any(line.price is not None for line in lines):
        wanted += [
            Column("price", _("Price"), "number" if is_foreign else "cost", 22),
            Column("amount", _("Amount"), "money", 24),
        ]
    rows = []
    for line in lines:
        price = None if line.price is None else plain(line.price)
        cells: dict[str, documents.Cell] = {
            "no": line.line, "code": line.code, "name": _name(line, language),
            "ordered": None if line.ordered is None or line.is_free else Measure(line.ordered, units(line.unit)),
            "qty": Measure(line.qty, units(line.unit)), "lot": line.lot, "expires_on": line.expires_on,
            "place": documents.named(line.place_title, language),
            "price": _("free") if line.is_free else price, "amount": line.accrued,
        }  # fmt: skip
        rows.append(Line(tuple(cells[column.key] for column in wanted)))
    return PaperTable(tuple(wanted), tuple(rows))


def _found(lines: Sequence[ReceiptLine], language: Language, units: UnitNamer) -> PaperTable:
    columns = (
        Column("no", _("No."), "number", 9), Column("code", _("Code"), "text", 22), Column("name", _("Item")),
        Column("found", _("What was found"), "text", 90),
    )  # fmt: skip
    rows = [Line((line.line, line.code, _name(line, language), join(_findings(line, units), "\n"))) for line in lines]
    return PaperTable(columns, tuple(rows), _("Short, over, refused"))


def _findings(line: ReceiptLine, units: UnitNamer) -> list[Text]:
    """What was not as ordered on a line, each a sentence."""
    found = _counted(line, units(line.unit))
    if line.instead_of:
        found.append(_("instead of {item}", item=Name(line.instead_of, line.instead_of_en)))
    if line.is_free:
        found.append(_("free goods"))
    if line.qty and line.inspection is not InspectionState.ACCEPTED:
        found.append(word(line.inspection))
    return [*found, *(verbatim(said) for said in (line.price_reason, line.note) if said)]


def _counted(line: ReceiptLine, unit: Text | str) -> list[Text]:
    found: list[Text] = []
    if line.rejected_qty:
        reason = word(ClaimKind(line.reject_reason))
        found.append(_("refused {qty} {unit}: {reason}", qty=plain(line.rejected_qty), unit=unit, reason=reason))
    if line.ordered is not None and line.qty > line.ordered:
        found.append(_("{qty} {unit} more than ordered", qty=plain(line.qty - line.ordered), unit=unit))
    if line.outstanding:
        found.append(_("short: {qty} {unit} still to come", qty=plain(line.outstanding), unit=unit))
    return found


def _temperatures(card: ReceiptCard) -> PaperTable:
    columns = (
        Column("kind", _("Storage"), "text"), Column("reading", _("Measured, °C"), "number", 34),
        Column("highest", _("At most, °C"), "number", 34), Column("ok", _("In order"), "tick", 24),
        Column("note", _("Note"), "text"),
    )  # fmt: skip
    rows = [
        Line((word(one.storage_kind), plain(one.reading), one.highest and plain(one.highest), one.is_ok, one.note))
        for one in card.checks
    ]
    return PaperTable(columns, tuple(rows), _("Temperatures on arrival"))


@query(Permission.STOCK_VIEW)
def get_put_away_paper(uow: UnitOfWork, *, receipt_id: int, language: Language) -> documents.Paper:
    """The put-away list of a delivery: where everything goes, in walking order, with boxes to tick. Raises NotFound."""
    card = get_receipt(uow, receipt_id=receipt_id)
    kept = [line for line in card.lines if line.qty]
    places = {
        row.id: row
        for row in uow.sql.execute(
            select(Location.id, Location.code, Location.walk_order).where(
                Location.id.in_({line.location_id for line in kept})
            )
        )
    }
    kept.sort(key=lambda line: (places[line.location_id].walk_order, places[line.location_id].code, line.line))
    units = unit_words(uow, language)
    columns = (
        Column("place", _("Place"), "text", 40), Column("place_code", _("Place code"), "text", 24),
        Column("name", _("Item")), Column("code", _("Code"), "text", 24), Column("lot", _("Lot"), "text", 26),
        Column("expires_on", _("Expires"), "date", 24), Column("qty", _("Quantity"), "qty", 28),
        Column("done", _("Done"), "tick", 14),
    )  # fmt: skip
    rows = [
        Line(
            (
                documents.named(line.place_title, language), places[line.location_id].code, _name(line, language),
                line.code, line.lot, line.expires_on, Measure(line.qty, units(line.unit)), False,
            )
        )
        for line in kept
    ]  # fmt: skip
    supplier = documents.named(card.row.supplier_title, language)
    return documents.Paper(
        head=documents.company_head(uow, language),
        title=_("Put-away list"),
        number=card.row.number,
        facts=_facts(card, shows_money=False),
        parties=(Party(_("Supplier"), supplier),) if card.row.supplier else (),
        body=(PaperTable(columns, tuple(rows)),),
        totals=(Total(_("Lines"), len(rows), "number"),),
        signatures=(Signature(_("Put away by")), Signature(_("Checked by"))),
        landscape=True,
        notation=documents.notation_of(uow),
    )


@query(Permission.PURCHASE_VIEW)
def get_claim_paper(uow: UnitOfWork, *, claim_id: int, language: Language = "") -> documents.Paper:
    """The claim slip: what was wrong, how much credit is asked, two lines to sign; empty language: the supplier's.

    Amounts stand on it only for who may see costs or edit claims. Raises NotFound.
    """
    row = uow.sql.execute(select(table_of(Claim)).where(Claim.id == claim_id)).first()
    if row is None:
        raise NotFound(_("There is no such claim."), field="claim")
    sees = uow.may(Permission.COST_VIEW) or uow.may(Permission.CLAIM_EDIT)
    return claim_paper(uow, row, language or _language(uow, row.supplier_id), shows_money=sees)


@query(Permission.STOCK_VIEW)
def get_return_paper(uow: UnitOfWork, *, posting_id: int, language: Language = "") -> documents.Paper:
    """The return slip that goes with the goods, with the number of the claim; empty language: the supplier's.

    Raises NotFound.
    """
    head = stock.get_posting(uow, posting_id=posting_id).row
    told: Any = uow.sql.execute(
        select(Claim.number, Claim.supplier_id).where(Claim.return_id == posting_id).order_by(Claim.id)
    ).first()
    if told is None:
        return stock.get_slip(uow, posting_id=posting_id, language=language or uow.site.language)
    slip = stock.get_slip(uow, posting_id=posting_id, language=language or _language(uow, told.supplier_id))
    facts = (*slip.facts, Fact(_("Claim"), told.number))
    remarks = _("Please send us a credit note and state our number {number}.", number=told.number)
    if head.note:
        remarks = join([verbatim(head.note), remarks], "\n")
    return replace(slip, facts=facts, remarks=remarks)


def _language(uow: UnitOfWork, supplier_id: int) -> Language:
    deal = catalog.load_suppliers(uow, [supplier_id]).get(supplier_id)
    return deal.language if deal is not None and deal.language in LANGUAGES else uow.site.language
