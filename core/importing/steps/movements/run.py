"""Posting movements document by document; every wrong row is found in one run, and none of them hides another."""

from __future__ import annotations

from collections.abc import Sequence

from core import stock
from core.errors import CoreError, InvalidInput, NotFound, Refused
from core.i18n import _
from core.importing.rules.movements import COMING_IN, PRODUCTION, Movement, documents_of
from core.importing.steps.known import load_known
from core.importing.steps.movements.lines import Claims, LineMaker, draft
from core.importing.steps.movements.read import read_movements
from core.importing.steps.movements.references import References
from core.importing.steps.rows import Rows
from core.uow import UnitOfWork
from db.enums import PostingKind as K

FIELDS = {"amount": "value", "lines": "", "location_id": "location", "to_location_id": "to_location"}


def post_movements(uow: UnitOfWork, rows: Rows) -> list[stock.Posted]:
    """Post the rows of a movements file in their order. With anything wrong in `rows.faults` afterwards nothing is written."""
    known = load_known(uow, items=rows.words("item"))
    movements, wrong = read_movements(uow, rows, known)
    return post_documents(uow, list(documents_of(movements)), wrong, rows.faults)


def post_documents(
    uow: UnitOfWork, groups: Sequence[Sequence[Movement]], wrong: Sequence[Movement], faults: list[CoreError]
) -> list[stock.Posted]:
    """Post documents in order, next to rows already known to be wrong. Adds to `faults`; with any nothing is written."""
    desk = stock.Desk(uow)
    run = MovementRun(uow, desk, faults)
    for one in wrong:
        run.note_wrong(one)
    run.prepare(groups)
    for group in groups:
        run.post(group)
    return [] if faults else desk.close()


class MovementRun:
    """One file being posted. What fails only because an earlier row is wrong is not said: it may be right once that is."""

    def __init__(self, uow: UnitOfWork, desk: stock.Desk, faults: list[CoreError]) -> None:
        self._uow, self._desk, self._faults = uow, desk, faults
        self._references = References(uow, desk)
        self._maker = LineMaker(uow, desk, self._references)
        self._short: dict[int, int] = {}

    def prepare(self, groups: Sequence[Sequence[Movement]]) -> None:
        """Load everything these documents need at once."""
        refs = {movement.ref for group in groups for movement in group if movement.ref}
        stored = self._references.load(refs)
        postings = [self._draft(group) for group in groups]
        linked = {movement.item_id for group in groups for movement in group if movement.ref and movement.item_id}
        self._desk.prepare([new for new in postings if new.lines], with_history=linked | stored)

    def note_wrong(self, movement: Movement) -> None:
        """A row is wrong: what it would have brought is missing from its place on, and its document is not complete."""
        self._references.note_failed(movement.document, movement.row)
        if movement.item_id is not None and movement.kind in COMING_IN:
            self._note_short(movement.item_id, movement.row)

    def _note_short(self, item_id: int, row: int) -> None:
        self._short[item_id] = min(row, self._short.get(item_id, row))

    def post(self, group: Sequence[Movement]) -> None:
        """Post one document. When a row of it is wrong that is noted and its other rows are judged one by one, because
        nothing will be written anyhow."""
        if group[0].kind is K.REVERSAL:
            self._reverse(group[0])
            return
        claims = Claims()
        try:
            new = self._posting(group, claims)
            if new.kind is K.LANDED_COST:
                self._desk.prepare([new])
            posting_id = self._desk.post(new)
        except CoreError as fault:
            rest = self._without(group, fault)
            for part in [rest] if group[0].kind in PRODUCTION else [[one] for one in rest]:
                if part:
                    self.post(part)
            return
        claims.settle()
        self._references.note(new.document, posting_id, new.kind, new.supplier_id)

    def _draft(self, group: Sequence[Movement]) -> stock.NewPosting:
        lines = tuple(draft(one) for one in group if one.item_id is not None and one.qty is not None)
        return stock.NewPosting(_kind(group), lines, group[0].at)

    def _posting(self, group: Sequence[Movement], claims: Claims) -> stock.NewPosting:
        _check_batch(group)
        first = group[0]
        refs = {one.ref for one in group}
        ref_id = self._references.posting_of(first.ref) if len(refs) == 1 and first.ref else None
        return stock.NewPosting(
            _kind(group),
            tuple(line for one in group for line in self._maker.lines(one, claims)),
            first.at,
            first.supplier_id,
            first.document,
            ref_id,
            purpose=first.reason if first.kind is K.ISSUE else "",
            note=", ".join(sorted(refs - {""})) if ref_id is None else "",
        )

    def _reverse(self, movement: Movement) -> None:
        try:
            for posting_id in self._references.to_reverse(movement.ref, movement.supplier_id):
                stock.post_reversal(
                    self._uow, self._desk, posting_id=posting_id, at=movement.at, note=movement.note, document=movement.document
                )  # fmt: skip
                self._references.note_reversed(posting_id)
        except CoreError as fault:
            # A reversal states no quantity, lot or place of its own: what does not fit is what it refers to.
            fault.field = fault.field if fault.field == "at" else "ref"
            self._note(movement, fault)
            for item_id in self._references.items_of(movement.ref):
                self._note_short(item_id, movement.row)

    def _without(self, group: Sequence[Movement], fault: CoreError) -> list[Movement]:
        """The document without the row that is wrong, or nothing of it when the whole is."""
        wrong = [one for one in group if fault.row is None or one.row == fault.row]
        for one in wrong:
            self._note(one, fault)
        return [one for one in group if one not in wrong]

    def _note(self, movement: Movement, fault: CoreError) -> None:
        if not self._is_consequence(movement, fault):
            column = FIELDS.get(fault.field or "", fault.field)
            if column == "value" and movement.value is None and movement.unit_cost is not None:
                column = "unit_cost"
            self._faults.append(InvalidInput(fault.text, field=column, row=movement.row))
        self.note_wrong(movement)

    def _is_consequence(self, movement: Movement, fault: CoreError) -> bool:
        """Whether the row may be right once an earlier wrong row is."""
        if fault.field not in ("qty", "lot", "ref") or not isinstance(fault, (Refused, NotFound, InvalidInput)):
            return False
        if movement.ref and self._references.is_failed(movement.ref, movement.row):
            return True
        item_id = movement.item_id
        is_short = item_id is not None and self._short.get(item_id, movement.row) < movement.row
        return is_short and isinstance(fault, (Refused, NotFound))


def _kind(group: Sequence[Movement]) -> K:
    kinds = {one.kind for one in group}
    return K.PRODUCTION_IN if kinds & PRODUCTION and K.PRODUCTION_IN in kinds else group[0].kind


def _check_batch(group: Sequence[Movement]) -> None:
    """What was made without a cost needs what was used beside it. Raises InvalidInput."""
    if any(one.kind is K.PRODUCTION_OUT for one in group):
        return
    for one in group:
        if one.kind is K.PRODUCTION_IN and one.value is None and one.unit_cost is None:
            raise InvalidInput(
                _(
                    "What did the batch cost? Write its value, or put what was used beside it with the same document and time."
                ),
                field="value",
                row=one.row,
            )
