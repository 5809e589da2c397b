"""Building blocks: how a sealed file proves that it is whole, without the site it came from."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from core.costing.rules.sealed import faults_of
from core.costing.types.sealed import SealedCheck
from core.errors import InvalidInput, NotFound
from core.i18n import _
from db.sealed import read_sealed, sealed_rows


def check_sealed(path: Path) -> SealedCheck:
    """Look through a sealed file: every hash is reckoned again, and the figures are added up from the file alone.

    Needs no site and no right: whoever holds the file can check it. Raises NotFound when it cannot be read, InvalidInput
    when it is no sealed month.
    """
    try:
        facts = read_sealed(path)
        if not {"review_total", "review_item", "entry"} <= set(facts.tables):
            raise ValueError("tables are missing")
        items, total, entries = (_dicts(path, name) for name in ("review_item", "review_total", "entry"))
        faults = [_("Table {name} was changed.", name=name) for name in facts.broken]
        if not facts.is_whole and not faults:
            faults.append(_("What the file says of itself was changed."))
        faults += faults_of(items, total[0], entries)
    except OSError as fault:
        raise NotFound(_("The file {name} cannot be read.", name=path.name), field="file") from fault
    except (ValueError, KeyError, IndexError, ArithmeticError) as fault:
        raise InvalidInput(_("{name} is not a sealed month.", name=path.name), field="file") from fault
    meta = facts.meta
    return SealedCheck(
        meta.get("month", ""), meta.get("site", ""), meta.get("closing", ""), meta.get("closed_at", ""),
        meta.get("closed_by", ""), meta.get("seal", ""), not faults, tuple(facts.tables.items()),
        Decimal(total[0]["usage_value"]), Decimal(total[0]["closing_value"]), tuple(faults),
    )  # fmt: skip


def _dicts(path: Path, name: str) -> list[dict[str, str]]:
    names, rows = sealed_rows(path, name)
    return [{key: str(value) for key, value in zip(names, row, strict=True)} for row in rows]
