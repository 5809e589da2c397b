"""What a person decides about jobs of labels, and the history they leave."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core import catalog, devices, identity, labels
from core.clock import FixedClock
from core.devices import DeviceEdit, LabelPrinterSimulator
from core.errors import Conflict, InvalidInput, NeedsConfirmation, NotAllowed, NotFound, Refused
from core.labels import NewWish, PrintOrder, print_labels, run_job
from core.office import Office
from db.enums import DeviceKind, DeviceLink, LabelJobState, LabelState, LabelSubject
from tests.core.labels.printing import LAYOUT, QUICK, Paper, make_priced, make_printer, start

YES = frozenset({"reprint_once", "print_twice", "replace_layout"})


@pytest.fixture
def printer() -> Iterator[LabelPrinterSimulator]:
    with LabelPrinterSimulator("tspl") as opened:
        yield opened


@pytest.fixture
def device_id(office: Office, printer: LabelPrinterSimulator) -> int:
    return make_printer(office, printer.address, "tspl")


def test_a_job_writes_every_copy_down_before_anything_is_sent(office: Office, device_id: int) -> None:
    job_id = start(office, make_priced(office, 3), device_id, copies=2)
    card = office.ask(labels.get_job, job_id=job_id)
    assert [label.number for label in card.labels] == [1, 2, 3, 4, 5, 6]
    assert [label.code for label in card.labels] == ["S-0001"] * 2 + ["S-0002"] * 2 + ["S-0003"] * 2
    assert {label.state for label in card.labels} == {LabelState.QUEUED}
    assert all(label.is_once for label in card.labels), "a price"
    assert card.labels[0].hash == card.labels[1].hash != card.labels[2].hash
    window = _window(office, job_id)
    assert window.numbers == (1, 2, 3)
    card = office.ask(labels.get_job, job_id=job_id, numbers=[3, 4])
    assert [label.state for label in card.labels] == [LabelState.SENT, LabelState.QUEUED]


def _window(office: Office, job_id: int) -> labels.LabelWindow:
    office.do(labels.take_job, job_id=job_id, holder="run-1")
    return office.do(labels.next_window, job_id=job_id, holder="run-1", size=3)


def test_only_one_run_sends_a_job(office: Office, device_id: int, clock: FixedClock) -> None:
    job_id = start(office, make_priced(office, 4), device_id)
    _window(office, job_id)
    with pytest.raises(Refused):
        office.do(labels.take_job, job_id=job_id, holder="run-2")
    clock.advance(seconds=60)
    office.do(labels.keep_job, job_id=job_id, holder="run-1")
    clock.advance(seconds=60)
    with pytest.raises(Refused):
        office.do(labels.take_job, job_id=job_id, holder="run-2")
    clock.advance(minutes=2)
    office.do(labels.take_job, job_id=job_id, holder="run-2")
    for command in (labels.mark_confirmed, labels.keep_job, labels.mark_asked):
        with pytest.raises(Refused):
            office.do(command, job_id=job_id, holder="run-1")
    with pytest.raises(Refused):
        office.do(labels.next_window, job_id=job_id, holder="run-2", size=3)  # labels are on their way still
    stand = office.do(labels.mark_asked, job_id=job_id, holder="run-2", good=1, trouble="restart")
    assert stand.asked == (2, 3) and stand.last_good == 1 and stand.state is LabelJobState.ASKED
    office.do(labels.release_job, job_id=job_id, holder="run-1")
    office.do(labels.release_job, job_id=job_id, holder="run-2")
    (row,) = office.ask(labels.list_jobs)
    assert (row.is_held, row.confirmed, row.asked, row.left, row.trouble) == (False, 1, 2, 1, "restart")


def test_a_stopped_job_sends_nothing_more_and_goes_on(
    office: Office, device_id: int, printer: LabelPrinterSimulator
) -> None:
    job_id = start(office, make_priced(office, 5), device_id)
    _window(office, job_id)
    office.do(labels.mark_confirmed, job_id=job_id, holder="run-1")
    office.do(labels.pause_job, job_id=job_id)
    assert office.do(labels.next_window, job_id=job_id, holder="run-1", size=3).numbers == ()
    assert office.do(labels.continue_job, job_id=job_id).state is LabelJobState.PRINTING
    office.do(labels.release_job, job_id=job_id, holder="run-1")
    run = run_job(office, job_id, pace=QUICK)
    assert run.state is LabelJobState.DONE and len(printer.printed) == 2, "the first three were confirmed by hand"
    for command in (labels.pause_job, labels.continue_job, labels.cancel_job):
        with pytest.raises(Refused):
            office.do(command, job_id=job_id)
    with pytest.raises(Refused):
        office.do(labels.skip_labels, job_id=job_id, numbers=[1])


def test_what_a_cancelled_job_did_not_send_goes_back_on_the_queue(office: Office, device_id: int) -> None:
    ids = make_priced(office, 3)
    office.do(labels.add_to_queue, wishes=[NewWish(LabelSubject.ITEM, one, 0, LAYOUT, 2) for one in ids])
    (job,) = office.do(labels.start_due_labels)
    assert office.ask(labels.list_queue) == []
    window = _window(office, job.job_id)
    assert window.numbers == (1, 2, 3)
    stand = office.do(labels.cancel_job, job_id=job.job_id)
    assert stand.state is LabelJobState.ASKED and stand.asked == (1, 2, 3)
    rows = office.ask(labels.list_queue)
    assert sorted((row.code, row.copies) for row in rows) == [("S-0002", 1), ("S-0003", 2)]
    stand = office.do(labels.answer_last_good, job_id=job.job_id, number=3)
    assert stand.state is LabelJobState.DONE


def test_labels_may_be_left_out(office: Office, device_id: int, printer: LabelPrinterSimulator) -> None:
    job_id = start(office, make_priced(office, 4), device_id)
    paper = Paper(office, job_id, printer)
    office.do(labels.skip_labels, job_id=job_id, numbers=[2, 3])
    assert run_job(office, job_id, pace=QUICK).state is LabelJobState.DONE
    assert paper.numbers() == [1, 4]


def test_only_these_or_all_from_one_on_are_printed_again_when_a_person_says_so(
    office: Office, device_id: int, printer: LabelPrinterSimulator
) -> None:
    job_id = start(office, make_priced(office, 6), device_id)
    paper = Paper(office, job_id, printer)
    run_job(office, job_id, pace=QUICK)
    with pytest.raises(NeedsConfirmation):
        office.do(labels.print_again, job_id=job_id, numbers=[2])
    office.do(labels.print_again, job_id=job_id, numbers=[2, 4], confirmed=YES)
    run_job(office, job_id, pace=QUICK)
    with pytest.raises(NeedsConfirmation):
        office.do(labels.resume_at, job_id=job_id, number=5)
    office.do(labels.resume_at, job_id=job_id, number=5, confirmed=YES)
    run_job(office, job_id, pace=QUICK)
    assert paper.numbers() == [1, 2, 3, 4, 5, 6, 2, 4, 5, 6]
    for number in (0, 99):
        with pytest.raises(InvalidInput):
            office.do(labels.resume_at, job_id=job_id, number=number)
    with pytest.raises(InvalidInput):
        office.do(labels.print_again, job_id=job_id, numbers=[7])
    with pytest.raises(Refused):
        office.do(labels.answer_last_good, job_id=job_id, number=3)


def test_a_reprint_is_exactly_what_was_printed_that_day(
    office: Office, device_id: int, printer: LabelPrinterSimulator, clock: FixedClock
) -> None:
    (item_id,) = make_priced(office, 1)
    run_job(office, start(office, (item_id,), device_id), pace=QUICK)
    clock.advance(days=3)
    card = office.ask(catalog.get_item, item_id=item_id)
    office.do(catalog.update_item, item_id=item_id, version=card.version, changes={"sale_price": Decimal(99)})
    run_job(office, start(office, (item_id,), device_id), pace=QUICK)
    day = date(2026, 3, 4)
    (row,) = office.ask(labels.list_printed, first_on=day, last_on=day)
    assert row.code == "S-0001" and row.content["fields"]["price"] == "1.50" and row.printer == "P1"
    assert len(office.ask(labels.list_printed)) == 2
    assert len(office.ask(labels.list_printed, text="99.00")) == 1
    with pytest.raises(NeedsConfirmation):
        office.do(labels.reprint, label_ids=[row.id])
    job = office.do(labels.reprint, label_ids=[row.id], confirmed=YES)
    run_job(office, job.job_id, pace=QUICK)
    first, second, third = (one.sha256 for one in printer.printed)
    assert first == third != second
    assert [one.item_id for one in office.ask(labels.list_stale_labels)] == [item_id], "the old price hangs there again"
    with pytest.raises(Refused):
        office.do(labels.reprint, label_ids=[12_345], confirmed=YES)


def test_a_layout_that_changed_since_does_not_change_a_reprint(
    office: Office, device_id: int, printer: LabelPrinterSimulator
) -> None:
    mine = replace(labels.load_layout(LAYOUT), code="own-60x40", name="自家价签")
    office.do(labels.save_layout, layout=mine)
    (item_id,) = make_priced(office, 1)
    (job,) = office.do(
        labels.start_job, subject=LabelSubject.SHELF, ids=(item_id,), layout="own-60x40", device_id=device_id
    )
    run_job(office, job.job_id, pace=QUICK)
    office.do(labels.save_layout, layout=replace(mine, elements=mine.elements[:-1]), version=1)
    (row,) = office.ask(labels.list_printed)
    again = office.do(labels.reprint, label_ids=[row.id], confirmed=YES)
    run_job(office, again.job_id, pace=QUICK)
    assert printer.printed[0].sha256 == printer.printed[1].sha256


def test_own_layouts_are_kept_exported_and_brought_in(office: Office) -> None:
    mine = replace(labels.load_layout(LAYOUT), code="own-1", name="自家价签", name_en="Our own")
    assert office.do(labels.save_layout, layout=mine) == 1
    assert office.do(labels.save_layout, layout=replace(mine, name="改名"), version=1) == 2
    with pytest.raises(Conflict):
        office.do(labels.save_layout, layout=mine, version=1)
    with pytest.raises(InvalidInput):
        office.do(labels.save_layout, layout=mine)
    with pytest.raises(InvalidInput):
        office.do(labels.save_layout, layout=labels.load_layout(LAYOUT))
    with pytest.raises(InvalidInput):
        office.do(labels.save_layout, layout=replace(mine, code="a b"))
    with pytest.raises(NotFound):
        office.do(labels.save_layout, layout=replace(mine, code="new-one"), version=3)
    text = office.ask(labels.get_layout_file, code="own-1")
    with pytest.raises(NeedsConfirmation):
        office.do(labels.import_layout, text=text)
    assert office.do(labels.import_layout, text=text, confirmed=YES) == "own-1"
    assert office.do(labels.import_layout, text=text, code="own-2") == "own-2"
    with pytest.raises(InvalidInput):
        office.do(labels.import_layout, text="{}")
    own = [row for row in office.ask(labels.list_layouts, subject="item") if row.is_own]
    assert [(row.code, row.version) for row in own] == [("own-1", 3), ("own-2", 1)]
    office.do(labels.retire_layout, code="own-2", version=1)
    with pytest.raises(Conflict):
        office.do(labels.retire_layout, code="own-1", version=1)
    with pytest.raises(Refused):
        office.do(labels.retire_layout, code=LAYOUT, version=1)
    with pytest.raises(NotFound):
        office.do(labels.retire_layout, code="nobody", version=1)
    assert "own-2" not in {row.code for row in office.ask(labels.list_layouts)}
    assert office.ask(labels.get_layout, code="own-1").name == "改名"


def test_the_printer_of_a_paper_is_remembered(office: Office, device_id: int, printer: LabelPrinterSimulator) -> None:
    other = make_printer(office, printer.address, "zpl", name="P2")
    ids = make_priced(office, 1)
    office.do(labels.add_to_queue, wishes=[NewWish(LabelSubject.ITEM, ids[0], 0, LAYOUT)])
    assert [row.device_id for row in office.ask(labels.list_queue)] == [None], "two printers: somebody has to say"
    office.do(labels.choose_label_printer, stock="60x40", device_id=other)
    assert [row.printer for row in office.ask(labels.list_queue)] == ["P2"]
    (job,) = office.do(labels.start_due_labels, device_id=device_id)
    assert job.printer == "P1"
    office.do(labels.add_to_queue, wishes=[NewWish(LabelSubject.ITEM, ids[0], 0, LAYOUT)])
    assert [row.printer for row in office.ask(labels.list_queue)] == ["P1"]
    with pytest.raises(NotFound):
        office.do(labels.choose_label_printer, stock="60x40", device_id=999)


def test_sheets_for_the_office_printer_are_asked_about(office: Office) -> None:
    new = DeviceEdit(DeviceKind.PRINTER, "Office", DeviceLink.QUEUE, "laser", "pdf")
    office_printer = office.do(devices.save_device, new=new)
    job_id = start(office, make_priced(office, 3), office_printer)
    stand = office.do(labels.mark_sent, job_id=job_id)
    assert stand.state is LabelJobState.ASKED and stand.asked == (1, 2, 3)
    assert office.do(labels.answer_last_good, job_id=job_id, number=3).state is LabelJobState.DONE
    with pytest.raises(Refused):
        office.do(labels.mark_sent, job_id=job_id)


def test_a_file_keeps_what_was_written(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "labels.prn"
    new = DeviceEdit(DeviceKind.PRINTER, "File", DeviceLink.FILE, str(file), "zpl")
    job_id = start(office, make_priced(office, 12), office.do(devices.save_device, new=new))
    assert run_job(office, job_id, pace=QUICK).state is LabelJobState.DONE
    assert file.read_bytes().count(b"^XZ") == 12


def test_a_printer_that_never_tells_is_asked_about_at_the_end(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp = tmp_path / "lp"
    lp.write_text(f"#!/bin/sh\ncat >> {tmp_path}/taken\n")
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    new = DeviceEdit(DeviceKind.PRINTER, "Queue", DeviceLink.QUEUE, "Zebra", "zpl")
    job_id = start(office, make_priced(office, 12), office.do(devices.save_device, new=new))
    run = run_job(office, job_id, pace=QUICK)
    assert run.state is LabelJobState.ASKED and run.asked == tuple(range(1, 13)) and run.trouble == "unseen"
    assert (tmp_path / "taken").read_bytes().count(b"^XZ") == 12
    office.do(labels.answer_last_good, job_id=job_id, number=9)
    run_job(office, job_id, pace=QUICK)
    assert (tmp_path / "taken").read_bytes().count(b"^XZ") == 15
    assert office.do(labels.answer_last_good, job_id=job_id, number=12).state is LabelJobState.DONE


def test_labels_are_printed_by_name(office: Office, device_id: int, printer: LabelPrinterSimulator) -> None:
    make_priced(office, 2)
    (run,) = print_labels(office, PrintOrder(LAYOUT, ["S-0001", "S-0002"], 2), printer="p1")
    assert run.state is LabelJobState.DONE and len(printer.printed) == 4
    with pytest.raises(NotFound) as told:
        print_labels(office, PrintOrder(LAYOUT, ["S-0001"]), printer="P9")
    assert "P1" in told.value.text.render("en")
    with pytest.raises(NotFound):
        print_labels(office, PrintOrder(LAYOUT, ["NOBODY"]), printer="P1")
    with pytest.raises(NotFound):
        print_labels(office, PrintOrder("no-such", ["S-0001"]), printer="P1")


def test_nothing_is_sent_when_one_label_cannot_be_printed(
    office: Office, device_id: int, printer: LabelPrinterSimulator
) -> None:
    wide = replace(labels.load_layout(LAYOUT), code="too-small", width=20.0, height=15.0)
    office.do(labels.save_layout, layout=wide)
    jobs = office.do(
        labels.start_job,
        subject=LabelSubject.SHELF,
        ids=make_priced(office, 3),
        layout="too-small",
        device_id=device_id,
    )
    with pytest.raises(Refused):
        run_job(office, jobs[0].job_id, pace=QUICK)
    assert printer.printed == []
    (row,) = office.ask(labels.list_jobs, open_only=True)
    assert not row.is_held and row.left == 3


def test_labels_need_their_right(office: Office, device_id: int) -> None:
    job_id = start(office, make_priced(office, 1), device_id)
    person_id = office.do(identity.add_person, new=identity.NewPerson("Cost", password="a long pass word"))
    roles = {role.name_en: role.id for role in office.ask(identity.list_roles)}
    office.do(identity.give_role, person_id=person_id, role_id=roles["Cost reviewer"])
    office.sign_in("Cost", "a long pass word")
    for run in (
        lambda: office.ask(labels.list_queue),
        lambda: office.do(labels.start_due_labels),
        lambda: office.do(labels.cancel_job, job_id=job_id),
        lambda: office.do(labels.retire_layout, code="x", version=1),
    ):
        with pytest.raises(NotAllowed):
            run()
