"""The parts of a figure: by item, then by kind of cost or part of the bridge, then by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from core.costing.rules.bridge import PARTS, BridgePart, share_out
from core.costing.rules.columns import COLUMNS
from core.costing.steps.accruals import Open, accruals_of
from core.costing.steps.bridges import END, KINDS, START, Cell, Steps, steps_of, use_of
from core.costing.steps.dead import idle_rows
from core.costing.steps.figure_entries import EXPLAINED, NOW, item_test
from core.costing.steps.month_frames import Frame
from core.costing.steps.movers import moves_of_prices
from core.costing.steps.summary.facts import KEYS
from core.costing.steps.words import PART_TITLES, TITLES, WITHOUT_SECTION
from core.costing.types import ReviewRow
from core.costing.types.figures import Against, Figure, FigureKey, FigurePart
from core.i18n import Name, Text, _n
from core.uow import UnitOfWork

CHANGE_PARTS = {
    FigureKey.WASTE_CHANGE: BridgePart.WASTE,
    FigureKey.COUNTS_CHANGE: BridgePart.COUNTS,
    FigureKey.OTHER_CHANGE: BridgePart.OTHER,
    **EXPLAINED,
}
KIND_TITLES: Mapping[FigureKey, Text] = {
    FigureKey.USAGE: TITLES["usage"],
    FigureKey.WASTE: TITLES["waste"],
    FigureKey.COUNTS: TITLES["counts"],
    FigureKey.OTHER: PART_TITLES[BridgePart.OTHER],
}


def cost_parts(uow: UnitOfWork, frame: Frame, figure: Figure, limit: int) -> list[FigurePart]:
    """The parts of a figure of cost, or of a change and its parts; none of a figure that only has entries."""
    if figure.reason is not None or (figure.item_id is not None and figure.section is not None):
        return []
    if figure.item_id is None:
        parts = _by_item(uow, frame, figure)
        plan = plan_of(frame, figure)
        if plan:
            parts.append(FigurePart(None, PART_TITLES[BridgePart.PLAN], "", uow.money(plan)))
        return shortened(uow, parts, limit)
    if figure.key is FigureKey.COST:
        return _of_item(uow, frame, figure, {key: KIND_TITLES[key] for key in KIND_TITLES})
    if figure.key is FigureKey.CHANGE:
        return _of_item(uow, frame, figure, {KEYS[part]: PART_TITLES[part] for part in KEYS})
    return _by_section(uow, frame, figure)


def plan_of(frame: Frame, figure: Figure) -> int:
    """Of a change against a budget: what the month before cost more than the budget, in minor units."""
    key = figure.category_id or 0
    is_planned = figure.key is FigureKey.CHANGE and figure.against is Against.BUDGET
    if not is_planned or figure.item_id is not None or figure.section is not None or key not in frame.budgets:
        return 0
    if figure.category_id == 0:
        return 0
    wanted = item_test(frame, figure)
    return sum(steps[START] for item_id, steps in frame.made.items.items() if wanted(item_id)) - frame.budgets[key]


def _by_item(uow: UnitOfWork, frame: Frame, figure: Figure) -> list[FigurePart]:
    wanted = item_test(frame, figure)
    found = []
    for item_id, by_section in frame.made.cells.items():
        if not wanted(item_id) or (figure.section is not None and figure.section not in by_section):
            continue
        amount = amount_of(frame, figure.key, item_id, figure.section)
        if amount:
            row = frame.rows[item_id]
            found.append(_part(uow, replace(figure, item_id=item_id), _name(row), row.code, amount))
    return found


def amount_of(frame: Frame, key: FigureKey, item_id: int, section: str | None) -> int:
    """One item's figure in minor units, on the whole site or in one section."""
    by_section = frame.made.cells[item_id]
    if key in NOW:
        cells = by_section.values() if section is None else [by_section[section]]
        return sum(cell[KINDS + kind] for cell in cells for kind in NOW[key])
    steps = frame.made.items[item_id] if section is None else _steps_in(frame, item_id, by_section, section)
    if key is FigureKey.CHANGE:
        return steps[END] - steps[START]
    if key is FigureKey.BEFORE:
        return steps[START]
    return steps[PARTS.index(CHANGE_PARTS[key])]


