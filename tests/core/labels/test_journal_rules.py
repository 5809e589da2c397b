"""Whatever happens to printer, line and program: every label stands on paper once at the end, or somebody is asked."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput, Refused
from core.labels.rules import journal
from core.labels.rules.watch import Look, Verdict, Watch, known_good, see
from db.enums import LabelJobState, LabelState

Q, S, C, A, K = LabelState.QUEUED, LabelState.SENT, LabelState.CONFIRMED, LabelState.ASKED, LabelState.SKIPPED
SECOND = 0.25
STATES = st.lists(st.sampled_from([Q, S, C, A, K]), min_size=1, max_size=30)


@dataclass
class Printer:
    """A printer as the rules see it: memory, paper, a counter that survives; it forgets and is silent when cut off."""

    has_counter: bool
    lag: int
    memory: list[int] = field(default_factory=list)
    paper: list[int] = field(default_factory=list)
    dark: int = 0
    is_out: bool = False
    unread: int = 0

    def take(self, numbers: tuple[int, ...]) -> None:
        self.memory += numbers
        self.unread = self.lag

    def cut(self) -> None:
        self.memory.clear()
        self.dark = 16  # four seconds until it answers again

    def tick(self) -> None:
        if self.dark:
            self.dark -= 1
        elif self.unread:
            self.unread -= 1
        elif self.memory and not self.is_out:
            self.paper.append(self.memory.pop(0))

    def look(self) -> Look:
        if self.dark:
            return Look(is_silent=True)
        if self.is_out:
            return Look(is_stopped=True)
        is_busy = bool(self.memory) and not self.unread
        counter = len(self.paper) if self.has_counter and not is_busy else None
        return Look(is_ready=not is_busy, is_busy=is_busy, counter=counter)


EVENTS = st.sampled_from(["", "", "", "cut", "out", "load", "break", "die", "stop"])


@given(
    count=st.integers(1, 40),
    window=st.integers(1, 12),
    has_counter=st.booleans(),
    lag=st.integers(0, 3),
    events=st.lists(EVENTS, max_size=120),
)
def test_every_label_is_printed_once_or_asked_about(
    count: int, window: int, has_counter: bool, lag: int, events: list[str]
) -> None:
    printer, coming, now = Printer(has_counter, lag), iter(events), 0.0
    states = [Q] * count
    for _round in range(1000):
        if journal.job_state(states, LabelJobState.PRINTING) is LabelJobState.DONE:
            break
        if A in states:
            states = answered(states, printer)
            continue
        step = journal.next_window(states, window)
        states = journal.after(states, step)  # written down before it is sent
        watch = Watch(len(step.numbers), len(printer.paper) if has_counter else None)
        printer.take(step.numbers)
        while S in states:
            now += SECOND
            event = next(coming, "load" if printer.is_out else "")
            happens(printer, event)
            printer.tick()
            states, watch = looked(states, watch, printer, event, now)
        assert len(printer.paper) == len(set(printer.paper)), "no label came out twice"
    assert sorted(printer.paper) == list(range(1, count + 1))
    assert states == [C] * count


def happens(printer: Printer, event: str) -> None:
    if event == "cut":
        printer.cut()
    elif event in ("out", "load"):
        printer.is_out = event == "out"


def looked(
    states: list[LabelState], watch: Watch, printer: Printer, event: str, now: float
) -> tuple[list[LabelState], Watch]:
    """One look of the program, or its end."""
    if event in ("break", "die", "stop"):
        counter = len(printer.paper) if printer.has_counter else None
        good = known_good(watch.before, counter, watch.count) if event != "stop" else watch.good
        return asked(states, good), watch
    watch, verdict = see(watch, printer.look(), now)
    if verdict is Verdict.DONE:
        return journal.after(states, journal.confirm(states)), watch
    if verdict is Verdict.ASK:
        return asked(states, watch.good), watch
    return states, watch


def asked(states: list[LabelState], good: int) -> list[LabelState]:
    states = journal.after(states, journal.confirm(states, good))
    return journal.after(states, journal.ask(states))


def answered(states: list[LabelState], printer: Printer) -> list[LabelState]:
    """A person waits until nothing more comes out, then looks at the paper."""
    printer.is_out = False
    for _moment in range(200):
        printer.tick()
    in_question = [number for number, state in enumerate(states, 1) if state is A]
    good = [number for number in in_question if number in printer.paper]
    return journal.after(states, *journal.answer(states, max(good, default=in_question[0] - 1)))


@given(states=STATES, number=st.integers(-5, 40))
def test_no_label_is_lost_by_any_answer(states: list[LabelState], number: int) -> None:
    for decide in (journal.answer, journal.resume_at):
        try:
            steps = decide(states, number)
        except (InvalidInput, Refused):
            continue
        fresh = journal.after(states, *steps)
        assert A not in fresh
        for before, after in zip(states, fresh, strict=True):
            assert after == before or (before is A and after in (C, Q)) or (before is C and after is Q)


@given(states=STATES, size=st.integers(-3, 50))
def test_a_window_takes_only_what_waits_and_at_most_ten(states: list[LabelState], size: int) -> None:
    try:
        step = journal.next_window(states, size)
    except Refused:
        assert A in states or S in states
        return
    assert len(step.numbers) <= journal.MOST_IN_WINDOW
    assert all(states[number - 1] is Q for number in step.numbers)
    assert list(step.numbers) == sorted(step.numbers)
    assert bool(step.numbers) == (Q in states)


def test_labels_may_trail_only_on_printers_that_never_tell() -> None:
    with pytest.raises(Refused):
        journal.next_window([S, Q], 5)
    assert journal.next_window([S, Q], 5, may_trail=True).numbers == (2,)
    with pytest.raises(Refused):
        journal.next_window([A, Q], 5, may_trail=True)


def test_a_counter_that_ran_on_for_somebody_else_is_no_proof() -> None:
    _watch, verdict = see(Watch(5, before=100), Look(is_ready=True, counter=107), 0.0)
    assert verdict is Verdict.ASK
    assert known_good(100, 107, 5) == 0 and known_good(100, 99, 5) == 0 and known_good(None, 3, 5) == 0
    assert known_good(100, 103, 5) == 3


def test_ready_alone_is_no_proof_without_a_counter() -> None:
    watch = Watch(5)
    for at in range(20):
        watch, verdict = see(watch, Look(is_ready=True), at * 0.25)
        assert verdict is Verdict.WAIT
    watch, verdict = see(watch, Look(is_ready=True), 60.0)
    assert verdict is Verdict.ASK


def test_printing_and_then_ready_is_enough_without_a_counter() -> None:
    watch, _wait = see(Watch(5), Look(is_busy=True), 0.0)
    watch, verdict = see(watch, Look(is_ready=True), 0.1)
    assert verdict is Verdict.WAIT
    watch, verdict = see(watch, Look(is_ready=True), 0.2)
    assert verdict is Verdict.WAIT, "it may only take breath between two labels"
    watch, verdict = see(watch, Look(is_ready=True), 1.2)
    assert verdict is Verdict.DONE and watch.good == 5


def test_long_silence_between_is_doubt() -> None:
    watch, _wait = see(Watch(5), Look(is_busy=True), 0.0)
    for at in (1.0, 3.0, 5.0):
        watch, _wait = see(watch, Look(is_silent=True), at)
    for at in (6.0, 7.0, 8.0):
        watch, verdict = see(watch, Look(is_ready=True), at)
        assert verdict is Verdict.WAIT
    assert see(watch, Look(is_ready=True), 20.0)[1] is Verdict.ASK


def test_skipping_and_again() -> None:
    states = [C, Q, Q, S]
    assert journal.skip(states, [2]).numbers == (2,)
    assert journal.skip(states).numbers == (2, 3)
    assert journal.again([C, K, Q], [1, 2]).numbers == (1, 2)
    with pytest.raises(Refused):
        journal.again(states, [4])
    with pytest.raises(InvalidInput):
        journal.again(states, [5])
    assert journal.last_good([C, C, A, Q]) == 2
