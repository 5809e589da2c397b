"""The labels of a job as bytes: every one drawn and every barcode read back before the first is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.devices import DeviceRow
from core.labels.rules.layouts import fields_of
from core.labels.sending.stamp import stamped
from core.labels.steps.known_layouts import layout_of
from core.labels.steps.languages import check_language, encode
from core.labels.steps.raster import draw
from core.labels.steps.reading import check_pages
from core.labels.steps.records import content_of
from core.labels.types import LabelPage, Layout, Media
from core.labels.types.queue import JobCard, JobLabel
from db.enums import LabelState

USUAL_DPI = 203
RUNNING = "running"


def media_of(device: DeviceRow) -> Media:
    """How a printer's roll is set, from its record; what is not set there is as usual."""
    names = Media.__dataclass_fields__
    return Media(**{name: value for name, value in device.settings.items() if name in names})


def job_bytes(card: JobCard, device: DeviceRow) -> dict[int, bytes]:
    """The labels still to be sent, by number, in the printer's language. Nothing is sent when one of them cannot be
    printed. Raises Refused naming the label, InvalidInput for a printer set wrongly."""
    check_language(device.protocol)
    labels = [label for label in card.labels if label.state is LabelState.QUEUED]
    made: dict[int, bytes] = {}
    check_pages(_pages(card, labels, device, made))
    return made


def _pages(card: JobCard, labels: Sequence[JobLabel], device: DeviceRow, made: dict[int, bytes]) -> Iterator[LabelPage]:
    """Each page for the check; once it was found good it becomes bytes."""
    layouts = {code: layout_of(definition) for code, definition in card.layouts.items()}
    dpi, media = int(device.settings.get("dpi", USUAL_DPI)), media_of(device)
    for label in labels:
        page = draw_label(layouts[label.layout], label, card.row.labels, dpi)
        yield page
        made[label.number] = encode(page, device.protocol, 1, media)


def draw_label(layout: Layout, label: JobLabel, total: int, dpi: int) -> LabelPage:
    """One label with its running number, where the layout has it or at the edge."""
    running = f"{label.number}/{total}"
    page = draw(layout, content_of(label.content).with_fields(**{RUNNING: running}), dpi)
    return page if RUNNING in fields_of(layout) or total < 2 else stamped(page, running)
