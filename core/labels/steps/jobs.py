"""A job under way: its journal read and written, and what a printed label means for the shelf."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from core.errors import NotFound, Refused
from core.i18n import _
from core.labels.rules.journal import Step, after, job_state, last_good
from core.labels.types.queue import JobStand
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import LabelJobState, LabelState, LabelSubject
from db.labels import LabelJob, LabelJobLabel, LabelWish, ShelfLabel
from db.sql import chunks, upsert

HELD_FOR = timedelta(seconds=90)
JOB, LABEL = table_of(LabelJob), table_of(LabelJobLabel)
WISH_KEY = ("subject", "subject_id", "location_id", "layout", "document")


class Job:
    """A job locked for a change, with the states of its labels in their order."""

    def __init__(self, uow: UnitOfWork, job_id: int) -> None:
        row = uow.sql.execute(select(JOB).where(JOB.c.id == job_id).with_for_update()).first()
        if row is None:
            raise NotFound(_("There is no such label job."), field="job")
        self._uow, self.row = uow, row
        states = uow.sql.execute(select(LABEL.c.state).where(LABEL.c.job_id == job_id).order_by(LABEL.c.number))
        self.states = [LabelState(state) for state in states.scalars()]
        self.state = LabelJobState(row.state)

    def require_holder(self, holder: str) -> None:
        """Only the run that holds the job may go on with it. Raises Refused."""
        if self.row.holder != holder:
            raise Refused(_("Job {number} is being printed from another place now.", number=self.row.number))

    def require_open(self) -> None:
        """A job that ended is printed again by a new one. Raises Refused."""
        if self.state in (LabelJobState.DONE, LabelJobState.CANCELLED):
            raise Refused(_("Job {number} has ended. Print its labels again from the history.", number=self.row.number))

    @property
    def is_held(self) -> bool:
        """Whether a run is sending it now, or was until a moment ago."""
        held_at = self.row.held_at
        return bool(self.row.holder) and held_at is not None and self._uow.now - held_at < HELD_FOR

    def take(self, *steps: Step, state: LabelJobState | None = None, **values: object) -> JobStand:
        """Write steps of the journal and what follows for the job; `state` where a person chose one."""
        for step in steps:
            self._write(step)
        self.states = after(self.states, *steps)
        self.state = job_state(self.states, state or self.state)
        is_over = self.state in (LabelJobState.DONE, LabelJobState.CANCELLED)
        self._uow.sql.execute(
            update(JOB)
            .where(JOB.c.id == self.row.id)
            .values(
                state=str(self.state),
                version=JOB.c.version + 1,
                ended_at=self._uow.now if is_over else None,
                **values,
            )
        )
        return self.stand()

    def stand(self) -> JobStand:
        """Where it stands."""
        asked = tuple(number for number, state in enumerate(self.states, 1) if state is LabelState.ASKED)
        counts = {state: self.states.count(state) for state in LabelState}
        return JobStand(
            self.row.id,
            self.state,
            len(self.states),
            counts[LabelState.CONFIRMED],
            asked,
            counts[LabelState.QUEUED] + counts[LabelState.SENT],
            last_good(self.states),
        )

    def _write(self, step: Step) -> None:
        values: dict[str, Any] = {"state": str(step.state)}
        if step.state is LabelState.SENT:
            values["sent_at"] = self._uow.now
        values["confirmed_at"] = self._uow.now if step.state is LabelState.CONFIRMED else None
        for part in chunks(step.numbers):
            here = LABEL.c.job_id == self.row.id, LABEL.c.number.in_(part)
            self._uow.sql.execute(update(LABEL).where(*here).values(**values))
        if step.state is LabelState.CONFIRMED:
            self._hang(step.numbers)

    def _hang(self, numbers: Iterable[int]) -> None:
        """What came out hangs at its shelf from now on."""
        rows: dict[tuple[int, int], dict[str, Any]] = {}
        for part in chunks(numbers):
            found = self._uow.sql.execute(
                select(LABEL)
                .where(
                    LABEL.c.job_id == self.row.id,
                    LABEL.c.number.in_(part),
                    LABEL.c.subject == LabelSubject.SHELF,
                )
                .order_by(LABEL.c.number)
            )
            for label in found:
                rows[label.subject_id, label.location_id] = {
                    "item_id": label.subject_id,
                    "location_id": label.location_id,
                    "layout": label.layout.partition("#")[0],
                    "language": self.row.language,
                    "content": label.content,
                    "hash": label.hash,
                    "facts": label.facts,
                    "true_on": label.true_on,
                    "copies": label.copies,
                    "printed_at": self._uow.now,
                    "printed_by": self._uow.actor.person_id,
                }
        upsert(self._uow.sql, table_of(ShelfLabel), list(rows.values()), ("item_id", "location_id"))

    def return_to_queue(self) -> int:
        """Put what was left out back on the queue, and answer how many things; what is stale is there by itself."""
        gone: dict[tuple[Any, ...], int] = defaultdict(int)
        rows = self._uow.sql.execute(
            select(
                LABEL.c.subject, LABEL.c.subject_id, LABEL.c.location_id, LABEL.c.layout, LABEL.c.document,
                LABEL.c.reason, LABEL.c.true_on, func.count(),
            )
            .where(
                LABEL.c.job_id == self.row.id,
                LABEL.c.state == LabelState.SKIPPED,
                LABEL.c.reason.not_in(("changed", "planned", "reprint")),
            )
            .group_by(
                LABEL.c.subject, LABEL.c.subject_id, LABEL.c.location_id, LABEL.c.layout, LABEL.c.document,
                LABEL.c.reason, LABEL.c.true_on,
            )
        )  # fmt: skip
        for row in rows:
            gone[tuple(row[:7])] += int(row[7])
        wishes = [
            {
                **dict(zip((*WISH_KEY, "reason", "due_on"), key, strict=True)),
                "copies": copies,
                "created_at": self._uow.now,
                "created_by": self._uow.actor.person_id,
            }
            for key, copies in gone.items()
        ]
        upsert(self._uow.sql, table_of(LabelWish), wishes, WISH_KEY)
        return len(wishes)
