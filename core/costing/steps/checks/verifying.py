"""The check that what is kept follows from the ledger; a month whose figures do not is not closed."""

from __future__ import annotations

from sqlalchemy import func, select

from core import stock
from core.costing.steps.checks.frame import Found, Look
from core.costing.steps.closings import Calendar
from core.costing.steps.stored import closing_faults
from core.costing.types.checks import CheckKind, CheckLevel, CheckLine, CheckRecord
from core.i18n import Text, _, _n
from core.values import from_micro, from_minor
from db.columns import micros
from db.guards import missing_guards
from db.stock import StockPosting

Line = tuple[int | None, CheckLine]


def unverified(look: Look, known: Calendar | None = None, *, thorough: bool = False) -> Found:
    """Balances and costs against their entries, and the guards of the database; with the closings `known` the chain of
    postings since the last closing too; `thorough`: the value of every entry of the month reckoned anew, and
    what its closings and those of the month before stored."""
    lines = [*_guards(look), *_balances(look), *_costs(look)]
    if known is not None:
        lines += _chain(look, known)
    if thorough:
        lines += [*_values(look), *_closings(look)]
    if not lines:
        return Found(CheckKind.UNVERIFIED, CheckLevel.GOOD, _("Balances and costs follow from the ledger."))
    words = _n(
        "{n} figure does not follow from the ledger. Do not close: verify the site and restore the newest good backup.",
        "{n} figures do not follow from the ledger. Do not close: verify the site and restore the newest good backup.",
        len(lines),
    )
    return Found(CheckKind.UNVERIFIED, CheckLevel.BLOCK, words, lines)


def _guards(look: Look) -> list[Line]:
    note = _("This guard of the database is missing or switched off.")
    return [(None, CheckLine(CheckRecord.LEDGER, 0, name, "", note=note)) for name in missing_guards(look.uow.sql)]


def _balances(look: Look) -> list[Line]:
    found = []
    for one in stock.wrong_balances(look.uow):
        note = _("The balance says {stored}, the entries make {right}", stored=from_micro(one.stored),
                 right=from_micro(one.right))  # fmt: skip
        found.append(_line(look, one.item_id, look.worth(one.item_id, one.stored - one.right), note, one.location_id))
    return found


def _costs(look: Look) -> list[Line]:
    digits = look.uow.site.digits
    found = []
    for one in stock.wrong_costs(look.uow):
        note = _("The value says {stored}, the entries make {right}", stored=from_minor(one.stored[1], digits),
                 right=from_minor(one.right[1], digits))  # fmt: skip
        if one.stored == one.right:
            note = _("The layers of its cost do not add up to it")
        found.append(_line(look, one.item_id, one.stored[1] - one.right[1], note))
    return found


def _values(look: Look) -> list[Line]:
    digits = look.uow.site.digits
    found = []
    for one in stock.wrong_values(look.uow, start=micros(look.start), end=micros(look.end)):
        note = _("Entry {entry} is worth {stored} and must be worth {right}", entry=one.entry_id,
                 stored=from_minor(one.stored[0], digits), right=from_minor(one.right[0], digits))  # fmt: skip
        found.append(_line(look, one.item_id, one.stored[0] - one.right[0], note))
    return found


def _chain(look: Look, known: Calendar) -> list[Line]:
    note = _("It was changed after it was posted, or a posting before it is missing")
    return [
        (None, CheckLine(CheckRecord.POSTING, one.posting_id, one.number, "", note=note))
        for one in stock.broken_postings(look.uow, after=_seen_until(look, known))
    ]


def _closings(look: Look) -> list[Line]:
    faults = closing_faults(look.uow.sql, (look.month.before, look.month))
    return [(None, CheckLine(CheckRecord.LEDGER, 0, "", "", note=note)) for note in faults]


def _seen_until(look: Look, known: Calendar) -> int:
    """The last posting before those to look at: the end of the chain at the newest closing, or before the month."""
    if known.newest is not None:
        return known.newest.ledger_posting_id
    first = select(func.min(StockPosting.id)).where(StockPosting.posted_at >= look.start)
    found = look.uow.sql.execute(first).scalar()
    return 0 if found is None else int(found) - 1


def _line(look: Look, item_id: int, minor: int, note: Text, location_id: int = 0) -> Line:
    item = look.items([item_id]).get(item_id)
    code, name, name_en = ("", "", "") if item is None else (item.code, item.name, item.name_en)
    line = CheckLine(
        CheckRecord.ITEM, item_id, code, name, name_en, note=note, item_id=item_id, location_id=location_id
    )
    return minor, line
