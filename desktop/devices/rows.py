"""What stands in the lists of the device page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.devices import DeviceRow, FoundPort, PortState, PortWord
from core.documents import Column as FileColumn
from core.i18n import Text, _
from core.words import DeviceKind, DeviceLink, word
from desktop.devices.hub import KEYBOARD, Logged
from desktop.shell.scan_panel import facts_words, visible
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, ui_text

MEANINGS = {
    PortWord.READY: Meaning.GOOD, PortWord.OPENING: Meaning.PLAIN, PortWord.CLOSED: Meaning.PLAIN,
    PortWord.SILENT: Meaning.WATCH, PortWord.ABSENT: Meaning.SOON, PortWord.UNCLEAR: Meaning.SOON,
}  # fmt: skip
WORDS = {
    PortWord.READY: _("Ready"), PortWord.OPENING: _("Opening…"), PortWord.CLOSED: _("Closed"),
    PortWord.SILENT: _("Silent"), PortWord.ABSENT: _("Not plugged in"), PortWord.BUSY: _("Used by another program"),
    PortWord.REFUSED: _("Access refused"), PortWord.UNCLEAR: _("Several fit"), PortWord.FAULT: _("Fault"),
}  # fmt: skip
SHOWN_RAW = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list: a device that is kept, one that was found plugged in, or a simulated one."""

    id: str
    name: str
    kind: str
    link: str
    address: str
    station: str
    badge: BadgeLook | None = None
    device: DeviceRow | None = None
    port: FoundPort | None = None
    state: PortState | None = None
    is_simulated: bool = False


def shown_device(row: DeviceRow, state: PortState | None, *, is_simulated: bool = False) -> Shown:
    """A device as a line."""
    key = f"s{row.name}" if is_simulated else f"d{row.device_id}"
    station = ui_text(_("every PC")) if not row.station else row.station
    return Shown(
        key, row.name, ui_text(word(row.kind)), ui_text(word(row.link)), row.address, "" if is_simulated else station,
        _badge(row, state, is_simulated=is_simulated), device=row, state=state, is_simulated=is_simulated,
    )  # fmt: skip


def shown_port(port: FoundPort) -> Shown:
    """Something plugged in that nobody has set up."""
    badge = BadgeLook(_("Found"), Meaning.ACCENT, "plus")
    return Shown(f"p{port.path}", port.words, "", ui_text(word(port.link)), port.address, "", badge, port=port)


def new_ports(ports: Iterable[FoundPort], rows: Sequence[DeviceRow]) -> list[FoundPort]:
    """What is plugged in and no device yet."""
    known = {row.address for row in rows}
    return [port for port in ports if port.address not in known and port.path not in known and port.is_likely]


def _badge(row: DeviceRow, state: PortState | None, *, is_simulated: bool) -> BadgeLook | None:
    if not row.is_active:
        return BadgeLook(_("Out of use"))
    if state is not None:
        return BadgeLook(WORDS[state.word], MEANINGS.get(state.word, Meaning.DANGER))
    if row.link is DeviceLink.WEDGE:
        is_measured = bool(row.settings.get("wedge"))
        return (
            BadgeLook(_("Calibrated"), Meaning.GOOD) if is_measured else BadgeLook(_("Not calibrated"), Meaning.WATCH)
        )
    return BadgeLook(_("Simulated")) if is_simulated else None


def device_columns() -> list[Column]:
    """The columns of the list of devices."""
    return [
        Column("name", _("Name"), 220, stretch=True),
        Column("kind", _("Kind"), 140),
        Column("link", _("Reached by"), 170),
        Column("address", _("Port or address"), 220, muted=True, wide_only=True),
        Column("station", _("PC"), 120, muted=True),
        Column("badge", _("State"), 170, kind=Kind.BADGE, sortable=False),
    ]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One scan of the log."""

    id: int
    at: datetime
    source: str
    raw: str
    facts: str
    what: str
    pace: str


def log_line(at: int, entry: Logged) -> LogLine:
    """A scan of the log as a line."""
    source = ui_text(_("Keyboard")) if entry.source == KEYBOARD else entry.source
    facts = "  ·  ".join(ui_text(one) for one in facts_words(entry.scan)) if entry.scan is not None else ""
    what = ui_text(entry.words) if entry.words is not None else ""
    return LogLine(at, entry.at, source, visible(entry.raw[:SHOWN_RAW]), facts, what, pace_words(entry))


def pace_words(entry: Logged) -> str:
    """How fast the keys came, for a scanner that types."""
    if entry.mean_ms is None:
        return ""
    return ui_text(_("{mean} ms, at most {most}", mean=f"{entry.mean_ms:.1f}", most=entry.longest_ms or 0))


def end_words(end: str) -> Text:
    """How a scan ended."""
    return {"\r": _("Enter"), "\n": _("Enter"), "\t": _("Tab")}.get(end, _("a pause"))


def log_columns() -> list[Column]:
    """The columns of the log."""
    return [
        Column("at", _("When"), 140, kind=Kind.INSTANT, sortable=False),
        Column("source", _("Source"), 130, sortable=False),
        Column("raw", _("As it came"), 260, stretch=True, sortable=False),
        Column("facts", _("What it says"), 220, sortable=False, wide_only=True),
        Column("what", _("What became of it"), 280, sortable=False),
        Column("pace", _("Pause between keys"), 150, muted=True, sortable=False, wide_only=True),
    ]


def log_file_columns() -> tuple[FileColumn, ...]:
    """The same in a file."""
    return (
        FileColumn("at", _("When")), FileColumn("source", _("Source")), FileColumn("raw", _("As it came")),
        FileColumn("facts", _("What it says")), FileColumn("what", _("What became of it")),
        FileColumn("pace", _("Pause between keys")),
    )  # fmt: skip


KINDS = tuple(DeviceKind)
