"""Payments to suppliers before they become a file: checked one by one, every fault with its row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.errors import CoreError, InvalidInput, Rejected
from core.i18n import Text, _, _n, join
from core.iban import check_bic, check_iban, compact, is_creditor_reference
from core.purchasing.rules.files.bank_text import bank_id, bank_text

LARGEST = Decimal("999999999.99")
NAME_LENGTH = 70
REMITTANCE_LENGTH = 140
MOST_PAYMENTS = 10_000


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, and from which account; the BIC may be left out within the euro area."""

    name: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One transfer in euro. `key` names it for ever (invoice or proposal line): the bank shows it back."""

    key: str
    name: str
    iban: str
    amount: Decimal
    purpose: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class PaymentRun:
    """All transfers of one day from one account. `key` names the file: the bank refuses the same one twice."""

    key: str
    payer: Payer
    pay_on: date
    made_at: datetime
    payments: tuple[Payment, ...]

    @property
    def total(self) -> Decimal:
        """The sum of its payments."""
        return sum((one.amount for one in self.payments), Decimal(0))


def ready(run: PaymentRun, spell: Callable[[str], str] | None = None) -> PaymentRun:
    """The run in the form banks take: letters, lengths, account numbers. Raises Rejected with a sentence for each row.

    `spell` says Chinese names in Latin letters. Euro only; amounts 0.01 to 999,999,999.99.
    """
    faults: list[CoreError] = []
    if not run.payments:
        faults.append(InvalidInput(_("There is nothing to pay.")))
    if len(run.payments) > MOST_PAYMENTS:
        faults.append(InvalidInput(_("A file holds at most {most} payments.", most=MOST_PAYMENTS)))
    if run.made_at.tzinfo is None:
        raise ValueError("a moment needs its zone")
    payer = _payer(run.payer, spell, faults)
    key, done = run.key, []
    try:
        key = _key(run.key)
    except CoreError as fault:
        faults.append(fault)
    for row, payment in enumerate(run.payments, start=1):
        try:
            done.append(_payment(payment, spell))
        except CoreError as fault:
            faults.append(fault.in_row(row))
    faults += _repeated(run.payments)
    if faults:
        raise _rejected(faults)
    return PaymentRun(key, payer, run.pay_on, run.made_at, tuple(done))


def guarded(words: str) -> str:
    """Text that no spreadsheet takes for a formula: what begins like one gets an apostrophe."""
    return "'" + words if words[:1] in tuple("=+-@\t\r") else words


def _payer(payer: Payer, spell: Callable[[str], str] | None, faults: list[CoreError]) -> Payer:
    try:
        return Payer(_name(payer.name, spell), check_iban(payer.iban), check_bic(payer.bic) if payer.bic else "")
    except CoreError as fault:
        faults.append(InvalidInput(_("Our own account: {why}", why=fault.text), field=fault.field))
        return payer


def _payment(payment: Payment, spell: Callable[[str], str] | None) -> Payment:
    amount = payment.amount
    if not amount.is_finite() or amount * 100 != (amount * 100).to_integral_value():
        raise InvalidInput(_("{amount} is no amount in euro and cents.", amount=amount), field="amount")
    if not 0 < amount <= LARGEST:
        raise InvalidInput(
            _("{amount} cannot be paid; a transfer is from 0.01 to {most} euro.", amount=amount, most=LARGEST),
            field="amount",
        )
    key, purpose = _key(payment.key), compact(payment.purpose)
    if not is_creditor_reference(purpose):
        purpose = bank_text(payment.purpose, REMITTANCE_LENGTH, spell).words
    name, bic = _name(payment.name, spell), check_bic(payment.bic) if payment.bic else ""
    return Payment(key, name, check_iban(payment.iban), amount, purpose, bic)


def _key(key: str) -> str:
    said = bank_id(key)
    if not any(sign.isalnum() for sign in said) or len(bank_id(key, 100)) > len(said):
        raise InvalidInput(
            _("The reference “{key}” must be 1 to 35 Latin letters and digits.", key=key[:60]), field="key"
        )
    return said


def _name(name: str, spell: Callable[[str], str] | None) -> str:
    said = bank_text(name, NAME_LENGTH, spell)
    if said.says_nothing:
        raise InvalidInput(
            _("The bank cannot write the name “{name}”. Give one in Latin letters.", name=name[:70]), field="name"
        )
    return said.words


def _repeated(payments: Sequence[Payment]) -> list[CoreError]:
    counted = Counter(bank_id(one.key) for one in payments)
    return [
        InvalidInput(_("The reference {key} stands twice in the file.", key=key), field="key")
        for key, count in counted.items()
        if key and count > 1
    ]


def _rejected(faults: list[CoreError]) -> CoreError:
    told: list[Text] = [
        _("Payment {row}: {why}", row=one.row, why=one.text) if one.row else one.text for one in faults[:3]
    ]
    head = _n(
        "The payment file cannot be made, {n} fault: {first}",
        "The payment file cannot be made, {n} faults: {first}",
        len(faults),
        first=join(told, " "),
    )
    return Rejected(head, tuple(faults))
