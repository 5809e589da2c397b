"""Building blocks: new items checked one by one and against what is there, before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

from sqlalchemy import select

from core.catalog.rules.barcodes import normal_barcode
from core.catalog.rules.codes import DEFAULT_PREFIX, next_codes
from core.catalog.rules.fields import ITEM_FIELDS, check_standard, cleaned, unit_word
from core.catalog.rules.terms import check_policy, check_term
from core.catalog.rules.units import UnitFacts, Units, UnitTable, check_packs, check_packs_fit
from core.catalog.steps.categories import branch, code_prefix_of, load_branches
from core.catalog.steps.taken import (
    barcode_owners,
    barcode_taken,
    hold_codes,
    names_by_code,
    taken_codes,
)
from core.catalog.steps.units import ensure_units, load_all_units
from core.catalog.types import NewBarcode, NewItem, PackUnit
from core.errors import CoreError, InvalidInput, NotFound
from core.i18n import _
from core.uow import UnitOfWork
from db.catalog import Supplier
from db.sql import chunks

APART = ("pack_units", "barcodes", "terms", "policy")


@dataclass(slots=True)
class Draft:
    """A new item on its way into the tables."""

    row: int
    new: NewItem
    values: dict[str, object]
    packs: list[PackUnit]
    barcodes: list[NewBarcode]
    table: UnitTable | None = None

    @property
    def code(self) -> str:
        """The item's code."""
        return str(self.values["code"])


@dataclass(slots=True)
class Drafts:
    """All drafts of one call, and what is wrong with them by row."""

    good: list[Draft] = field(default_factory=list)
    errors: list[CoreError] = field(default_factory=list)

    def keep(self, check: object) -> None:
        """Run `check(draft)` on all that are good so far; those it refuses become errors."""
        assert callable(check)
        kept = []
        for draft in self.good:
            try:
                check(draft)
                kept.append(draft)
            except CoreError as fault:
                self.errors.append(fault.in_row(draft.row))
        self.good = kept


def drafts_of(uow: UnitOfWork, items: Sequence[NewItem]) -> Drafts:
    """Check new items: fields, codes, units, barcodes, categories, suppliers. Units nobody knows yet are made."""
    hold_codes(uow)
    drafts = Drafts()
    method = str(uow.site.cost_method)
    for row, new in enumerate(items, start=1):
        try:
            drafts.good.append(_draft(row, new, method))
        except CoreError as fault:
            drafts.errors.append(fault.in_row(row))
    _check_links(uow, drafts)
    _give_codes(uow, drafts)
    _check_codes(uow, drafts)
    _check_units(uow, drafts)
    _check_barcodes(uow, drafts)
    return drafts


def _draft(row: int, new: NewItem, method: str) -> Draft:
    given = {one.name: getattr(new, one.name) for one in fields(new) if one.name not in APART}
    has_code = bool(new.code.strip())
    given["cost_method"] = new.cost_method or method
    if not has_code:
        del given["code"]
    values = cleaned(ITEM_FIELDS, given)
    values.setdefault("code", "")
    check_standard(new.cost_method, new.standard_cost)
    packs = [PackUnit(unit_word(pack.unit), pack.factor) for pack in new.pack_units]
    check_packs(str(values["base_unit"]), packs)
    codes = [replace(one, code=normal_barcode(one.code), unit=unit_word(one.unit)) for one in new.barcodes]
    for term in new.terms:
        check_term(term)
    if new.policy is not None:
        check_policy(new.policy)
    return Draft(row, new, values, packs, codes)


def _check_links(uow: UnitOfWork, drafts: Drafts) -> None:
    branches = load_branches(uow)
    wanted = {term.supplier_id for draft in drafts.good for term in draft.new.terms}
    wanted |= {one.supplier_id for draft in drafts.good for one in draft.barcodes if one.supplier_id is not None}
    known: set[int] = set()
    for part in chunks(sorted(wanted)):
        known.update(uow.sql.execute(select(Supplier.id).where(Supplier.id.in_(part))).scalars())

    def check(draft: Draft) -> None:
        if draft.new.category_id is not None:
            branch(branches, draft.new.category_id)
        suppliers = [term.supplier_id for term in draft.new.terms]
        for key in suppliers:
            if key not in known:
                raise NotFound(_("There is no such supplier ({supplier_id}).", supplier_id=key), field="supplier")
        if len(set(suppliers)) < len(suppliers):
            raise InvalidInput(_("A supplier stands twice among the item's suppliers."), field="supplier")

    drafts.keep(check)


def _give_codes(uow: UnitOfWork, drafts: Drafts) -> None:
    without = [draft for draft in drafts.good if not draft.values["code"]]
    if not without:
        return
    branches = load_branches(uow)
    by_prefix: dict[str, list[Draft]] = {}
    for draft in without:
        prefix = code_prefix_of(branches, draft.new.category_id) or DEFAULT_PREFIX
        by_prefix.setdefault(prefix, []).append(draft)
    given = [draft.code for draft in drafts.good]
    for prefix, several in by_prefix.items():
        taken = [*taken_codes(uow, prefix), *given]
        for draft, code in zip(several, next_codes(prefix, taken, len(several)), strict=True):
            draft.values["code"] = code


def _check_codes(uow: UnitOfWork, drafts: Drafts) -> None:
    there = names_by_code(uow, [draft.code for draft in drafts.good])

    def check(draft: Draft) -> None:
        if draft.code in there:
            name = there[draft.code]
            raise InvalidInput(
                _("The code {code} belongs to {name} already.", code=draft.code, name=name), field="code"
            )
        there[draft.code] = str(draft.values["name"])

    drafts.keep(check)


def _check_units(uow: UnitOfWork, drafts: Drafts) -> None:
    ensure_units(uow, [word for draft in drafts.good for word in units_written(draft.values, draft.packs)])
    units = load_all_units(uow)

    def check(draft: Draft) -> None:
        draft.table = checked_table(units, 0, draft.values, draft.packs)
        for one in draft.barcodes:
            draft.table.unit(one.unit)
        for term in draft.new.terms:
            draft.table.unit(term.unit)

    drafts.keep(check)


def units_written(values: dict[str, object], packs: Sequence[PackUnit]) -> list[str]:
    """The units an item is made of: its base and its packs."""
    return [str(values["base_unit"]), *(pack.unit for pack in packs)]


def checked_table(units: Units, item_id: int, values: dict[str, object], packs: Sequence[PackUnit]) -> UnitTable:
    """The unit table of an item, when its purchase, issue and count units are among its units. Raises InvalidInput."""
    facts = UnitFacts(
        item_id, str(values["code"]), str(values["base_unit"]), str(values["purchase_unit"]),
        str(values["issue_unit"]), str(values["count_unit"]),
    )  # fmt: skip
    check_packs_fit(facts, packs, units)
    table = units.table(facts, packs)
    for name in ("purchase_unit", "issue_unit", "count_unit"):
        try:
            table.unit(str(values[name]))
        except InvalidInput as fault:
            fault.field = name
            raise
    return table


def _check_barcodes(uow: UnitOfWork, drafts: Drafts) -> None:
    owners = barcode_owners(uow, [one.code for draft in drafts.good for one in draft.barcodes])

    def check(draft: Draft) -> None:
        for one in draft.barcodes:
            if one.code in owners:
                raise barcode_taken(one.code, owners[one.code])
            owners[one.code] = f"{draft.code} {draft.values['name']}"

    drafts.keep(check)
