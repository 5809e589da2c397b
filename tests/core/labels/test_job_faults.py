"""A job of labels ends with every label once on paper, whatever happens on the way."""

from __future__ import annotations

import pytest

from core import labels
from core.clock import FixedClock
from core.devices import LabelPrinterSimulator
from core.labels import Pace, run_job
from core.office import Office
from db.enums import LabelJobState
from tests.core.labels.printing import QUICK, Killed, Mortal, Paper, Storekeeper, make_priced, make_printer, start
from tests.helpers.sites import ADMIN, PASSWORD

LANGUAGES = ("tspl", "zpl", "escpos")


def three_faults(office: Office, clock: FixedClock, language: str, count: int) -> tuple[list[int], int]:
    """Out of paper, a power cut, and a death of our program; a person answers each question by looking at the paper.
    Answers the numbers on the paper and how many questions were asked."""
    with LabelPrinterSimulator(language, lag=0.002) as printer:
        printer.after(count // 5 + 3, printer.run_out)
        printer.after(count // 2 + 4, printer.cut_power)
        job_id = start(office, make_priced(office, count), make_printer(office, printer.address, language))
        paper, keeper = Paper(office, job_id, printer), Storekeeper(printer)
        questions = 0
        first = run_job(office, job_id, told=keeper, pace=QUICK)  # until the power cut
        assert first.state is LabelJobState.ASKED and keeper.heard
        questions += _answer(office, job_id, paper)
        with pytest.raises(Killed):  # a window was written down and sent when the program died
            run_job(Mortal(office, 4), job_id, told=keeper, pace=QUICK)
        clock.advance(minutes=2)
        third = run_job(office, job_id, told=keeper, pace=QUICK)
        while third.state is LabelJobState.ASKED:
            questions += _answer(office, job_id, paper)
            third = run_job(office, job_id, told=keeper, pace=QUICK)
        assert third.state is LabelJobState.DONE and third.confirmed == count
        return paper.numbers(), questions


def _answer(office: Office, job_id: int, paper: Paper) -> int:
    """The person looks which label of those in question lies there last."""
    asked = office.ask(labels.get_job, job_id=job_id)
    numbers = [label.number for label in asked.labels if label.state == "asked"]
    lying = set(paper.numbers())
    good = [number for number in numbers if number in lying]
    office.do(labels.answer_last_good, job_id=job_id, number=max(good, default=numbers[0] - 1))
    return 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_500_labels_with_three_faults_are_500_labels(sqlite_site: str, clock: FixedClock, language: str) -> None:
    with Office.open(sqlite_site, station="test", clock=clock) as office:
        office.sign_in(ADMIN, PASSWORD)
        numbers, questions = three_faults(office, clock, language, 500)
    assert sorted(numbers) == list(range(1, 501)), "none double, none missing"
    assert questions >= 1


def test_the_same_on_both_databases(office: Office, clock: FixedClock) -> None:
    numbers, _questions = three_faults(office, clock, "tspl", 60)
    assert sorted(numbers) == list(range(1, 61))


@pytest.mark.parametrize("language", LANGUAGES)
def test_out_of_labels_is_waited_for_and_costs_nothing(office: Office, language: str) -> None:
    with LabelPrinterSimulator(language) as printer:
        printer.load(7)
        job_id = start(office, make_priced(office, 20), make_printer(office, printer.address, language))
        paper, keeper = Paper(office, job_id, printer), Storekeeper(printer)
        run = run_job(office, job_id, told=keeper, pace=QUICK)
        assert (run.state, paper.numbers()) == (LabelJobState.DONE, list(range(1, 21)))
        assert keeper.heard


def test_ready_does_not_mean_printed(office: Office) -> None:
    """The printer says that it is ready before it has read what it was sent, then loses it."""
    with LabelPrinterSimulator("tspl", seconds=0.001, lag=0.15) as printer:
        job_id = start(office, make_priced(office, 12), make_printer(office, printer.address, "tspl", window=5))
        paper = Paper(office, job_id, printer)
        printer.after(6, printer.cut_power)
        run = run_job(office, job_id, pace=Pace(window=5, look=0.002))
        assert run.state is LabelJobState.ASKED
        assert run.confirmed == 6, "what the printer has counted is good, and no more"
        assert run.asked == (7, 8, 9, 10) and run.last_good == 6
        office.do(labels.answer_last_good, job_id=job_id, number=6)
        assert run_job(office, job_id, pace=QUICK).state is LabelJobState.DONE
        assert paper.numbers() == list(range(1, 13))


@pytest.mark.parametrize("language", ["tspl", "zpl"])
def test_a_printer_without_a_counter_is_believed_once_it_was_seen_printing(office: Office, language: str) -> None:
    with LabelPrinterSimulator(language, seconds=0.03) as printer:
        printer.set(has_counter=False)
        job_id = start(office, make_priced(office, 8), make_printer(office, printer.address, language))
        run = run_job(office, job_id, pace=QUICK)
        assert run.state is LabelJobState.DONE and len(printer.printed) == 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_connection_asks_and_prints_nothing_twice(office: Office, language: str) -> None:
    with LabelPrinterSimulator(language) as printer:
        job_id = start(office, make_priced(office, 20), make_printer(office, printer.address, language))
        paper = Paper(office, job_id, printer)
        printer.after(4, printer.hang_up)  # its memory stays: what was sent comes out all the same
        run = run_job(office, job_id, pace=QUICK)
        assert run.state is LabelJobState.ASKED or run.state is LabelJobState.PAUSED
        assert printer.wait_for(10)
        if run.asked:
            _answer(office, job_id, paper)
        assert run_job(office, job_id, pace=QUICK).state is LabelJobState.DONE
        assert sorted(paper.numbers()) == list(range(1, 21))


def test_a_printer_that_cannot_be_reached_is_said_and_nothing_is_lost(office: Office) -> None:
    with LabelPrinterSimulator("zpl") as printer:
        device_id = make_printer(office, printer.address, "zpl")
        job_id = start(office, make_priced(office, 3), device_id)
        address = printer.address
    run = run_job(office, job_id, pace=QUICK)
    assert run.state is LabelJobState.PAUSED and run.trouble in ("refused", "timeout")
    assert "P1" in run.words.render("en") and "P1" in run.words.render("zh")
    with LabelPrinterSimulator("zpl", port=int(address.rpartition(":")[2])) as printer:
        assert run_job(office, job_id, pace=QUICK).state is LabelJobState.DONE
        assert len(printer.printed) == 3


@pytest.mark.parametrize("state", [{"is_silent": True}, {"garbage": b"\xff\x00?!" * 20}])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_printer_that_never_answers_or_answers_garbage_gets_nothing(
    office: Office, language: str, state: dict[str, object]
) -> None:
    with LabelPrinterSimulator(language) as printer:
        printer.set(**state)
        job_id = start(office, make_priced(office, 3), make_printer(office, printer.address, language))
        run = run_job(office, job_id, pace=Pace(window=5, look=0.01, patience=0.2))
        assert run.state is LabelJobState.PAUSED and run.trouble in ("silent", "garbage")
        assert printer.printed == [] and run.asked == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_paused_and_without_ribbon_is_waited_for(office: Office, language: str) -> None:
    with LabelPrinterSimulator(language) as printer:
        job_id = start(office, make_priced(office, 6), make_printer(office, printer.address, language))
        heard: list[str] = []
        states = iter(({"is_open": True}, {"is_paused": True}, {"has_ribbon": False}))
        cured = {"is_open": False, "is_paused": False, "has_ribbon": True}

        def told(progress: labels.Progress) -> bool:
            if progress.is_held:
                heard.append(progress.words.render("zh"))
                printer.set(**cured)
            return True

        for number in (1, 3, 5):
            printer.after(number, lambda: printer.set(**next(states)))
        assert run_job(office, job_id, told=told, pace=QUICK).state is LabelJobState.DONE
        assert len(printer.printed) == 6 and len(heard) >= 2


def test_who_stops_while_labels_are_under_way_is_asked(office: Office) -> None:
    with LabelPrinterSimulator("tspl") as printer:
        job_id = start(office, make_priced(office, 8), make_printer(office, printer.address, "tspl"))
        printer.load(3)
        run = run_job(office, job_id, told=lambda progress: not progress.is_held, pace=QUICK)
        assert run.state is LabelJobState.ASKED and run.asked
        printer.load()
        assert printer.wait_for(8)
        stand = office.do(labels.answer_last_good, job_id=job_id, number=8)
        assert stand.state is LabelJobState.DONE and stand.confirmed == 8
