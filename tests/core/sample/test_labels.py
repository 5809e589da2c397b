"""The sample's labels and devices: some hang, some are not true any more, and a history says how they were printed."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from core import devices, identity, labels
from core.identity import AuditFilter
from core.office import Office
from db.enums import DeviceKind, DeviceLink, LabelJobState, LabelReason, LabelSubject
from tests.helpers.sample_site import SAMPLE_NOW

TODAY = SAMPLE_NOW.date()
TOMORROW = TODAY + timedelta(days=1)


def test_about_forty_shelf_labels_are_not_true_some_from_tomorrow_on(sample_office: Office) -> None:
    today = sample_office.ask(labels.list_stale_labels)
    tomorrow = sample_office.ask(labels.list_stale_labels, on=TOMORROW)
    planned = {row.item_id for row in sample_office.ask(labels.list_planned_prices)}
    assert 25 <= len(today) < len(tomorrow) <= 45
    assert {row.item_id for row in tomorrow} - {row.item_id for row in today} == planned
    changed = {difference.field for row in today for difference in row.differences}
    assert {"name", "price_text", "unit_price"} <= changed
    assert {row.place for row in tomorrow} == {"SHOP-1", "SHOP-2", "SHOP-3"}


def test_the_queue_knows_the_printer_of_every_label(sample_office: Office) -> None:
    rows = sample_office.ask(labels.list_queue)
    assert all(row.printer for row in rows)
    assert {row.reason for row in rows} == {LabelReason.CHANGED, LabelReason.DAMAGED}


def test_jobs_were_printed_one_waits_for_an_answer(sample_office: Office) -> None:
    jobs = sample_office.ask(labels.list_jobs)
    assert [job.state for job in jobs].count(LabelJobState.DONE) == len(jobs) - 1 >= 4
    (asked,) = [job for job in jobs if job.state is LabelJobState.ASKED]
    assert asked.trouble == "closed"
    assert len({job.created_by for job in jobs}) >= 3
    assert sample_office.ask(labels.count_stale_labels).asks == 1


def test_a_roll_ended_and_the_job_went_on_with_the_next(sample_office: Office) -> None:
    def times(command: str) -> int:
        wanted = AuditFilter(command=command)
        found: int = sample_office.ask(identity.search_audit, wanted=wanted).total
        return found

    assert (times("labels.mark_asked"), times("labels.answer_last_good")) == (2, 1)
    first = sample_office.ask(labels.list_jobs)[-1]
    card = sample_office.ask(labels.get_job, job_id=first.job_id)
    at = [label.confirmed_at for label in card.labels if label.confirmed_at]
    assert len(at) == first.labels > 50
    assert max(late - early for early, late in pairwise(at)) > timedelta(minutes=5)


def test_shelves_bins_and_goods_have_labels(sample_office: Office) -> None:
    printed = sample_office.ask(labels.list_printed, limit=500)
    assert {row.subject for row in printed} == {LabelSubject.SHELF, LabelSubject.LOCATION, LabelSubject.ITEM}
    assert all(row.printed_at <= SAMPLE_NOW for row in printed)


def test_a_device_of_each_usual_kind_is_saved_for_every_pc(sample_office: Office) -> None:
    rows = sample_office.ask(devices.list_devices)
    assert {row.kind for row in rows} == {DeviceKind.SCANNER, DeviceKind.SCALE, DeviceKind.PRINTER}
    assert {(row.protocol, row.link) for row in rows if row.kind is DeviceKind.PRINTER} == {
        ("tspl", DeviceLink.TCP), ("zpl", DeviceLink.TCP), ("pdf", DeviceLink.QUEUE),
    }  # fmt: skip
    assert not any(row.station for row in rows)
