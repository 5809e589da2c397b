"""Which labels are asked for, and what all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from core.errors import NotFound
from core.i18n import _
from core.labels.types import Life
from core.uow import UnitOfWork

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The things by id, the language of their words; for items also their dates in a kitchen, the place of each, and
    prices that hold instead of the present ones. With `is_lenient` things that are gone are left out instead of refused."""

    ids: tuple[int, ...]
    language: str
    life: Life | None = None
    places: Mapping[int, int] = field(default_factory=dict)
    prices: Mapping[int, Decimal] = field(default_factory=dict)
    is_lenient: bool = False

    def title(self, name: str, name_en: str) -> str:
        """A name in the label's language; the other where there is none."""
        return (name_en or name) if self.language == "en" else name


def site_fields(uow: UnitOfWork, language: str) -> dict[str, str]:
    """What every label may say of the site."""
    site = uow.site
    return {
        "site": site.title(language), "site_address": site.address, "site_phone": site.phone, "running": "",
    }  # fmt: skip


def in_order(wanted: Wanted, found: Mapping[int, Row]) -> list[Row]:
    """The rows in the order of the ids. Raises NotFound for one there is not, unless such are to be left out."""
    rows = []
    for one in wanted.ids:
        if one not in found and wanted.is_lenient:
            continue
        if one not in found:
            raise NotFound(_("There is nothing with the number {id} to make a label for.", id=one), field="ids")
        rows.append(found[one])
    return rows


def own(kind: str, value: str) -> str:
    """The text of our own code for a thing: item, lot, location, asset, document or person."""
    from core.devices import OwnKind, own_code

    return own_code(OwnKind(kind), value)
