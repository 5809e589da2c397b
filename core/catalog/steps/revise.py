"""Building blocks: many items changed at once, each by some of its facts, and the same taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core.catalog.rules.barcodes import normal_barcode
from core.catalog.rules.fields import ITEM_FIELDS, aliases_of, check_standard, cleaned, unit_word
from core.catalog.rules.terms import check_policy, check_term
from core.catalog.rules.units import Units, UnitTable, check_packs
from core.catalog.steps.drafts import checked_table
from core.catalog.steps.item_states import (
    BARCODE,
    DECIMALS,
    LEVEL,
    LEVELS,
    PACK,
    SUPPLIER,
    Facts,
    ItemState,
    decimal_text,
    load_item_states,
    write_item_states,
)  # fmt: skip
from core.catalog.steps.prices import record_agreed_prices
from core.catalog.steps.records import base_unit_stays, cost_stays
from core.catalog.steps.taken import barcode_owners, barcode_taken, hold_codes
from core.catalog.steps.units import ensure_units, load_all_units
from core.catalog.types import NewPolicy, NewTerm, PackUnit
from core.errors import CoreError, InvalidInput, Refused, Rejected
from core.i18n import _, _n
from core.uow import UnitOfWork
from db.enums import Permission
from db.sql import chunks
from db.stock import StockEntry

Before = Any
After = Any
COSTING = ("cost_method", "standard_cost")


@dataclass(frozen=True, slots=True)
class ItemEdit:
    """What an item is to be: the facts that are stated, by key. Supplier's code or price None: as it is."""

    item_id: int
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of an edit: by key what was and what is."""

    item_id: int
    facts: Mapping[str, tuple[Before, After]]


def revise_items(uow: UnitOfWork, edits: Sequence[ItemEdit]) -> list[ItemChange]:
    """Change items, all or none; what each changed, in the order given, nothing where it said nothing new.

    Raises Rejected with an error for each wrong edit (row 1 is the first), NotAllowed for prices without the right.
    """
    hold_codes(uow)
    revision = _Revision(uow, edits)
    changes: list[ItemChange] = []
    errors: list[CoreError] = []
    for number, edit in enumerate(edits, start=1):
        try:
            changes.append(revision.change(edit))
        except CoreError as fault:
            errors.append(fault.in_row(number))
    if errors:
        raise Rejected(
            _n("{n} row is wrong. Nothing was saved.", "{n} rows are wrong. Nothing was saved.", len(errors)),
            tuple(errors),
        )
    _check_prices(uow, changes)
    wanted = {one.item_id: {key: after for key, (_before, after) in one.facts.items()} for one in changes if one.facts}
    write_item_states(uow, revision.states, wanted)
    _record_prices(uow, revision, changes)
    return changes


def restore_items(uow: UnitOfWork, changes: Mapping[int, Mapping[str, Sequence[Any]]]) -> None:
    """Bring back what items were before these changes (by item and key: before, after). Raises Refused naming items of
    which somebody changed the same facts since."""
    hold_codes(uow)
    states = load_item_states(uow, changes)
    touched = [
        states[item_id].code if item_id in states else str(item_id)
        for item_id, facts in changes.items()
        if item_id not in states or _is_touched(states[item_id].facts, facts)
    ]
    if touched:
        raise Refused(
            _n(
                "{n} item was changed since: {codes}. Bringing back would overwrite that; change it by hand.",
                "{n} items were changed since: {codes}. Bringing back would overwrite that; change them by hand.",
                len(touched),
                codes=", ".join(touched[:5]),
            )
        )
    back = {key: {name: before for name, (before, _a) in facts.items()} for key, facts in changes.items()}
    write_item_states(uow, states, back)


def _is_touched(now: Facts, facts: Mapping[str, Sequence[Any]]) -> bool:
    """Whether a fact is no longer what it was changed to, or a pack that would go is used by something that stays."""
    if any(now.get(key) != after for key, (_before, after) in facts.items()):
        return True
    goes = {key.removeprefix(PACK) for key, (before, _a) in facts.items() if key.startswith(PACK) and before is None}
    left = {key: facts[key][0] if key in facts else value for key, value in now.items()}
    used = {left["purchase_unit"], left["issue_unit"], left["count_unit"]}
    used |= {value for key, value in left.items() if key.startswith(BARCODE)}
    used |= {value[2] for key, value in left.items() if key.startswith(SUPPLIER) and value is not None}
    return bool(goes & used)


class _Revision:
    """Everything the edits are held against, loaded at once."""

    def __init__(self, uow: UnitOfWork, edits: Sequence[ItemEdit]) -> None:
        self._uow = uow
        self.states = load_item_states(uow, [edit.item_id for edit in edits])
        keys = [key for edit in edits for key in edit.facts]
        ensure_units(uow, [_word(key) for key in keys if key.startswith(PACK)])
        self._owners = barcode_owners(uow, sorted({_code(key) for key in keys if key.startswith(BARCODE)}))
        fixed = {"base_unit", *COSTING}
        self._posted = _posted(uow, [edit.item_id for edit in edits if fixed & edit.facts.keys()])
        ensure_units(uow, [unit_word(str(edit.facts["base_unit"])) for edit in edits if "base_unit" in edit.facts])
        self.units: Units = load_all_units(uow)
        self.tables: dict[int, UnitTable] = {}

    def change(self, edit: ItemEdit) -> ItemChange:
        """What an edit changes. Raises CoreError."""
        state = self.states[edit.item_id]
        if state.is_merged:
            raise Refused(_("{item} was merged into another item. Change that one.", item=state.code), field="code")
        wanted = _fields_of(edit.facts)
        wanted |= {PACK + unit_word(_word(key)): value for key, value in edit.facts.items() if key.startswith(PACK)}
        wanted |= {key: value for key, value in edit.facts.items() if key.startswith(LEVEL)}
        wanted |= _terms_of(edit.facts, state.facts)
        after = state.facts | wanted
        table = self._check(state, wanted, after)
        wanted |= self._barcodes(edit.facts, state, table)
        self.tables[edit.item_id] = table
        changed = {key: (state.facts.get(key), value) for key, value in wanted.items() if state.facts.get(key) != value}
        return ItemChange(edit.item_id, changed)

    def _check(self, state: ItemState, wanted: Facts, after: Facts) -> UnitTable:
        changed = {key for key, value in wanted.items() if state.facts.get(key) != value}
        if state.id in self._posted and "base_unit" in changed:
            raise base_unit_stays(state.code, state.facts["base_unit"])
        if state.id in self._posted and changed & set(COSTING):
            raise cost_stays(state.code, next(name for name in COSTING if name in changed))
        standard = after["standard_cost"]
        if changed & set(COSTING):
            check_standard(after["cost_method"], None if standard is None else Decimal(standard))
        levels = {name: after.get(LEVEL + name) for name in LEVELS}
        check_policy(NewPolicy(0, **{name: None if text is None else Decimal(text) for name, text in levels.items()}))
        packs = [
            PackUnit(key.removeprefix(PACK), Decimal(factor))
            for key, factor in after.items()
            if key.startswith(PACK) and factor is not None
        ]
        check_packs(str(after["base_unit"]), packs)
        return checked_table(self.units, state.id, {"code": state.code, **after}, packs)

    def _barcodes(self, stated: Mapping[str, Any], state: ItemState, table: UnitTable) -> Facts:
        found: Facts = {}
        for key, unit in stated.items():
            if not key.startswith(BARCODE):
                continue
            code = normal_barcode(key.removeprefix(BARCODE))
            known = state.facts.get(BARCODE + code)
            if known is None and code in self._owners:
                raise barcode_taken(code, self._owners[code])
            self._owners[code] = f"{state.code} {state.facts['name']}"
            found[BARCODE + code] = table.unit(unit_word(unit)) if unit or known is None else known
        return found


def _word(key: str) -> str:
    return key.removeprefix(PACK)


def _code(key: str) -> str:
    try:
        return normal_barcode(key.removeprefix(BARCODE))
    except InvalidInput:
        return ""


def _fields_of(stated: Mapping[str, Any]) -> Facts:
    given = {key: value for key, value in stated.items() if key in ITEM_FIELDS and key != "code"}
    for key in DECIMALS & given.keys():
        given[key] = None if given[key] is None else Decimal(given[key])
    if "aliases" in given and isinstance(given["aliases"], str):
        given["aliases"] = aliases_of(given["aliases"])
    return {
        key: decimal_text(value) if isinstance(value, Decimal) else value
        for key, value in cleaned(ITEM_FIELDS, given).items()
    }


def _terms_of(stated: Mapping[str, Any], facts: Facts) -> Facts:
    found: Facts = {}
    for key, (code, price) in ((key, value) for key, value in stated.items() if key.startswith(SUPPLIER)):
        known = facts.get(key) or ["", None, ""]
        term = [code or known[0], price if price is not None else known[1], known[2]]
        check_term(NewTerm(0, term[0], price=None if term[1] is None else Decimal(term[1])))
        found[key] = term
    return found


def _posted(uow: UnitOfWork, item_ids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in chunks(sorted(set(item_ids))):
        found.update(
            uow.sql.execute(select(StockEntry.item_id).where(StockEntry.item_id.in_(part)).distinct()).scalars()
        )
    return found


def _prices_in(change: ItemChange) -> list[tuple[int, str, str]]:
    """Supplier, new price and its unit of every price that changed."""
    return [
        (int(key.removeprefix(SUPPLIER)), after[1], after[2])
        for key, (before, after) in change.facts.items()
        if key.startswith(SUPPLIER) and after[1] is not None and after[1] != (before or ["", None])[1]
    ]


def _check_prices(uow: UnitOfWork, changes: Sequence[ItemChange]) -> None:
    if any(DECIMALS & one.facts.keys() or _prices_in(one) for one in changes):
        uow.require(Permission.PRICE_EDIT)


def _record_prices(uow: UnitOfWork, revision: _Revision, changes: Sequence[ItemChange]) -> None:
    prices = []
    for one in changes:
        table = revision.tables[one.item_id]
        for supplier_id, price, unit in _prices_in(one):
            base = table.price_to_base(Decimal(price), unit or table.purchase)
            prices.append((one.item_id, supplier_id, base))
    record_agreed_prices(uow, prices)
