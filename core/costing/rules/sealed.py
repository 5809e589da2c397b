"""Whether the figures of a sealed month add up: the same identities the review promises, reckoned from the file alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from core.costing.rules.columns import COLUMNS, SIGNS
from core.i18n import Text, _

VALUES = tuple(f"{column}_value" for column in COLUMNS)


def faults_of(
    items: Sequence[Mapping[str, str]], total: Mapping[str, str], entries: Iterable[Mapping[str, str]]
) -> list[Text]:
    """What does not add up: a line whose columns do not come to its closing, lines that do not come to the total, entries
    of the month that do not come to the change of the stock. Amounts are decimal strings."""
    found: list[Text] = []
    for row in items:
        if _made(row) != Decimal(row["closing_value"]):
            found.append(_("The columns of {code} do not add up.", code=row["code"]))
    for column in VALUES:
        lines = sum((Decimal(row[column]) for row in items), Decimal(0))
        if lines != Decimal(total[column]):
            found.append(_("The items do not add up to the total in {column}.", column=column))
    moved = sum((Decimal(row["value"]) for row in entries if row["kind"] != "transfer"), Decimal(0))
    if moved != Decimal(total["closing_value"]) - Decimal(total["opening_value"]):
        found.append(_("The entries of the ledger do not come to the change of the stock."))
    return found


def _made(row: Mapping[str, str]) -> Decimal:
    parts = (SIGNS[column] * Decimal(row[f"{column}_value"]) for column in COLUMNS if column != "closing")
    return sum(parts, Decimal(0))
