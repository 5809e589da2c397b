"""What a person can see of accounts and journals."""

from __future__ import annotations

from core.costing.rules.months import Month
from core.costing.steps.books_accounts import AccountMap, account_rows, settings_of
from core.costing.steps.books_journal import (
    drafts_of,
    kept_journal,
    kept_vouchers,
    standing_closing,
    vouchers_of,
)
from core.costing.steps.layouts import journal_file
from core.costing.types.books import AccountRow, BookLayout, BookSettings, Journal, JournalFile
from core.i18n import Language
from core.registry import query
from core.uow import UnitOfWork
from db.enums import AccountUse, Permission


@query(Permission.BOOKS_EXPORT)
def list_accounts(uow: UnitOfWork) -> list[AccountRow]:
    """The account map: every use with its account, the usual one where nobody has set it, and those set for a category, a
    waste reason, a tax rate or a supplier."""
    return account_rows(uow)


@query(Permission.BOOKS_EXPORT)
def get_book_settings(uow: UnitOfWork) -> BookSettings:
    """How journals are made."""
    return settings_of(uow)


@query(Permission.BOOKS_EXPORT)
def get_journal(uow: UnitOfWork, *, month: str) -> Journal:
    """The journal of a month: vouchers whose debits are their credits, to the minor unit.

    Stock moves by what its ledger moved; goods received stand as not invoiced until an approved invoice takes them over;
    an invoice stands in the month it was approved in, a payment in the month it was booked in. What later became different
    of a document that a kept journal holds is booked as the difference. The journal of a closed month that was kept is
    answered as it was kept. Raises InvalidInput for what is no month.
    """
    uow.require(Permission.COST_VIEW)
    wanted = Month.parse(month)
    settings = settings_of(uow)
    kept = kept_journal(uow, wanted)
    if kept is not None and kept.closing_id == standing_closing(uow, wanted):
        vouchers = tuple(kept_vouchers(uow, kept))
        return Journal(
            wanted.text, settings, uow.site.currency, uow.site.digits, vouchers, True, kept.kept_at, kept.kept_by,
            kept.sha256,
        )  # fmt: skip
    accounts = AccountMap(uow)
    made = tuple(vouchers_of(uow, drafts_of(uow, wanted, settings), accounts))
    suggested = tuple(use for use in AccountUse if use in accounts.suggested)
    return Journal(
        wanted.text, settings, uow.site.currency, uow.site.digits, made, False, uow.now, uow.actor.name, "", suggested
    )


@query(Permission.BOOKS_EXPORT)
def get_journal_file(uow: UnitOfWork, *, month: str, layout: BookLayout, language: Language) -> JournalFile:
    """The journal of a month as a file in a layout. Raises InvalidInput."""
    return journal_file(get_journal(uow, month=month), layout, language)
