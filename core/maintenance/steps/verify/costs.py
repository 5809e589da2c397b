"""One item's costs reckoned anew from nothing, compared with what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import _
from core.maintenance.steps.verify.findings import Findings
from core.maintenance.types import Area
from core.stock import CostState, Layer, replayed
from core.values import from_micro, from_minor
from db.enums import CostMethod

if TYPE_CHECKING:
    from core.maintenance.steps.verify.items import Book, Site


def check_costs(book: Book, standard: int, site: Site, findings: Findings) -> None:
    """Replay the item's whole history from its opening method and `standard` (minor units times 10^6 per base unit)."""
    if not book.history:
        if book.cost is not None or book.layers:
            text = _("{item} has a cost, but there are no entries of it.", item=book.name)
            findings.wrong(Area.COSTS, text, item_id=book.item_id)
        return
    if book.item is None:
        return
    try:
        outcomes, state = replayed(book.history, CostState(CostMethod(book.item.cost_method), standard))
    except ValueError as fault:
        text = _("The cost of {item} cannot be reckoned from its entries: {why}.", item=book.name, why=str(fault))
        findings.wrong(Area.VALUES, text, item_id=book.item_id)
        return
    _check_values(book, outcomes, site, findings)
    _check_state(book, state, site, findings)


def _check_values(book: Book, outcomes: dict[int, tuple[int, int, int]], site: Site, findings: Findings) -> None:
    nothing = (0, 0, 0)
    for one in book.history:
        right = outcomes.get(one.entry_id, nothing)
        stored = (one.value, one.settled, one.variance)
        if stored == right:
            continue
        text = _(
            "Entry {entry} of {item}: value, settled and variance are {stored}, and must be {right}.",
            entry=one.entry_id,
            item=book.name,
            stored=" / ".join(str(from_minor(part, site.digits)) for part in stored),
            right=" / ".join(str(from_minor(part, site.digits)) for part in right),
        )
        findings.wrong(Area.VALUES, text, entry_id=one.entry_id, item_id=book.item_id)


def _check_state(book: Book, right: CostState, site: Site, findings: Findings) -> None:
    cost = book.cost
    if cost is None:
        text = _("{item}: where its cost stands is not noted any more.", item=book.name)
        findings.wrong(Area.COSTS, text, item_id=book.item_id)
        return
    if (cost.qty, cost.value) != (right.qty, right.value):
        text = _(
            "{item}: its cost says {qty} worth {value}; the entries make {right_qty} worth {right_value}.",
            item=book.name,
            qty=from_micro(cost.qty),
            value=from_minor(cost.value, site.digits),
            right_qty=from_micro(right.qty),
            right_value=from_minor(right.value, site.digits),
        )
        findings.wrong(Area.COSTS, text, item_id=book.item_id)
    if cost.last_at != max(one.at for one in book.history):
        text = _("{item}: the moment of its last entry is noted wrongly.", item=book.name)
        findings.wrong(Area.COSTS, text, item_id=book.item_id)
    stored = _stored_state(book)
    if stored is None or _without_layers(stored).key() != _without_layers(right).key():
        text = _("{item}: the method, the standard cost or the last known cost is noted wrongly.", item=book.name)
        findings.wrong(Area.COSTS, text, item_id=book.item_id)
    elif stored.key() != right.key():
        _tell_layers(book, stored, right, site, findings)


def _stored_state(book: Book) -> CostState | None:
    cost = book.cost
    if cost is None or cost.method not in tuple(CostMethod):
        return None
    layers = [
        Layer(row.position, row.entry_id, row.lot_id or None, row.qty, row.value)
        for row in sorted(book.layers, key=lambda row: row.position)
    ]
    return CostState(CostMethod(cost.method), cost.standard, layers, cost.last_qty, cost.last_value)


def _without_layers(state: CostState) -> CostState:
    return CostState(state.method, state.standard, [], state.last_qty, state.last_value)


def _tell_layers(book: Book, stored: CostState, right: CostState, site: Site, findings: Findings) -> None:
    text = _(
        "{item}: its cost layers are {stored}, and must be {right}.",
        item=book.name,
        stored=_layer_words(stored, site),
        right=_layer_words(right, site),
    )
    findings.wrong(Area.COSTS, text, item_id=book.item_id)


def _layer_words(state: CostState, site: Site, most: int = 6) -> str:
    shown = [f"{from_micro(layer.qty)} = {from_minor(layer.value, site.digits)}" for layer in state.layers[:most]]
    more = len(state.layers) - most
    return "[" + ", ".join([*shown, *([f"+{more}"] if more > 0 else [])]) + "]"
