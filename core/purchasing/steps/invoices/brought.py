"""Many invoices at once from a file: checked, stored and matched together, and taken back together."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from core.errors import CoreError, Rejected
from core.i18n import _n
from core.purchasing.steps.invoices.books import load_books
from core.purchasing.steps.invoices.learning import learn_codes
from core.purchasing.steps.invoices.matching import match_invoices
from core.purchasing.steps.invoices.ready import Question, Ready, make_ready
from core.purchasing.steps.invoices.store import insert_invoices
from core.purchasing.steps.invoices.undoing import charge_ids, undo
from core.purchasing.steps.invoices.work import I, check_matchable, load_work
from core.purchasing.types.invoices import NewInvoice
from core.purchasing.types.matching import InvoiceHead
from core.uow import UnitOfWork
from db.enums import InvoiceState
from db.sql import chunks


def bring_in_invoices(uow: UnitOfWork, news: Sequence[NewInvoice]) -> tuple[list[int], list[Question]]:
    """Enter invoices and match them; their ids in the order given, and what is worth a question (`row`: the lines of all
    of them counted on from 1). Nothing is asked: the caller asks before anything is saved. Raises Rejected or the one
    error, with its row.
    """
    if not news:
        return [], []
    books = load_books(uow, news)
    readies: list[Ready] = []
    errors: list[CoreError] = []
    questions: list[Question] = []
    before = 0
    for number, new in enumerate(news, start=1):
        try:
            ready = make_ready(uow, books, new)
        except CoreError as fault:
            errors.append(fault.in_row(before + (fault.row or 1)))
        else:
            readies.append(ready)
            questions += [Question(one.key, one.text, one.field, before + (one.row or 1)) for one in ready.questions]
            head = ready.head
            books.known.add(
                InvoiceHead(
                    -number, head["supplier_id"], head["number"], head["invoiced_on"], head["gross"], head["currency"]
                )
            )
        before += max(len(new.lines), 1)
    if errors:
        raise _told(errors)
    learn_codes(uow, readies)
    ids = insert_invoices(uow, readies, "file")
    match_invoices(uow, ids)
    return ids, questions


def _told(errors: list[CoreError]) -> CoreError:
    if len(errors) == 1:
        return errors[0]
    text = _n("{n} row is wrong. Nothing was saved.", "{n} rows are wrong. Nothing was saved.", len(errors))
    return Rejected(text, tuple(errors))


def take_invoices_back(uow: UnitOfWork, invoice_ids: Sequence[int]) -> None:
    """Cancel invoices a file brought in, with everything they booked. Raises Refused for one that is approved, paid or
    claimed."""
    for part in chunks(sorted(set(invoice_ids))):
        work = load_work(uow, part)
        going_on = [key for key, head in work.heads.items() if head.state != InvoiceState.CANCELLED]
        for key in going_on:
            check_matchable(work.heads[key])
        held = [one for key in going_on for line in work.lines[key] for one in line.matches]
        undo(uow, work, held, charge_ids(uow, going_on))
        values = {"state": str(InvoiceState.CANCELLED), "verdict": "", "version": I.c.version + 1}
        uow.sql.execute(update(I).where(I.c.id.in_(going_on)).values(**values))
