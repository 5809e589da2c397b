"""Jobs behind the pages: stopped, given up, and one after another on one printer."""

from __future__ import annotations

from core import labels
from core.devices import LabelPrinterSimulator
from core.labels import StartedJob
from core.words import LabelJobState, LabelSubject
from desktop.labels.job_strip import JobStrip
from tests.desktop.labels.conftest import Desk


def begin(desk: Desk, printer: int, layout: str = "shelf-60x40", count: int = 3) -> StartedJob:
    found: tuple[StartedJob, ...] = desk.office.do(
        labels.start_job, subject=LabelSubject.SHELF, ids=desk.goods[:count], layout=layout, device_id=printer
    )
    return found[0]


def row_of(desk: Desk, job: StartedJob) -> labels.JobRow:
    rows: list[labels.JobRow] = desk.office.ask(labels.list_jobs)
    return next(one for one in rows if one.job_id == job.job_id)


def strip_of(desk: Desk, job: StartedJob) -> JobStrip:
    strip = JobStrip(desk.context, desk.runs)
    desk.qtbot.addWidget(strip)
    strip.show_job(row_of(desk, job))
    strip.show()
    return strip


def test_two_jobs_of_one_printer_go_one_after_the_other(
    desk: Desk, printer: int, simulator: LabelPrinterSimulator
) -> None:
    jobs = [begin(desk, printer), begin(desk, printer)]
    desk.runs.start_all(desk.context, jobs)
    assert desk.runs.is_running(jobs[0].job_id) and desk.runs.is_waiting(jobs[1].job_id)
    desk.qtbot.waitUntil(lambda: len(simulator.printed) == 6 and not desk.runs._jobs)
    assert [row_of(desk, one).state for one in jobs] == [LabelJobState.DONE] * 2


def test_another_paper_waits_until_it_is_put_in(desk: Desk, printer: int, simulator: LabelPrinterSimulator) -> None:
    jobs = [begin(desk, printer), begin(desk, printer, "shelf-50x30")]
    desk.runs.start_all(desk.context, jobs)
    desk.qtbot.waitUntil(lambda: len(simulator.printed) == 3 and not desk.runs._jobs)
    strip = strip_of(desk, jobs[1])
    assert "Put labels of 50x30 mm in" in strip.words.text()
    strip.go_on.click()
    desk.qtbot.waitUntil(lambda: len(simulator.printed) == 6 and not desk.runs._jobs)


def test_a_job_that_waits_for_paper_is_given_up(desk: Desk, printer: int, simulator: LabelPrinterSimulator) -> None:
    simulator.load(0)
    job = begin(desk, printer)
    desk.runs.start_all(desk.context, [job])
    strip = strip_of(desk, job)
    desk.qtbot.waitUntil(lambda: "No labels left" in strip.words.text(), timeout=8000)
    strip.cancel.click()
    desk.qtbot.waitUntil(lambda: not desk.runs._jobs, timeout=8000)
    desk.settled()
    desk.qtbot.waitUntil(
        lambda: row_of(desk, job).state in (LabelJobState.CANCELLED, LabelJobState.ASKED), timeout=8000
    )
    assert simulator.printed == []


def test_a_printer_that_cannot_be_reached_says_so(desk: Desk, printer: int, simulator: LabelPrinterSimulator) -> None:
    simulator.close()
    job = begin(desk, printer)
    desk.runs.start_all(desk.context, [job])
    desk.qtbot.waitUntil(lambda: not desk.runs._jobs, timeout=8000)
    strip = strip_of(desk, job)
    assert strip.go_on.isVisibleTo(strip)
    assert "cannot be reached" in strip.words.text()
