"""The file of a payment proposal, made from what the books say of it: the same to the byte each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core import catalog
from core.errors import Refused, Rejected
from core.i18n import Text, _
from core.pinyin import syllables
from core.purchasing.rules.files.pain001 import payment_file
from core.purchasing.rules.files.payment_list import Transfer, transfer_faults, transfers_csv
from core.purchasing.rules.files.payments import Payer, PaymentRun
from core.purchasing.rules.files.payments import Payment as BankPayment
from core.purchasing.steps.payables import money
from core.purchasing.types.payments import PaymentFile
from core.uow import UnitOfWork
from db.purchasing import Invoice, PaymentProposal, PaymentProposalLine, PurchaseRules


def transfers_of(uow: UnitOfWork, proposal_id: int, number: str, currency: str) -> list[Transfer]:
    """One transfer a supplier: its invoices with the credit notes taken off, all their numbers as the purpose."""
    rows = uow.sql.execute(
        select(Invoice.supplier_id, Invoice.number, PaymentProposalLine.amount)
        .join(Invoice, Invoice.id == PaymentProposalLine.invoice_id)
        .where(PaymentProposalLine.proposal_id == proposal_id)
        .order_by(Invoice.supplier_id, Invoice.due_on, Invoice.id)
    ).all()
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.supplier_id].append(row)
    suppliers = catalog.load_suppliers(uow, list(grouped))
    return [
        _transfer(suppliers[supplier_id], own, f"{number}-{supplier_id}", currency)
        for supplier_id, own in grouped.items()
    ]


def _transfer(deal: catalog.SupplierDeal, rows: Sequence[Any], key: str, currency: str) -> Transfer:
    return Transfer(
        key=key,
        name=deal.name.zh,
        account=deal.iban or deal.bank_account,
        bank=deal.bank_name,
        bic=deal.bic,
        amount=money(sum(row.amount for row in rows), currency),
        purpose=", ".join(row.number for row in rows),
    )


def faults_of(uow: UnitOfWork, proposal_id: int, number: str, currency: str) -> tuple[Text, ...]:
    """What keeps the proposal from becoming a file."""
    return transfer_faults(transfers_of(uow, proposal_id, number, currency))


def file_of(uow: UnitOfWork, proposal_id: int) -> PaymentFile:
    """The file of an exported proposal. Raises Rejected with every fault, Refused when none was made yet."""
    row = uow.sql.execute(select(PaymentProposal.__table__).where(PaymentProposal.id == proposal_id)).first()
    if row is None or row.exported_at is None:
        raise Refused(_("The payment file was not made yet."))
    transfers = transfers_of(uow, proposal_id, row.number, row.currency)
    if row.way == "pain001":
        return PaymentFile(f"{row.number}.xml", "application/xml", _sepa(uow, row, transfers))
    faults = transfer_faults(transfers)
    if faults:
        raise Rejected(faults[0], tuple(Refused(fault) for fault in faults))
    language = "en" if uow.site.language == "en" else "zh"
    return PaymentFile(f"{row.number}.csv", "text/csv", transfers_csv(transfers, row.currency, row.pay_on, language))


def _sepa(uow: UnitOfWork, row: Any, transfers: Sequence[Transfer]) -> bytes:
    if row.currency != "EUR":
        raise Refused(_("SEPA files are for euro; this proposal is in {currency}.", currency=row.currency), field="way")
    rules = uow.sql.execute(select(PurchaseRules.account_name, PurchaseRules.iban, PurchaseRules.bic)).one()
    run = PaymentRun(
        key=row.number,
        payer=Payer(rules.account_name or uow.site.name, rules.iban, rules.bic),
        pay_on=row.pay_on,
        made_at=row.exported_at,
        payments=tuple(_bank_payment(one) for one in transfers),
    )
    return payment_file(run, spell=lambda words: " ".join(syllables(words)))


def _bank_payment(one: Transfer) -> BankPayment:
    return BankPayment(one.key, one.name, one.account, Decimal(one.amount), one.purpose, one.bic)
