"""The desk: where postings are made. One posting or ten thousand, the same rules and a fixed number of statements.

A command opens the desk (which locks the end of the ledger's chain, so that postings follow one another on both
databases), hands it postings, and closes it, which writes everything at once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from core import documents
from core.errors import CoreError, InvalidInput
from core.i18n import _
from core.stock.rules import posting as rules
from core.stock.steps.desk.balances import Balances
from core.stock.steps.desk.chain import ENTRY_FACTS, POSTING_FACTS, seal
from core.stock.steps.desk.checks import Checks
from core.stock.steps.desk.costs import NEED_HISTORY, Costs, replayed
from core.stock.steps.desk.facts import Facts, load_facts
from core.stock.steps.desk.resolve import Line, Resolver
from core.stock.steps.desk.write import Made, write_balances, write_costs, write_postings
from core.stock.steps.watching import tell_reversals
from core.stock.types import NewLine, NewPosting, Posted
from core.uow import UnitOfWork
from core.values import split_by_weights
from db.columns import micros
from db.enums import PostingKind as K
from db.identity import Site
from db.prepared import Prepared
from db.stock import LedgerHead, StockEntry, StockPosting

__all__ = ["ENTRY_FACTS", "POSTING_FACTS", "Desk", "Line", "replayed", "seal"]


_HEAD = Prepared(
    select(LedgerHead.posting_id, LedgerHead.hash, StockPosting.posted_at)
    .outerjoin(StockPosting, StockPosting.id == LedgerHead.posting_id)
    .with_for_update(of=LedgerHead)
)
# A statement of its own: whatever shares one with the lock is read as it was before the wait for the lock.
_LAST_ENTRY = Prepared(
    select(
        select(func.coalesce(func.max(StockEntry.id), 0)).scalar_subquery().label("entry_id"), Site.closed_until
    ).select_from(Site)
)


class Desk:
    """Takes postings in order and writes them all on `close`."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._facts = Facts()
        self._balances = Balances(uow, self._facts)
        self._costs = Costs(uow, self._facts, self._balances)
        self._resolver = Resolver(uow, self._facts, self._balances)
        self._made: list[Made] = []
        self._lock()
        self._checks = Checks(self._facts, self._balances, self._costs, self._closed_until)

    def _lock(self) -> None:
        head = _HEAD.rows(self._uow.sql)[0]
        rules.check_clock(self._uow.now, head.posted_at)
        self._posting_id: int = head.posting_id
        self._hash: str = head.hash
        last = _LAST_ENTRY.rows(self._uow.sql)[0]
        self._entry_id: int = last.entry_id
        self._closed_until: datetime | None = last.closed_until  # a month may have been closed while this one waited

    def pending(self, posting_id: int) -> tuple[NewPosting, datetime, list[Line]] | None:
        """A posting made at this desk and not written yet: what was stated, its moment, its lines."""
        place = posting_id - self._made[0].posting_id if self._made else -1
        if not 0 <= place < len(self._made):
            return None
        made = self._made[place]
        return made.new, made.at, made.lines

    def lines_of(self, posting_id: int) -> list[Line]:
        """The ledger lines of a posting made at this desk and not written yet. Raises IndexError for any other."""
        return self._made[posting_id - self._made[0].posting_id].lines

    def is_taken_back(self, item_id: int, entry_id: int) -> bool:
        """Whether an entry of an item whose history is loaded was reversed, in the ledger or at this desk."""
        known = [*self._balances.history.get(item_id, ()), *self._costs.books[item_id].fresh]
        return any(one.is_reversal and one.link_id == entry_id for one in known)

    @property
    def facts(self) -> Facts:
        """Items, places and lots loaded so far."""
        return self._facts

    def prepare(self, postings: Sequence[NewPosting], *, with_history: Collection[int] = ()) -> None:
        """Load what these postings need, all at once; `with_history` names items that will be linked to by other means."""
        load_facts(self._uow, self._facts, postings)
        known = {line.item_id for posting in postings for line in posting.lines} & self._facts.items.keys()
        self._balances.load(known)
        self._costs.load(known)
        self._balances.load_history(self._items_out_of_order(postings) | (set(with_history) & known))

    def _items_out_of_order(self, postings: Sequence[NewPosting]) -> set[int]:
        newest: dict[int, int] = {}
        found: set[int] = set()
        for posting in postings:
            moment = micros(posting.at or self._uow.now)
            for line in posting.lines:
                book = self._costs.books.get(line.item_id)
                if book is None:
                    continue
                last = newest.get(line.item_id, book.last_at)
                at = moment if line.at is None else micros(line.at)
                if at < last or line.link_id is not None or (line.kind or posting.kind) in NEED_HISTORY:
                    found.add(line.item_id)
                newest[line.item_id] = max(last, at)
        return found

    def post(self, new: NewPosting) -> int:
        """Make one posting whose needs were prepared; answers its id. Raises CoreError with the row: nothing of it stays."""
        at = new.at or self._uow.now
        self._check_moment(at)
        if not new.lines:
            raise InvalidInput(_("There is nothing to post yet. Add a line."), field="lines")
        mark, lines = self._mark(), list[Line]()
        try:
            for number, stated in enumerate(new.lines, start=1):
                try:
                    self._take(new, stated, at if stated.at is None else self._own_moment(stated.at), lines)
                except CoreError as fault:
                    raise fault.in_row(stated.row or number) from None
            return self._keep(new, at, lines)
        except CoreError:
            self._back_to(mark)
            raise

    def post_reversal(self, new: NewPosting, lines: list[Line]) -> int:
        """Post counter-entries built from the ledger itself; answers the posting's id. Raises Refused."""
        at = new.at or self._uow.now
        self._check_moment(at)
        mark, kept = self._mark(), list[Line]()
        try:
            for line in lines:
                if line.qty:
                    self._checks.link(line)
                elif line.kind is K.LANDED_COST and self._checks.is_closed(line.at):
                    line.at = micros(at)
                self._enter(line, kept)
            return self._keep(new, at, kept)
        except CoreError:
            self._back_to(mark)
            raise

    def close(self) -> list[Posted]:
        """Write everything posted; answers one `Posted` each, in order."""
        if not self._made:
            return []
        self._costs.settle()
        series: dict[str, list[Made]] = {}
        for made in self._made:
            series.setdefault(rules.PREFIXES[made.new.kind], []).append(made)
        numbers: dict[int, str] = {}
        for prefix, group in series.items():
            fresh = documents.next_numbers(self._uow, prefix, self._uow.now, len(group))
            numbers.update({made.posting_id: number for made, number in zip(group, fresh, strict=True)})
        write_postings(self._uow, self._made, numbers, self._hash)
        write_balances(self._uow, self._balances, {item: book.last_at for item, book in self._costs.books.items()})
        write_costs(self._uow, self._costs)
        taken_back = [made for made in self._made if made.new.kind is K.REVERSAL and made.new.ref_id is not None]
        tell_reversals(self._uow, [(made.new.ref_id or 0, made.posting_id) for made in taken_back])
        return [
            Posted(
                made.posting_id,
                numbers[made.posting_id],
                made.new.kind,
                len(made.lines),
                self._uow.money(sum(line.value for line in made.lines)),
            )
            for made in self._made
        ]

    # inside

    def _mark(self) -> tuple[int, int]:
        """How the desk stands before a posting."""
        return self._balances.mark, self._entry_id

    def _back_to(self, mark: tuple[int, int]) -> None:
        """What a refused posting changed is taken back, so that the next one can be tried."""
        added, self._entry_id = mark
        self._balances.forget_since(added)

    def _own_moment(self, at: datetime) -> datetime:
        """A line's own moment, checked."""
        self._check_moment(at)
        return at

    def _check_moment(self, at: datetime) -> None:
        rules.check_moment(at, self._uow.now, self._closed_until, self._uow.site.zone)

    def _take(self, posting: NewPosting, new: NewLine, at: datetime, kept: list[Line]) -> None:
        """Add the ledger lines of one stated line to those kept."""
        for line in self._resolver.lines(posting, new, at):
            if line.link_id is not None:
                self._checks.link(line)
            if line.kind is K.COUNT:
                place = (line.item_id, line.location_id, line.lot_id)
                line.qty = (line.counted_qty or 0) - self._balances.qty_at(place, line.at)
            self._enter(line, kept)

    def _enter(self, line: Line, kept: list[Line]) -> None:
        """Give the line its id, check what it leaves behind, and keep a later count right."""
        self._entry_id += 1
        line.entry_id = self._entry_id
        self._balances.add(line)
        if line.qty < 0:
            self._checks.enough(line)
        kept.append(line)
        count = self._balances.next_count(line) if line.qty else None
        if count is not None:
            self._entry_id += 1
            correction = replace(
                line,
                kind=K.COUNT,
                at=count.at,
                qty=-line.qty,
                given=None,
                counted_qty=None,
                link_id=count.entry_id,
                is_reversal=False,
                reason="",
                stage="",
                note="",
                entry_id=self._entry_id,
            )
            self._balances.add(correction)
            kept.append(correction)

    def _keep(self, new: NewPosting, at: datetime, lines: list[Line]) -> int:
        self._costs.reach(lines)
        produced = [line for line in lines if line.kind is K.PRODUCTION_IN]
        self._costs.book([line for line in lines if line.kind is not K.PRODUCTION_IN] if produced else lines)
        for line in produced:
            if line.given is None and not line.is_reversal:
                self._value_production(lines)
            self._costs.book([line])
        self._posting_id += 1
        self._made.append(Made(new, self._posting_id, at, lines))
        return self._posting_id

    def _value_production(self, lines: list[Line]) -> None:
        """What was made costs what went into it, shared by quantity. The amount is a fact of the posting from then on."""
        used = [line for line in lines if line.kind is K.PRODUCTION_OUT]
        made = [line for line in lines if line.kind is K.PRODUCTION_IN and line.given is None]
        if not used:
            raise InvalidInput(_("What did the batch cost? Add what was used, or write its value."), field="value")
        self._costs.settle({line.item_id for line in used})
        total = -sum(line.value for line in used)
        for line, share in zip(made, split_by_weights(max(total, 0), [line.qty for line in made]), strict=True):
            line.given = share
