"""What a person can do about accounts and journals."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update

from core.costing.queries.books import get_journal
from core.costing.rules.accounts import KEYED
from core.costing.rules.months import Month
from core.costing.steps.books_accounts import RULES_ID, settings_of
from core.costing.steps.books_journal import hash_of, kept_journal, kept_months, standing_closing
from core.costing.types.books import Journal, KeptJournal
from core.errors import Conflict, InvalidInput, NotFound, Refused
from core.i18n import _, join
from core.registry import command
from core.uow import UnitOfWork
from core.values import to_minor
from core.words import word
from db.base import table_of
from db.costing import BookAccount, BookLine, BookMonth, BookRules
from db.enums import AccountUse, AccrualStyle, BookGrain, Permission
from db.sql import chunks

A, R, M, B = (table_of(one) for one in (BookAccount, BookRules, BookMonth, BookLine))
SUGGESTED = "suggested_accounts"
LONGEST = {"code": 30, "name": 120, "key": 60, "voucher_word": 10}


@command(Permission.BOOKS_EXPORT)
def save_account(
    uow: UnitOfWork, *, use: AccountUse, key: str = "", code: str, name: str = "", version: int = 0
) -> int:
    """Set an account.

    The account a use is booked on; with `key` only for that category (its id) and all below it, waste reason, tax rate,
    supplier (its code) or account named on invoices. Answers its id. `version` is what the list showed, 0 for a new one.
    Raises InvalidInput without a code, Conflict when somebody else changed it meanwhile.
    """
    values = _clean(use, key, code, name)
    row = uow.sql.execute(
        select(A.c.id, A.c.version, A.c.code, A.c.name).where(A.c.use == use, A.c.key == values["key"])
    ).first()
    if row is None:
        uow.note(use=str(use), key=values["key"], code=values["code"])
        return int(uow.sql.execute(insert(A).values(**values, version=1).returning(A.c.id)).scalar_one())
    if row.version != version:
        raise Conflict(
            _("The account of “{use}” was changed meanwhile: it is {code} now.", use=word(use), code=row.code),
            base={}, mine={"code": values["code"], "name": values["name"]},
            theirs={"code": row.code, "name": row.name},
        )  # fmt: skip
    uow.note(use=str(use), key=values["key"], changes={"code": [row.code, values["code"]]})
    uow.sql.execute(
        update(A).where(A.c.id == row.id).values(code=values["code"], name=values["name"], version=version + 1)
    )
    return int(row.id)


def _clean(use: AccountUse, key: str, code: str, name: str) -> dict[str, Any]:
    found = {"use": str(AccountUse(use)), "key": key.strip(), "code": code.strip(), "name": name.strip()}
    if not found["code"]:
        raise InvalidInput(_("Write the number of the account."), field="code")
    if found["key"] and use not in KEYED:
        raise InvalidInput(_("“{use}” has one account for everything.", use=word(use)), field="key")
    for field, longest in LONGEST.items():
        if len(found.get(field, "")) > longest:
            raise InvalidInput(_("At most {n} characters fit here.", n=longest), field=field)
    return found


@command(Permission.BOOKS_EXPORT)
def remove_account(uow: UnitOfWork, *, account_id: int) -> None:
    """Remove an account.

    Its use goes to the account above it, or to the usual one. Raises NotFound.
    """
    row = uow.sql.execute(select(A.c.use, A.c.key, A.c.code).where(A.c.id == account_id)).first()
    if row is None:
        raise NotFound(_("This account is not there any more."))
    uow.note(use=row.use, key=row.key, code=row.code)
    uow.sql.execute(delete(A).where(A.c.id == account_id))


@command(Permission.BOOKS_EXPORT)
def save_book_settings(
    uow: UnitOfWork, *, voucher_word: str, grain: BookGrain, accruals: AccrualStyle, version: int
) -> int:
    """Set how journals are made.

    The word on vouchers (记), one voucher a month or a day for movements of stock, and how accruals are reversed. Holds
    for journals that are not kept yet. Answers the new version. Raises InvalidInput, Conflict.
    """
    said = voucher_word.strip()
    if not said or len(said) > LONGEST["voucher_word"]:
        raise InvalidInput(_("Write the word on vouchers, such as 记 or GJ."), field="voucher_word")
    now = settings_of(uow)
    values = {"voucher_word": said, "grain": str(BookGrain(grain)), "accruals": str(AccrualStyle(accruals))}
    before = {"voucher_word": now.voucher_word, "grain": str(now.grain), "accruals": str(now.accruals)}
    if now.version != version:
        raise Conflict(
            _("Somebody else changed how journals are made. Look at it again."),
            base={},
            mine={**values},
            theirs={**before},
        )
    uow.note(changes={field: [before[field], value] for field, value in values.items() if before[field] != value})
    if now.version == 0:
        uow.sql.execute(insert(R).values(id=RULES_ID, version=1, **values))
    else:
        uow.sql.execute(update(R).where(R.c.id == RULES_ID).values(**values, version=version + 1))
    return version + 1


@command(Permission.BOOKS_EXPORT)
def keep_journal(uow: UnitOfWork, *, month: str) -> KeptJournal:
    """Keep the journal of a month.

    The month is closed; from now on its journal reads as it does today, whatever becomes of accounts, names and documents,
    and later journals book only what became different. Once kept, the same is answered again; after the month was reopened
    and closed anew, the new journal takes its place. Asks when accounts are only suggested (`suggested_accounts`). Raises
    Refused while the month is open.
    """
    uow.require(Permission.COST_VIEW)
    wanted = Month.parse(month)
    closing = standing_closing(uow, wanted)
    if not closing:
        raise Refused(
            _("{month} is not closed. Close it first; until then its journal is provisional.", month=wanted.text)
        )
    kept = kept_journal(uow, wanted)
    if kept is not None and kept.closing_id == closing:
        journal = get_journal(uow, month=month)
        return KeptJournal(wanted.text, len(journal.vouchers), journal.total, journal.sha256, False)
    _check_order(uow, wanted)
    _forget(uow, wanted)
    journal = get_journal(uow, month=month)
    if journal.suggested:
        uses = join([word(use) for use in journal.suggested], ", ")
        uow.confirm(
            SUGGESTED, _("Nobody has set the accounts of: {uses}. Keep the journal with the usual ones?", uses=uses)
        )
    return _store(uow, journal, closing)


def _check_order(uow: UnitOfWork, month: Month) -> None:
    """A journal starts from those before it: one whose month was reopened and closed anew must be kept anew first, none is
    put before one that is kept, and none is left out between two."""
    for row in uow.sql.execute(select(M.c.month, M.c.closing_id).order_by(M.c.month)).all():
        stands = row.closing_id == standing_closing(uow, Month.parse(row.month))
        if row.month < month.text and not stands:
            raise Refused(_("{month} was reopened. Close it and keep its journal anew first.", month=row.month))
        if row.month > month.text and stands:
            raise Refused(_("The journal of {month} is kept already: none can be put before it.", month=row.month))
    last = max((one for one in kept_months(uow) if one < month), default=month.before)
    if last != month.before:
        raise Refused(_("The journal of {month} is not kept yet. Keep it first.", month=last.after.text))


def _forget(uow: UnitOfWork, month: Month) -> None:
    """Take away the journals of this month and later ones: they belong to closings that do not stand any more."""
    stale = select(M.c.id).where(M.c.month >= month.text)
    uow.sql.execute(delete(B).where(B.c.month_id.in_(stale)))
    uow.sql.execute(delete(M).where(M.c.month >= month.text))


def _store(uow: UnitOfWork, journal: Journal, closing: int) -> KeptJournal:
    rows = _rows(uow, journal)
    sha256 = hash_of(rows)
    total = to_minor(journal.total, uow.site.digits)
    head = {
        "month": journal.month, "closing_id": closing, "kept_at": uow.now, "person_id": uow.actor.person_id,
        "vouchers": len(journal.vouchers), "total": total, "sha256": sha256,
    }  # fmt: skip
    key = uow.sql.execute(insert(M).values(**head).returning(M.c.id)).scalar_one()
    for part in chunks([{**row, "month_id": key} for row in rows]):
        uow.sql.execute(insert(B), part)
    uow.note(vouchers=len(journal.vouchers), sha256=sha256)
    return KeptJournal(journal.month, len(journal.vouchers), journal.total, sha256, True)


def _rows(uow: UnitOfWork, journal: Journal) -> list[dict[str, Any]]:
    digits = uow.site.digits
    return [
        {
            "voucher": voucher.number, "line": place, "day": voucher.day, "kind": str(voucher.kind),
            "source_id": voucher.source_id, "document": voucher.document, "use": str(line.use), "key": line.key,
            "code": line.code, "name": line.name, "supplier_id": line.supplier_id,
            "supplier_code": line.supplier_code, "supplier_name": line.supplier_name, "section": line.section,
            "debit": to_minor(line.debit, digits), "credit": to_minor(line.credit, digits),
        }
        for voucher in journal.vouchers
        for place, line in enumerate(voucher.lines, start=1)
    ]  # fmt: skip
