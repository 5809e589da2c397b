"""How budgets and their levels are said and look."""

from __future__ import annotations

from decimal import Decimal

from core.costing import WHOLE, BudgetLevel, BudgetPlace, BudgetRow, GridCell
from core.i18n import Text, _, verbatim
from core.values import round_decimal
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, language, money_words, number_words, ui_text

MONTHS: tuple[Text, ...] = (
    _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"), _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"),
    _("Dec"),
)  # fmt: skip
LEVELS: dict[BudgetLevel, tuple[Text, Meaning, str]] = {
    BudgetLevel.NONE: (_("No budget"), Meaning.PLAIN, ""),
    BudgetLevel.GOOD: (_("Within the budget"), Meaning.GOOD, ""),
    BudgetLevel.WATCH: (_("Will be over at this pace"), Meaning.WATCH, "△"),
    BudgetLevel.OVER: (_("Over the budget"), Meaning.DANGER, "▲"),
}


def place_words(place: BudgetPlace) -> Text:
    """A category's name, or that it is all of them."""
    return _("Whole site") if place.category_id == WHOLE else verbatim(place.title(language()))


def indented(place: BudgetPlace) -> str:
    """The same, moved in by how deep it stands."""
    return "\N{EM SPACE}" * max(0, place.depth - 1) + ui_text(place_words(place))


def level_look(row: BudgetRow) -> BadgeLook | None:
    """How a category stands, as a badge."""
    words, meaning, _sign = LEVELS[row.level]
    return None if row.level is BudgetLevel.NONE else BadgeLook(words, meaning)


def short_money(amount: Decimal) -> str:
    """An amount in the grid: to whole units; the line under the grid says it exactly."""
    return number_words(round_decimal(amount, 0))


def spent_words(cell: GridCell) -> tuple[str, ...]:
    """What a month really cost, with a sign before it where it is too much; of the running month also with what is
    expected at its end. Each of the following is shorter, where there is no room."""
    if cell.actual is None or (not cell.actual and cell.budget is None):
        return ("",)
    sign, spent = LEVELS[cell.level][2], short_money(cell.actual)
    if cell.expected is None:
        return f"{sign} {spent}".strip(), f"{sign}{spent}", spent
    ahead = f"→ {short_money(cell.expected)}"
    return f"{sign} {spent} {ahead}".strip(), f"{sign} {ahead}".strip(), f"{sign}{short_money(cell.expected)}"


def cell_told(place: BudgetPlace, month: str, cell: GridCell) -> str:
    """A cell for a reader, and where the mouse rests."""
    parts = [f"{ui_text(place_words(place))} · {month}"]
    if cell.budget is not None:
        amount = money_words(cell.budget, sign=True)
        is_sum = cell.is_sum
        parts.append(
            ui_text(_("Set below in all: {amount}", amount=amount) if is_sum else _("Budget: {amount}", amount=amount))
        )
    if cell.actual is not None:
        parts.append(ui_text(_("Cost: {amount}", amount=money_words(cell.actual, sign=True))))
    if cell.expected is not None:
        parts.append(ui_text(_("At month end: {amount}", amount=money_words(cell.expected, sign=True))))
    parts.append(ui_text(LEVELS[cell.level][0]))
    return "\n".join(parts)
