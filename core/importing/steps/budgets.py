"""Budgets from a file: a row for a month and a category (or the whole), what it may cost.

What a file says takes the place of what was set before; months and categories it does not name stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select

from core import costing
from core.costing import BudgetCell, Month
from core.errors import Conflict, Refused
from core.i18n import _
from core.importing.rules.cells import Cell, money_of, short, text_of, word_of
from core.importing.steps.masters import Made, make_all
from core.importing.steps.rows import RowReader, Rows
from core.importing.types import CellChange
from core.uow import UnitOfWork
from db.catalog import Category
from db.enums import Permission

WHOLE_WORDS = frozenset({"", "all", "total", "whole", "site", "全部", "合计", "总计", "全店", "整体"})
COLUMNS = {"category_id": "category", "months": "month"}
Place = tuple[str, int]


def make_budgets(uow: UnitOfWork, rows: Rows) -> Made:
    """Set budgets by the rows of a file. What is wrong is added to `rows.faults`."""
    uow.require(Permission.BUDGET_EDIT)
    known = _categories(uow)
    cells: dict[Place, tuple[int, Decimal]] = {}
    for row in rows:
        month, key, amount = _month(uow, row), _category(row, known), _amount(uow, row)
        if row.is_wrong or month is None or key is None or amount is None:
            continue
        if (month.text, key) in cells:
            first = cells[month.text, key][0]
            row.refuse("category", _("Row {row} has a budget of this month and category already.", row=first))
        cells[month.text, key] = (row.row, amount)
    if rows.faults:
        return Made()
    return _write(uow, rows, cells)


def _write(uow: UnitOfWork, rows: Rows, cells: Mapping[Place, tuple[int, Decimal]]) -> Made:
    there = costing.stored_budgets(uow, [Month.parse(month) for month in sorted({month for month, _key in cells})])
    wanted = [
        BudgetCell(month, key, amount, _money(uow, there.get((month, key))))
        for (month, key), (_row, amount) in cells.items()
    ]
    made = Made()
    numbers = [row for row, _amount in cells.values()]
    done = make_all(rows, numbers, lambda: list(costing.change_budgets(uow, wanted).cells), COLUMNS)
    if rows.faults:
        return made
    made.unchanged = len(wanted) - len(done)
    paths = _paths(uow)
    for number, one in enumerate(done):
        before, after = _plain(one.seen), _plain(one.amount)
        facts = {
            "month": (one.month, one.month),
            "place": (one.category_id, one.category_id),
            "amount": (before, after),
        }
        made.before.setdefault("budgets", {})[number] = facts
        code = f"{one.month} {paths.get(one.category_id, '')}".strip()
        made.changes.append(CellChange(cells[one.month, one.category_id][0], code, "amount", before or "", after or ""))
    return made


def restore_budgets(uow: UnitOfWork, records: Mapping[int, Mapping[str, Sequence[Any]]]) -> None:
    """Bring back what budgets were before a file. Raises Refused when somebody changed one of them since."""
    cells = []
    for facts in records.values():
        before, after = facts["amount"]
        cells.append(BudgetCell(facts["month"][0], facts["place"][0], _decimal(before), _decimal(after)))
    try:
        costing.change_budgets(uow, cells)
    except Conflict as fault:
        raise Refused(fault.text) from None


def _amount(uow: UnitOfWork, row: RowReader) -> Decimal | None:
    amount = row.take("amount", partial(money_of, digits=uow.site.digits))
    if amount is None:
        row.refuse("amount", _("How much may it cost? Write the amount; 0 is a budget of nothing."))
    elif amount < 0:
        row.refuse("amount", _("A budget is not below zero."))
    return amount


def _month(uow: UnitOfWork, row: RowReader) -> Month | None:
    text = row.take("month", text_of)
    if text is None:
        return None
    if not text:
        row.refuse("month", _("Which month? Write it as 2026-10."))
        return None
    day = text.split(" ")[0]

    def read(_cell: Cell) -> Month:
        month = Month.parse(day[:7] if len(day) == len("2026-10-01") else day)
        costing.check_budget_month(uow, month)
        return month

    return row.take("month", read)


def _category(row: RowReader, known: Mapping[str, set[int]]) -> int | None:
    text = row.text("category", 400)
    if row.is_wrong and "category" in row.refused:
        return None
    if word_of(text) in WHOLE_WORDS:
        return costing.WHOLE
    found = known.get(_as_compared(text), set())
    if len(found) == 1:
        return next(iter(found))
    if found:
        row.refuse(
            "category", _("{name} names several categories. Write it with those above it: A/B/C.", name=short(text))
        )
    else:
        words = _("There is no category {name}. Write it as it stands in the tree (A/B/C), or “all” for the whole.",
                  name=short(text))  # fmt: skip
        row.refuse("category", words)
    return None


def _categories(uow: UnitOfWork) -> dict[str, set[int]]:
    """Categories by what a file may call them: the path in either language, or the name where it is the only one."""
    found: dict[str, set[int]] = defaultdict(set)
    columns = (Category.id, Category.path, Category.path_en, Category.name, Category.name_en)
    rows = uow.sql.execute(select(*columns)).all()
    for row in rows:
        for name in {row.name, row.name_en} - {""}:
            found[_as_compared(name)].add(row.id)
    for row in rows:
        for path in {row.path, row.path_en} - {""}:
            found[_as_compared(path)] = {row.id}
    return found


def _paths(uow: UnitOfWork) -> dict[int, str]:
    return {row.id: row.path for row in uow.sql.execute(select(Category.id, Category.path))}


def _as_compared(text: str) -> str:
    return "/".join(word_of(part) for part in text.replace("＞", "/").replace(">", "/").replace("／", "/").split("/"))


def _money(uow: UnitOfWork, minor: int | None) -> Decimal | None:
    return None if minor is None else uow.money(minor)


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
