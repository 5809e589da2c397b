"""Transfers as a list for banks that take no SEPA file: any currency, any account, CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Language, Text, _
from core.iban import compact
from core.purchasing.rules.files.payments import guarded


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer to a supplier. `account` is an IBAN or the number of an account; `key` names it for ever."""

    key: str
    name: str
    account: str
    bank: str
    bic: str
    amount: Decimal
    purpose: str


def transfer_faults(transfers: Sequence[Transfer]) -> tuple[Text, ...]:
    """What keeps these transfers from being made, a sentence each; none when they can."""
    found: list[Text] = []
    if not transfers:
        found.append(_("There is nothing to pay."))
    for one in transfers:
        if one.amount <= 0:
            found.append(
                _("{name}: {amount} cannot be paid. Leave out credit notes, or wait for more invoices.",
                  name=one.name, amount=one.amount)
            )  # fmt: skip
        if not compact(one.account):
            found.append(_("{name} has no bank account. Write it on the supplier's page.", name=one.name))
    counted = Counter(one.key for one in transfers)
    found += [
        _("The reference {key} stands twice in the file.", key=key) for key, count in counted.items() if count > 1
    ]
    return tuple(found)


def transfers_csv(transfers: Iterable[Transfer], currency: str, pay_on: date, language: Language) -> bytes:
    """One row a transfer, UTF-8 with mark, commas; amounts with a point and the currency's decimals. Text that a
    spreadsheet would take for a formula gets an apostrophe."""
    heads = (
        _("Paid on"), _("Supplier"), _("Account"), _("Bank"), _("BIC"), _("Amount"), _("Currency"), _("Purpose"),
        _("Reference"),
    )  # fmt: skip
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([head.render(language) for head in heads])
    for one in transfers:
        words = (one.name, compact(one.account), one.bank, compact(one.bic))
        writer.writerow(
            [pay_on.isoformat(), *map(guarded, words), f"{one.amount:f}", currency, guarded(one.purpose), one.key]
        )
    return target.getvalue().encode("utf-8-sig")
