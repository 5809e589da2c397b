"""Invoices being matched: heads, lines, what they are held against. Loaded for many in a fixed number of statements, and
written back the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select, update

from core import catalog
from core.errors import NotFound, Refused
from core.i18n import Name, _
from core.purchasing.rules.invoice_verdict import event_of, judge_invoice, state_of
from core.purchasing.rules.matching import tax_findings
from core.purchasing.rules.taxes import compare_taxes, taxes_by_rate
from core.purchasing.steps.accruals import purchase_rules
from core.purchasing.steps.orders import open_order_lines
from core.purchasing.types.invoices import InvoiceOutcome
from core.purchasing.types.matching import Finding, Judgement, Tolerance
from core.purchasing.types.money import Priced
from core.purchasing.types.standing import Held, Standing
from core.uow import UnitOfWork
from core.values import digits_of, to_micro, to_minor
from core.words import word
from db.base import table_of
from db.catalog import Item, Supplier
from db.enums import Ground, InvoiceKind, InvoiceLineKind, InvoiceState, MatchDecision
from db.prepared import Prepared, insert_into
from db.purchasing import Invoice, InvoiceCharge, InvoiceLine, InvoiceMatch
from db.sql import CHUNK, chunks
from db.stock import LedgerHead

I, L, M, C = table_of(Invoice), table_of(InvoiceLine), table_of(InvoiceMatch), table_of(InvoiceCharge)  # noqa: E741
MATCHABLE = frozenset({InvoiceState.TO_MATCH, InvoiceState.DIFFERENCES, InvoiceState.MATCHED})
_LEDGER = Prepared(select(LedgerHead.posting_id).with_for_update())
_INSERT = Prepared(insert_into(InvoiceMatch))


@dataclass(slots=True)
class Work:
    """Some invoices with their lines by invoice, and the site's and suppliers' tolerances by supplier."""

    rules: Any
    heads: dict[int, Any]
    lines: dict[int, list[Standing]]
    priced: dict[int, list[Priced]]
    tolerances: dict[int, Tolerance]
    fresh: list[Held] = field(default_factory=list)
    judgements: dict[int, Judgement] = field(default_factory=dict)
    postings: int = 0

    def every_line(self) -> list[Standing]:
        """The lines of all of them, in the order of invoices."""
        return [line for own in self.lines.values() for line in own]

    def add(self, fresh: Iterable[Held]) -> None:
        """Take new matches in; they are written by `write_matches`."""
        by_id = {line.id: line for line in self.every_line()}
        for one in fresh:
            by_id[one.line_id].matches.append(one)
            self.fresh.append(one)


def load_work(uow: UnitOfWork, invoice_ids: Iterable[int], *, is_held: bool = True) -> Work:
    """These invoices, held until the end so that nobody matches them at the same time (not for a mere look); the end of
    the ledger too, so that nobody matches or takes back the same receipts meanwhile. Raises NotFound."""
    if is_held:
        _LEDGER.rows(uow.sql)
    ids = sorted(set(invoice_ids))
    heads = {}
    for part in chunks(ids):
        listed = select(I).where(I.c.id.in_(part)).order_by(I.c.id)
        heads.update({row.id: row for row in uow.sql.execute(listed.with_for_update() if is_held else listed)})
    if len(heads) < len(ids):
        raise NotFound(_("This invoice is not there any more."), field="invoice")
    rules = purchase_rules(uow)
    suppliers = {row.supplier_id for row in heads.values()}
    work = Work(rules, heads, {key: [] for key in heads}, {key: [] for key in heads}, {})
    work.tolerances = _tolerances(uow, rules, suppliers)
    _load_lines(uow, work)
    return work


def check_matchable(head: Any) -> None:
    """Refuse to change what an approved, paid or cancelled invoice is held against. Raises Refused with the way out."""
    state = InvoiceState(head.state)
    if state in (InvoiceState.APPROVED, InvoiceState.PAID):
        raise Refused(
            _("{number} is “{state}”. Take its payments and its approval back first.", number=head.own_number,
              state=word(state)),
            field="state",
        )  # fmt: skip
    if state not in MATCHABLE:
        raise Refused(
            _("{number} is “{state}” and is not matched.", number=head.own_number, state=word(state)), field="state"
        )


def _tolerances(uow: UnitOfWork, rules: Any, suppliers: set[int]) -> dict[int, Tolerance]:
    deals = catalog.load_suppliers(uow, suppliers)
    found = {}
    for key, deal in deals.items():
        percent = rules.match_percent if deal.match_percent is None else deal.match_percent
        amount = rules.match_amount if deal.match_amount is None else deal.match_amount
        found[key] = Tolerance(percent, _minor(uow, amount), rules.qty_percent)
    return found


def _minor(uow: UnitOfWork, amount: Decimal) -> int:
    return to_minor(amount.quantize(Decimal(1).scaleb(-uow.site.digits)), uow.site.digits)


def _load_lines(uow: UnitOfWork, work: Work) -> None:
    by_line: dict[int, Standing] = {}
    for part in chunks(work.heads):
        item = func.coalesce(Item.merged_into_id, L.c.item_id).label("item_now")
        listed = select(L, item).outerjoin(Item, Item.id == L.c.item_id)
        listed = listed.where(L.c.invoice_id.in_(part), L.c.is_replaced.is_(False))
        for row in uow.sql.execute(listed.order_by(L.c.invoice_id, L.c.line)):
            head = work.heads[row.invoice_id]
            line = by_line[row.id] = _standing(row, head)
            work.lines[row.invoice_id].append(line)
            work.priced[row.invoice_id].append(Priced(abs(row.amount), row.tax_rate))
        mine = select(L.c.id).where(L.c.invoice_id.in_(part))
        for row in uow.sql.execute(
            select(M).where(M.c.invoice_line_id.in_(mine), M.c.undone_at.is_(None)).order_by(M.c.id)
        ):
            by_line[row.invoice_line_id].matches.append(_held(row))
        for row in uow.sql.execute(select(C).where(C.c.invoice_line_id.in_(mine), C.c.undone_at.is_(None))):
            by_line[row.invoice_line_id].has_charge = True


def _standing(row: Any, head: Any) -> Standing:
    return Standing(
        row.id, row.invoice_id, head.supplier_id, InvoiceLineKind(row.kind), row.base_qty, row.site_amount,
        head.kind == InvoiceKind.CREDIT_NOTE, row.item_now, row.order_line_id, row.supplier_code, row.split_by,
    )  # fmt: skip


def _held(row: Any) -> Held:
    return Held(
        row.invoice_line_id, row.entry_id, row.qty, row.accrued, row.invoiced, Ground(row.ground), row.returned,
        MatchDecision(row.decision), row.id, row.posting_id, row.claim_id,
    )  # fmt: skip


def write_matches(uow: UnitOfWork, fresh: Sequence[Held]) -> None:
    """Store new matches."""
    rows = [
        {
            "invoice_line_id": one.line_id, "entry_id": one.entry_id, "qty": one.qty, "accrued": one.accrued,
            "invoiced": one.invoiced, "returned": one.returned, "ground": str(one.ground),
            "decision": str(one.decision), "posting_id": one.posting_id, "claim_id": one.claim_id,
            "person_id": uow.actor.person_id, "at": uow.now, "undone_at": None,
        }
        for one in fresh
    ]  # fmt: skip
    for part in chunks(rows, CHUNK):
        _INSERT.run_many(uow.sql, part)


def judge_all(uow: UnitOfWork, work: Work) -> None:
    """The verdict on each of them, into `judgements`."""
    expected = _expected(uow, work)
    for key, lines in work.lines.items():
        work.judgements[key] = judge_invoice(
            lines, expected, work.rules.qty_percent, uow.site.digits, _of_taxes(work, key)
        )


def _of_taxes(work: Work, invoice_id: int) -> list[Finding]:
    head = work.heads[invoice_id]
    if not head.taxes:
        return []
    stated = {Decimal(rate): abs(tax) for rate, tax in head.taxes.items()}
    lines = work.priced[invoice_id]
    computed = taxes_by_rate(lines, is_incl=bool(head.is_tax_incl))
    return tax_findings(compare_taxes(computed, stated, max(1, len(lines))), digits_of(head.currency))


def _expected(uow: UnitOfWork, work: Work) -> Mapping[int, int]:
    """What orders still wait for, by line of an invoice that is not covered: its own order's line, else all lines of
    this supplier's orders for the item."""
    open_lines = [
        line for line in work.every_line()
        if line.kind is InvoiceLineKind.GOODS and not line.is_credit and line.open_qty and line.item_id
    ]  # fmt: skip
    if not open_lines:
        return {}
    by_order_line: dict[int, int] = {}
    by_item: dict[tuple[int, int], int] = defaultdict(int)
    for one in open_order_lines(uow, item_ids={line.item_id for line in open_lines if line.item_id}):
        waiting = to_micro(one.outstanding)
        by_order_line[one.line_id] = waiting
        by_item[one.supplier_id, one.item_id] += waiting
    return {
        line.id: by_order_line.get(line.order_line_id, 0)
        if line.order_line_id
        else by_item.get((line.supplier_id, line.item_id or 0), 0)
        for line in open_lines
    }


