"""Building blocks of journals: how they are made, and which account a figure goes to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from core.costing.rules.accounts import usual_account, voucher_word
from core.costing.rules.books import DEFAULT_ACCRUALS, DEFAULT_GRAIN
from core.costing.types.books import AccountRow, BookSettings
from core.uow import UnitOfWork
from db.catalog import Category, Supplier
from db.costing import BookAccount, BookRules
from db.enums import AccountUse, AccrualStyle, BookGrain
from db.sql import chunks
from db.stock import WasteReason

RULES_ID = 1
NAMED = frozenset({AccountUse.COST, AccountUse.EXPENSE})
"""Uses whose key is an account somebody wrote on the document."""


def settings_of(uow: UnitOfWork) -> BookSettings:
    """How journals are made; the usual way until somebody chose."""
    r = BookRules
    row = uow.sql.execute(select(r.voucher_word, r.grain, r.accruals, r.version).where(r.id == RULES_ID)).first()
    if row is None:
        return BookSettings(voucher_word(uow.site.currency), DEFAULT_GRAIN, DEFAULT_ACCRUALS)
    return BookSettings(row.voucher_word, BookGrain(row.grain), AccrualStyle(row.accruals), row.version)


class AccountMap:
    """Which account a figure goes to: the one set for its key, else for what lies above it, else for the use, else the
    usual one. Remembers which usual ones were needed."""

    def __init__(self, uow: UnitOfWork) -> None:
        a = BookAccount
        rows = uow.sql.execute(select(a.use, a.key, a.code, a.name)).all()
        self._set = {(str(row.use), row.key): (row.code, row.name) for row in rows}
        parents = uow.sql.execute(select(Category.id, Category.parent_id)).all()
        self._above = {str(row.id): str(row.parent_id or "") for row in parents}
        self._currency = uow.site.currency
        self.suggested: set[AccountUse] = set()

    def account_of(self, use: AccountUse, key: str = "") -> tuple[str, str]:
        """Code and name."""
        for one in self._keys(use, key):
            found = self._set.get((str(use), one))
            if found is not None:
                return found
        self.suggested.add(use)
        code, name = usual_account(use, self._currency)
        return (key, key) if use in NAMED and _is_code(key) else (code, name)

    def _keys(self, use: AccountUse, key: str) -> Iterable[str]:
        while key:
            yield key
            key = self._above.get(key, "") if use in (AccountUse.STOCK, AccountUse.USAGE) else ""
        yield ""


def _is_code(text: str) -> bool:
    """Whether what somebody wrote on an invoice's line is an account's code rather than a word."""
    return bool(text) and text[0].isdigit() and all(sign.isalnum() or sign in ".-" for sign in text)


def account_rows(uow: UnitOfWork) -> list[AccountRow]:
    """Every use with its account, confirmed or suggested, then what was set for single keys."""
    a = BookAccount
    stored = uow.sql.execute(select(a.id, a.use, a.key, a.code, a.name, a.version).order_by(a.key)).all()
    by_use: dict[str, list[Any]] = {}
    for row in stored:
        by_use.setdefault(row.use, []).append(row)
    names = _key_names(uow, stored)
    found: list[AccountRow] = []
    for use in AccountUse:
        mine = by_use.get(use, [])
        if not any(not row.key for row in mine):
            found.append(AccountRow(use, "", *usual_account(use, uow.site.currency)))
        for row in mine:
            about, about_en = names.get((use, row.key), (row.key, row.key))
            found.append(AccountRow(use, row.key, row.code, row.name, about, about_en, row.id, row.version))
    return found


def _key_names(uow: UnitOfWork, stored: Iterable[Any]) -> dict[tuple[str, str], tuple[str, str]]:
    """What keys stand for: categories by their path, waste reasons and suppliers by name."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    wanted = [row for row in stored if row.key]
    ids = [int(row.key) for row in wanted if row.use in (AccountUse.STOCK, AccountUse.USAGE) and row.key.isdigit()]
    for part in chunks(ids):
        for row in uow.sql.execute(select(Category.id, Category.path, Category.path_en).where(Category.id.in_(part))):
            for use in (AccountUse.STOCK, AccountUse.USAGE):
                found[use, str(row.id)] = (row.path, row.path_en or row.path)
    for reason in uow.sql.execute(select(WasteReason.code, WasteReason.name, WasteReason.name_en)):
        found[AccountUse.WASTE, reason.code] = (reason.name, reason.name_en or reason.name)
    codes = [row.key for row in wanted if row.use == AccountUse.PAYABLE]
    for names in chunks(codes):
        s = Supplier
        for one in uow.sql.execute(select(s.code, s.name, s.name_en).where(s.code.in_(names))):
            found[AccountUse.PAYABLE, one.code] = (one.name, one.name_en or one.name)
    return found
