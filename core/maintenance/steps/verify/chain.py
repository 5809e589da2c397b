"""The ledger read once in the order it was posted: every hash, every gap, every line, and the end of the chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, Select, select, type_coerce

from core.i18n import _
from core.maintenance.steps.verify.findings import Findings
from core.maintenance.types import Area
from core.stock import ENTRY_FACTS, GENESIS, POSTING_FACTS, seal
from db.base import table_of
from db.stock import LedgerHead, StockEntry, StockPosting

PART = 5_000
MOMENTS = ("at", "posted_at")


@dataclass(slots=True)
class Walk:
    """How far the walk along the chain has come."""

    posting_id: int = 0
    hash: str = GENESIS
    entry_id: int = 0
    postings: int = 0
    entries: int = 0
    anchors: dict[int, str] = field(default_factory=dict)
    """Hashes that backups noted, by posting."""


def check_chain(
    sql: Connection, findings: Findings, anchors: dict[int, str], told: Callable[[int], None] | None = None
) -> Walk:
    """Walk along the whole chain; `told` hears the entries done. Memory does not grow with the ledger."""
    walk = Walk(anchors=anchors)
    entries = _Entries(_rows(sql, _entries_in_order()), findings)
    for posting in _rows(sql, _postings_in_order()):
        lines = entries.of(posting.id)
        _check_place(walk, posting, findings)
        _check_posting(posting, lines, findings)
        _check_entry_ids(walk, lines, findings)
        walk.posting_id, walk.hash = posting.id, posting.hash
        walk.postings += 1
        walk.entries += len(lines)
        if told is not None and walk.postings % 500 == 0:
            told(walk.entries)
    walk.entries += entries.rest()
    _check_head(sql, walk, findings)
    return walk


def _postings_in_order() -> Select[Any]:
    table = table_of(StockPosting)
    names = dict.fromkeys((*POSTING_FACTS, "id", "number", "previous_hash", "hash"))
    columns = [
        type_coerce(table.c[name], BigInteger).label(name) if name in MOMENTS else table.c[name] for name in names
    ]
    return select(*columns).order_by(table.c.id)


def _entries_in_order() -> Select[Any]:
    table = table_of(StockEntry)
    columns = [table.c[name] for name in ENTRY_FACTS]
    return select(*columns, table.c.posting_id).order_by(table.c.posting_id, table.c.line, table.c.id)


def _rows(sql: Connection, statement: Select[Any]) -> Iterator[Row[Any]]:
    return iter(sql.execute(statement, execution_options={"stream_results": True, "yield_per": PART}))


class _Entries:
    """Entries in the order of their postings, handed out posting by posting."""

    def __init__(self, rows: Iterator[Row[Any]], findings: Findings) -> None:
        self._rows, self._findings = rows, findings
        self._next = next(rows, None)

    def of(self, posting_id: int) -> list[Row[Any]]:
        found: list[Row[Any]] = []
        while self._next is not None and self._next.posting_id <= posting_id:
            if self._next.posting_id == posting_id:
                found.append(self._next)
            else:
                self._lost(self._next)
            self._next = next(self._rows, None)
        return found

    def rest(self) -> int:
        """What is left belongs to no posting; says how many."""
        count = 0
        while self._next is not None:
            self._lost(self._next)
            count += 1
            self._next = next(self._rows, None)
        return count

    def _lost(self, entry: Row[Any]) -> None:
        self._findings.wrong(
            Area.CHAIN,
            _(
                "Entry {entry} belongs to posting {posting}, which is not there.",
                entry=entry.id,
                posting=entry.posting_id,
            ),
            entry_id=entry.id,
            item_id=entry.item_id,
        )


def _check_place(walk: Walk, posting: Row[Any], findings: Findings) -> None:
    """It stands right behind the one before, and where a backup saw it."""
    number = posting.number
    if posting.id != walk.posting_id + 1:
        text = _(
            "Postings are missing before {number}: from {first} to {last}.",
            number=number,
            first=walk.posting_id + 1,
            last=posting.id - 1,
        )
        findings.wrong(Area.CHAIN, text, posting_id=posting.id)
    elif posting.previous_hash != walk.hash:
        text = _(
            "{number} does not follow the posting before it: one of the two was changed or exchanged.", number=number
        )
        findings.wrong(Area.CHAIN, text, posting_id=posting.id)
    noted = walk.anchors.get(posting.id)
    if noted is not None and noted != posting.hash:
        text = _(
            "{number} is not the posting that the backup of that time noted: the chain was written anew.", number=number
        )
        findings.wrong(Area.CHAIN, text, posting_id=posting.id)


def _check_posting(posting: Row[Any], lines: list[Row[Any]], findings: Findings) -> None:
    number = posting.number
    if not lines:
        findings.wrong(Area.CHAIN, _("{number} has no lines: they were deleted.", number=number), posting_id=posting.id)
        return
    facts = _seal_of(posting, lines)
    given = [line.line for line in lines]
    if given != list(range(1, len(lines) + 1)):
        text = _(
            "{number} does not have its lines 1, 2, 3 ... but {lines}.",
            number=number,
            lines=", ".join(str(line) for line in given[:20]),
        )
        findings.wrong(Area.CHAIN, text, posting_id=posting.id)
    if facts != posting.hash:
        text = _("{number} or one of its lines was changed after it was posted: the hash does not fit.", number=number)
        findings.wrong(Area.CHAIN, text, posting_id=posting.id)


_POSTING_WIDTH = len(POSTING_FACTS)
_ENTRY_WIDTH = len(ENTRY_FACTS)


def _seal_of(posting: Row[Any], lines: Iterable[Row[Any]]) -> str:
    facts = posting._mapping
    return seal(
        posting.previous_hash, [facts[name] for name in POSTING_FACTS], [tuple(line)[:_ENTRY_WIDTH] for line in lines]
    )


def _check_entry_ids(walk: Walk, lines: list[Row[Any]], findings: Findings) -> None:
    for line in lines:
        if line.id > walk.entry_id + 1:
            text = _(
                "Entries are missing before entry {entry}: from {first} to {last}.",
                entry=line.id,
                first=walk.entry_id + 1,
                last=line.id - 1,
            )
            findings.wrong(Area.CHAIN, text, posting_id=line.posting_id, entry_id=line.id)
        walk.entry_id = max(walk.entry_id, line.id)


def _check_head(sql: Connection, walk: Walk, findings: Findings) -> None:
    head = sql.execute(select(LedgerHead.posting_id, LedgerHead.hash).where(LedgerHead.id == 1)).first()
    if head is None:
        findings.wrong(Area.CHAIN, _("The end of the ledger's chain is not noted any more."))
    elif head.posting_id != walk.posting_id:
        text = _(
            "The chain ends at posting {last}, but posting {noted} was the last one made: postings at the end were deleted or added.",
            last=walk.posting_id,
            noted=head.posting_id,
        )
        findings.wrong(Area.CHAIN, text)
    elif head.hash != walk.hash:
        text = _("The hash of the last posting is not the one noted as the end of the chain.")
        findings.wrong(Area.CHAIN, text, posting_id=walk.posting_id)
    for posting_id in sorted(set(walk.anchors) - {0}):
        if posting_id > walk.posting_id:
            text = _("A backup saw posting {posting}, but the ledger ends before it.", posting=posting_id)
            findings.wrong(Area.CHAIN, text)