_UPDATE = (
    update(I)
    .where(I.c.id == bindparam("key"))
    .values(
        state=bindparam("new_state"), verdict=bindparam("new_verdict"), version=I.c.version + 1,
        matched_at=bindparam("new_matched_at"),
    )
)  # fmt: skip


def write_states(uow: UnitOfWork, work: Work) -> list[InvoiceOutcome]:
    """Bring the invoices where their verdicts take them, and say where they stand."""
    rows, outcomes = [], []
    for key, head in work.heads.items():
        judgement = work.judgements[key]
        state = state_of(InvoiceState(head.state), event_of(judgement))
        rows.append(
            {
                "key": key, "new_state": str(state), "new_verdict": str(judgement.verdict),
                "new_matched_at": uow.now if state is InvoiceState.MATCHED else None,
            }
        )  # fmt: skip
        outcomes.append(
            InvoiceOutcome(
                key, head.version + 1, head.own_number, head.number, state, judgement.verdict, judgement.findings
            )
        )
    if rows:
        uow.sql.execute(_UPDATE, rows)
    return outcomes


def write_unmatched(uow: UnitOfWork, work: Work) -> list[InvoiceOutcome]:
    """Bring invoices that are held against nothing any more back to where they wait to be matched."""
    values = {"state": str(InvoiceState.TO_MATCH), "verdict": "", "matched_at": None, "version": I.c.version + 1}
    for part in chunks(work.heads):
        uow.sql.execute(update(I).where(I.c.id.in_(part)).values(**values))
    return [
        InvoiceOutcome(key, head.version + 1, head.own_number, head.number, InvoiceState.TO_MATCH, None)
        for key, head in work.heads.items()
    ]


def supplier_names(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, Name]:
    """Names of suppliers in both languages."""
    found = {}
    for part in chunks(sorted(set(ids))):
        for row in uow.sql.execute(select(Supplier.id, Supplier.name, Supplier.name_en).where(Supplier.id.in_(part))):
            found[row.id] = Name(row.name, row.name_en)
    return found
