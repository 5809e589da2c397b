"""Printing by name: what the command line and schedules call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.devices import DeviceRow, list_devices
from core.errors import NotFound
from core.i18n import _
from core.labels.commands.jobs import start_job
from core.labels.queries.finding import find_labelled
from core.labels.queries.layouts import get_layout
from core.labels.sending.run import Caller, Told, pace_of, run_job
from core.labels.types import Layout
from core.labels.types.queue import JobRun, StartedJob
from db.enums import DeviceKind, LabelSubject

MOST_KNOWN = 10


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is to be printed: a template, what it is for by code (items, places, lots, people, documents), copies of each,
    and the language of the words (zh, en; empty: the site's)."""

    template: str
    codes: Sequence[str]
    copies: int = 1
    language: str = ""


def print_labels(
    caller: Caller, order: PrintOrder, *, printer: str, told: Told | None = None, patience: float | None = 300.0
) -> tuple[JobRun, ...]:
    """Print labels on a printer named as on the device page, and answer how that ended.

    A template that shows a price makes shelf labels, which are compared with the truth from then on. A printer that waits
    for a person is waited for `patience` seconds, for ever when None. Raises NotFound for an item, template or printer
    there is not, Refused when nothing can be printed.
    """
    device = find_printer(caller, printer)
    layout: Layout = caller.ask(get_layout, code=order.template)
    ids = caller.ask(find_labelled, subject=layout.subject, codes=order.codes)
    jobs: tuple[StartedJob, ...] = caller.do(
        start_job,
        subject=subject_of(layout),
        ids=ids,
        layout=layout.code,
        copies=order.copies,
        device_id=device.device_id,
        language=order.language,
    )
    pace = replace(pace_of(device), patience=patience)
    return tuple(run_job(caller, job.job_id, told=told, pace=pace) for job in jobs)


def find_printer(caller: Caller, name: str) -> DeviceRow:
    """A printer of this PC by its name, in whichever case. Raises NotFound with the names there are."""
    printers: tuple[DeviceRow, ...] = caller.ask(list_devices, kind=DeviceKind.PRINTER)
    for device in printers:
        if device.name.casefold() == name.strip().casefold():
            return device
    known = ", ".join(device.name for device in printers[:MOST_KNOWN]) or "-"
    raise NotFound(_("There is no printer {name}. There are: {known}.", name=name[:60], known=known), field="printer")


def subject_of(layout: Layout) -> LabelSubject:
    """What labels of a layout are: an item's label with a price hangs at its shelf."""
    if layout.subject == "item":
        return LabelSubject.SHELF if "price" in layout.required else LabelSubject.ITEM
    return LabelSubject(layout.subject)