def _steps_in(frame: Frame, item_id: int, by_section: Mapping[str, Cell], section: str) -> Steps:
    shared = share_out(frame.made.parts[item_id], [use_of(cell) for cell in by_section.values()])
    return steps_of(by_section[section], shared[list(by_section).index(section)])


def _of_item(uow: UnitOfWork, frame: Frame, figure: Figure, titles: Mapping[FigureKey, Text]) -> list[FigurePart]:
    """An item's cost by kind, or its change by part of the bridge."""
    item_id = figure.item_id or 0
    if item_id not in frame.made.cells:
        return []
    amounts = {key: amount_of(frame, key, item_id, None) for key in titles}
    return [_part(uow, replace(figure, key=key), titles[key], "", amount) for key, amount in amounts.items() if amount]


def _by_section(uow: UnitOfWork, frame: Frame, figure: Figure) -> list[FigurePart]:
    item_id = figure.item_id or 0
    found = []
    for key in frame.made.cells.get(item_id, {}):
        amount = amount_of(frame, figure.key, item_id, key)
        if amount:
            section = frame.sections.section(key)
            title = _both(section.name) if key else WITHOUT_SECTION
            found.append(_part(uow, replace(figure, section=key), title, "", amount))
    return found


def row_parts(uow: UnitOfWork, frame: Frame, figure: Figure, limit: int) -> list[FigurePart]:
    """The items behind a column of the review, the prices that moved, or the goods that do not move."""
    if figure.item_id is not None:
        return []
    found = [
        _part(uow, replace(figure, item_id=row.key), _name(row), row.code, amount)
        for row, amount in _amounts(uow, frame, figure)
        if amount
    ]
    return shortened(uow, found, limit)


def _amounts(uow: UnitOfWork, frame: Frame, figure: Figure) -> Iterable[tuple[ReviewRow, int]]:
    wanted, rows = _row_test(frame, figure), frame.pair.now.rows
    if figure.key is FigureKey.MOVER:
        return [(row, move.effect) for row, move in moves_of_prices(frame.pair) if wanted(row)]
    if figure.key is FigureKey.DEAD:
        least = figure.days or 0
        return [
            (row, row.minors[-1])
            for band, row in idle_rows(uow, rows, frame.spans.now[1])
            if band >= least and wanted(row)
        ]
    place = COLUMNS.index(figure.key.value)
    return [(row, row.minors[place]) for row in rows if wanted(row)]


def _row_test(frame: Frame, figure: Figure) -> Callable[[ReviewRow], bool]:
    """Whether a line of the review belongs to a figure's category."""
    if figure.category_id is None:
        return lambda _row: True
    below = {key for key in frame.categories if _is_below(frame, key, figure.category_id)} or {0}
    return lambda row: (row.category_id if row.category_id in frame.categories else 0) in below


def _is_below(frame: Frame, key: int | None, top: int) -> bool:
    while key:
        if key == top:
            return True
        key = frame.categories[key].parent_id
    return False


def supplier_parts(uow: UnitOfWork, found: Open, figure: Figure) -> list[FigurePart]:
    """What is not invoiced by supplier."""
    if figure.supplier_id is not None:
        return []
    return [
        FigurePart(replace(figure, supplier_id=one.supplier_id, amount=one.amount), _both(one.supplier), "", one.amount)
        for one in accruals_of(uow, found).suppliers
        if one.amount
    ]


def shortened(uow: UnitOfWork, parts: list[FigurePart], limit: int) -> list[FigurePart]:
    """The largest parts first; those beyond `limit` as one that opens no further."""
    parts.sort(key=lambda part: (-abs(part.amount), part.code))
    rest = parts[limit:]
    if not rest:
        return parts
    amount = sum((part.amount for part in rest), uow.money(0))
    title = _n("{n} more", "{n} more", len(rest))
    return [*parts[:limit], FigurePart(None, title, "", amount)]


def _part(uow: UnitOfWork, figure: Figure, title: Text, code: str, minor: int) -> FigurePart:
    amount = uow.money(minor)
    return FigurePart(replace(figure, amount=amount, percent=None), title, code, amount)


def _name(row: ReviewRow) -> Text:
    return _both(Name(row.name, row.name_en))


def _both(name: Name) -> Text:
    """A name as a text in both languages."""
    return Text("{name}", (("name", name),))
