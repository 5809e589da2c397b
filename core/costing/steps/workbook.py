"""The live workbook of a month: items, figures, bridges, sections; what can be reckoned is a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.costing.rules import COLUMNS, SIGNS
from core.costing.rules.bridge import PARTS, BridgePart
from core.costing.steps.pack_words import SHORT_PARTS
from core.costing.steps.words import TITLES, WITHOUT_CATEGORY
from core.costing.steps.workbook_parts import FIRST, amount, cell_at, less, ratio, summed, summed_if
from core.costing.types import Review, ReviewRow
from core.costing.types.bridge import Bridge
from core.costing.types.month_review import MonthReview
from core.documents import Column, Formula, LiveCell, LiveSheet, Notation, sheet_name
from core.i18n import Language, Text, _

ITEMS = _("By item")
FIGURES = _("Figures")
MOST_ITEMS = 20_000
_HEAD = 4  # code, name, category, unit stand before the figures of an item
Rows = list[tuple[LiveCell, ...]]
Parts = Sequence[BridgePart]


def value_column(column: str) -> int:
    """Where the value of a column of the review stands on the sheet of items."""
    return _HEAD + 2 * COLUMNS.index(column) + 1


def items_sheet(review: MonthReview, language: Language, notation: Notation) -> LiveSheet:
    """Every item with quantity and value of each column; the closing is reckoned from the others, the totals from the items."""
    columns = [Column("code", _("Code")), Column("name", _("Name")), Column("category", _("Category")),
               Column("unit", _("Unit"))]  # fmt: skip
    for key in COLUMNS:
        columns.append(Column(f"{key}_qty", _("{column}: quantity", column=TITLES[key]), "qty"))
        columns.append(Column(f"{key}_value", _("{column}: value", column=TITLES[key]), "money"))
    rows: Rows = [
        _item(row, FIRST + place, review.review.unit_title(row.unit, language), language)
        for place, row in enumerate(listed_items(review.review))
    ]
    totals: list[LiveCell] = [_("Total"), "", "", ""]
    for key in COLUMNS:
        totals += [None, summed(rows, value_column(key))]
    return LiveSheet(ITEMS, tuple(columns), rows, tuple(totals), notation)


def listed_items(review: Review) -> list[ReviewRow]:
    """The items of the sheet: all of them, on a large site those that moved, and the others of each category together."""
    if len(review.items) <= MOST_ITEMS:
        return list(review.items)
    moved, still = [], dict[str, list[ReviewRow]]()
    for row in review.items:
        if any(row.minors[1:-1]) or any(row.micros[1:-1]):
            moved.append(row)
        else:
            still.setdefault(row.category, []).append(row)
    return [*moved, *(_together(rows) for _path, rows in sorted(still.items()))]


def _together(rows: Sequence[ReviewRow]) -> ReviewRow:
    words = _("{n} items that did not move", n=len(rows))
    sums = tuple(sum(column) for column in zip(*(row.minors for row in rows), strict=True))
    variance = sum(row.variance_minor for row in rows)
    first = rows[0]
    return ReviewRow(
        0, "", words.render("zh"), words.render("en"), first.category, first.category_id, "", (0,) * len(COLUMNS), sums,
        variance, first.digits,
    )  # fmt: skip


def _item(row: ReviewRow, at: int, unit: str, language: Language) -> tuple[LiveCell, ...]:
    cells: list[LiveCell] = [row.code, row.title(language), row.category, unit]
    for key in COLUMNS[:-1]:
        cells += [row.qty(key), row.value(key)]
    qty = row.qty("closing")
    cells.append(qty if qty is None else Formula(_closing(at, -1), qty))
    cells.append(Formula(_closing(at, 0), row.value("closing")))
    return tuple(cells)


def _closing(at: int, beside: int) -> str:
    """Opening + purchases + other in − usage − waste + adjustments − other out, of values (0) or quantities (-1)."""
    parts = [
        ("+" if SIGNS[key] > 0 else "-") + cell_at(value_column(key) + beside, at)
        for key in COLUMNS
        if key != "closing"
    ]
    return "".join(parts).removeprefix("+")


def figures_sheet(review: MonthReview, language: Language, notation: Notation) -> LiveSheet:
    """The figures of the whole, taken from the items, beside those compared with; and what must come to nothing."""
    columns = (
        Column("figure", _("Figure")),
        Column("now", _("This month"), "money"),
        Column("before", _("Compared with"), "money"),
        Column("change", _("Difference of amounts"), "money"),
        Column("ratio", _("Change %"), "percent"),
    )
    name, last = sheet_name(ITEMS, language), FIRST + len(listed_items(review.review))
    total, before = review.review.total, review.before.total
    rows: Rows = []
    for key in COLUMNS:
        now: LiveCell = total.value(key)
        if review.review.items:
            now = Formula(f"{name}!{cell_at(value_column(key), last)}", total.value(key))
        rows.append(_compared(TITLES[key], now, before.value(key), FIRST + len(rows)))
    places = {key: FIRST + place for place, key in enumerate(COLUMNS)}
    cost = f"B{places['usage']}+B{places['waste']}-B{places['adjustments']}"
    was = f"C{places['usage']}+C{places['waste']}-C{places['adjustments']}"
    at, compared = FIRST + len(rows), before.value("usage") + before.value("waste") - before.value("adjustments")
    values = (review.bridge.end, compared)
    rows.append((_("Cost of the month"), Formula(cost, values[0]), Formula(was, values[1]),
                 less(f"B{at}", f"C{at}", values), ratio(f"B{at}", f"C{at}", values)))  # fmt: skip
    made = "".join(("+" if SIGNS[key] > 0 else "-") + f"B{places[key]}" for key in COLUMNS if key != "closing")
    check = Formula(f"{made.removeprefix('+')}-B{places['closing']}", total.value("closing") - total.value("closing"))
    rows.append((_("Must be nothing: opening to closing"), check, None, None, None))
    return LiveSheet(FIGURES, columns, rows, (), notation)


def _compared(title: Text, now: LiveCell, before: LiveCell, at: int) -> tuple[LiveCell, ...]:
    values = (amount(now), amount(before))
    return (title, now, before, less(f"B{at}", f"C{at}", values), ratio(f"B{at}", f"C{at}", values))


def bridge_sheets(review: MonthReview, language: Language, notation: Notation) -> list[LiveSheet]:
    """Bridges by category (a tree: only its first level sums), by item and by section."""
    parts_of = bridge_parts(review)
    tree: Rows = []
    for branch in review.by_category:
        placed = (branch.depth + 1, branch.title(language) or WITHOUT_CATEGORY, branch.path)
        tree.append(_bridge(placed, branch.bridge, FIRST + len(tree), parts_of))
    heads = (Column("level", _("Level"), "number"), Column("category", _("Category")), Column("path", _("Path")))
    found = [
        _bridged(
            _("Bridge by category"), (heads, parts_of), tree, notation, lambda column: summed_if(tree, column, 0, 1)
        )
    ]
    items: Rows = []
    for one in review.by_item:
        head = (one.row.code, one.row.title(language), one.row.category)
        items.append(_bridge(head, one.bridge, FIRST + len(items), parts_of))
    heads = (Column("code", _("Code")), Column("name", _("Name")), Column("category", _("Category")))
    found.append(
        _bridged(_("Bridge by item"), (heads, parts_of), items, notation, lambda column: summed(items, column))
    )
    rows: Rows = []
    for section in review.by_section:
        name: LiveCell = section.section.name.render(language) or _("Not said")
        rows.append(_bridge((name,), section.bridge, FIRST + len(rows), parts_of))
    sectioned = (Column("section", _("Section")),)
    found.append(
        _bridged(_("Bridge by section"), (sectioned, parts_of), rows, notation, lambda column: summed(rows, column))
    )
    return found


def bridge_parts(review: MonthReview) -> tuple[BridgePart, ...]:
    """The parts that have a column: what the month before was apart from the budget only where that is something."""
    place = PARTS.index(BridgePart.PLAN)
    is_planned = bool(review.bridge.steps[place]) or any(one.bridge.steps[place] for one in review.by_category)
    return tuple(part for part in PARTS if is_planned or part is not BridgePart.PLAN)


def _bridge(head: tuple[LiveCell, ...], bridge: Bridge, at: int, shown: Parts) -> tuple[LiveCell, ...]:
    """Start, parts, their sum as the end, the change and its ratio."""
    first = len(head)
    start, end = cell_at(first, at), cell_at(first + len(shown) + 1, at)
    parts = [bridge.amount(part) for part in shown]
    last = cell_at(first + len(shown), at)
    values = (bridge.end, bridge.start)
    return (*head, bridge.start, *parts, Formula(f"SUM({start}:{last})", bridge.end), less(end, start, values),
            ratio(end, start, values))  # fmt: skip


def _bridged(
    title: Text,
    shown: tuple[tuple[Column, ...], Parts],
    rows: Rows,
    notation: Notation,
    total: Callable[[int], LiveCell],
) -> LiveSheet:
    heads, parts = shown
    columns = (
        *heads,
        Column("start", _("Compared month"), "money"),
        *(Column(str(part), SHORT_PARTS[part], "money") for part in parts),
        Column("end", _("This month"), "money"),
        Column("change", _("Difference of amounts"), "money"),
        Column("ratio", _("Change %"), "percent"),
    )
    sums = [total(column) for column in range(len(heads), len(columns) - 1)]
    at = FIRST + len(rows)
    start, end = cell_at(len(heads), at), cell_at(len(heads) + len(parts) + 1, at)
    change = ratio(end, start, (amount(sums[len(parts) + 1]), amount(sums[0])))
    totals: Sequence[LiveCell] = (_("Total"), *[""] * (len(heads) - 1), *sums, change)
    return LiveSheet(title, columns, rows, tuple(totals), notation)
