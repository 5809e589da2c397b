"""The sealed file of a closed month."""

from __future__ import annotations

from core.costing.queries.books import get_journal
from core.costing.queries.month_review import get_month_review
from core.costing.rules.months import Month
from core.costing.steps.closings import Closing, calendar
from core.costing.steps.sealed import journal_table, ledger_tables, review_tables, stored_tables, summary_table
from core.costing.types.figures import Against
from core.costing.types.month_review import MonthReview
from core.errors import Refused
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission
from db.sealed import SealedTable, write_sealed


@query(Permission.BOOKS_EXPORT)
def seal_month(uow: UnitOfWork, *, month: str) -> bytes:
    """A closed month as one read-only file for the accountant: SQLite, with plain tables for programs and views in the
    site's language for people: the review as it was closed, waste, counts, what was not invoiced, the checks, the journal,
    the written summary, and every posting and entry with its hash.

    Amounts and quantities are decimal text. Every table has its SHA-256, the file one over them all. Raises Refused while
    the month is open.
    """
    uow.require(Permission.COST_VIEW)
    wanted = Month.parse(month)
    standing(uow, wanted)
    return sealed_of(uow, wanted, get_month_review(uow, month=month))


def sealed_of(uow: UnitOfWork, month: Month, reckoned: MonthReview) -> bytes:
    """The sealed file of a closed month, of its review beside the month before. Raises Refused while it is open."""
    closing = standing(uow, month)
    language = uow.site.language
    review = reckoned
    if reckoned.against is not Against.PREVIOUS:
        review = get_month_review(uow, month=month.text)
    journal = get_journal(uow, month=month.text)
    tables: list[SealedTable] = [
        *review_tables(review.review, language),
        summary_table(review.summary, language),
        *stored_tables(uow, closing, language),
        journal_table(journal, language),
        *ledger_tables(uow, closing, language),
    ]
    return write_sealed(tables, _meta(uow, closing, journal.is_final))


def standing(uow: UnitOfWork, month: Month) -> Closing:
    """The closing of a month that stands. Raises Refused while it is open."""
    closing = calendar(uow).standing(month)
    if closing is not None:
        return closing
    raise Refused(_("{month} is not closed. Close it first.", month=month.text), field="month")


def _meta(uow: UnitOfWork, closing: Closing, is_journal_final: bool) -> dict[str, str]:
    site = uow.site
    return {
        "month": closing.month.text,
        "site": site.name,
        "site_en": site.name_en,
        "tax_number": site.tax_number,
        "currency": site.currency,
        "digits": str(site.digits),
        "zone": site.zone,
        "closing": closing.number,
        "closed_at": closing.closed_at.isoformat(),
        "closed_by": closing.closed_by,
        "first_moment": closing.start.isoformat(),
        "last_moment": closing.end.isoformat(),
        "review_rows_sha256": closing.rows_hash,
        "ledger_posting": str(closing.ledger_posting_id),
        "ledger_hash": closing.ledger_hash,
        "journal": "kept" if is_journal_final else "provisional",
        "columns": "opening + receipts + other_in - usage - waste + adjustments - other_out = closing",
    }
