"""The form of a device, and its panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal

from core import devices
from core.devices import LINKS, PROBES, SCALES, DeviceEdit, DeviceRow, FoundPort
from core.errors import CoreError
from core.i18n import Text, _, verbatim
from core.words import DeviceKind, DeviceLink, Permission, word
from desktop.context import AppContext
from desktop.devices.rows import KINDS, Shown
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    CheckEdit,
    Choice,
    CodeEdit,
    DetailPanel,
    Facts,
    Form,
    Notice,
    TextEdit,
    Words,
    ui_text,
)

PRINTER_WORDS: tuple[tuple[str, Text], ...] = (
    ("zpl", verbatim("ZPL")), ("tspl", verbatim("TSPL")), ("escpos", verbatim("ESC/POS")), ("pdf", verbatim("PDF")),
)  # fmt: skip
SERIAL_BAUD = ("1200", "2400", "4800", "9600", "19200", "38400", "57600", "115200")


class DeviceForm(DetailPanel):
    """Adds or changes a device. `saved(id)` when it went through, `cancelled` when it was given up."""

    saved = Signal(int)
    cancelled = Signal()

    def __init__(
        self, context: AppContext, row: DeviceRow | None = None, ports: Sequence[FoundPort] = (),
        port: FoundPort | None = None,
    ) -> None:  # fmt: skip
        super().__init__(_("Change the device") if row else _("Add a device"))
        self._context, self._row = context, row
        self._ports = {one.address: one for one in ports}
        self.form = Form()
        self._kind = Choice(options=[(kind, word(kind)) for kind in KINDS], search=False)
        self._link = Choice(search=False)
        self._found = Choice(
            options=[(one.address, f"{one.words}  {one.path}") for one in ports], empty=_("Type it below")
        )
        self._protocol = Choice(search=False)
        self._make(bool(ports))
        self.add_widget(self.form)
        self.save_button = self.add_action(Button(_("Save"), self.save, kind="primary"))
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        self.form.submitted.connect(self.save)
        self._kind.changed.connect(self._on_kind)
        self._found.changed.connect(self._on_found)
        self._fill(row, port)

    def _make(self, has_ports: bool) -> None:
        form = self.form
        form.add("kind", _("Kind"), self._kind, required=True)
        form.add("name", _("Name"), TextEdit(most=80, placeholder=_("Scanner at the door")), required=True)
        form.add("link", _("Reached by"), self._link, required=True)
        if has_ports:
            form.add("found", _("Plugged in now"), self._found)
        hint = _("Its identity, a port such as COM3 or a path, or host:port in the network.")
        form.add("address", _("Port or address"), CodeEdit(most=400), hint=hint)
        form.add("protocol", _("Protocol"), self._protocol)
        baud = Choice(options=[(one, verbatim(one)) for one in SERIAL_BAUD], empty=_("as usual"), search=False)
        form.add("baud", _("Speed of the serial line"), baud)
        form.add("is_shared", _("Where"), CheckEdit(_("For every PC of this site")))

    def _fill(self, row: DeviceRow | None, port: FoundPort | None) -> None:
        kind = row.kind if row else DeviceKind.SCANNER
        self._kind.set_value(kind)
        self._set_kind(kind)
        if row is not None:
            self.form.set_values(
                {
                    "name": row.name, "link": row.link, "address": row.address or None,
                    "protocol": row.protocol or None, "baud": str(row.settings.get("baud", "")) or None,
                    "is_shared": not row.station,
                }
            )  # fmt: skip
        elif port is not None:
            self.form.set_values({"name": port.words[:80], "link": port.link, "address": port.address})
        self.form.mark_unchanged()

    def _on_kind(self) -> None:
        self._set_kind(self._kind.value())

    def _set_kind(self, kind: DeviceKind) -> None:
        self._link.set_options([(link, word(link)) for link in LINKS[kind]])
        self._link.set_value(LINKS[kind][0])
        known = {DeviceKind.SCALE: SCALES, DeviceKind.PROBE: PROBES}.get(kind)
        words: Sequence[tuple[Any, Words]] = [(one.word, one.title) for one in known.values()] if known else []
        if kind is DeviceKind.PRINTER:
            words = PRINTER_WORDS
        self._protocol.set_options(words or [("", _("none needed"))])
        self._protocol.set_value(words[0][0] if words else "")
        self._protocol.set_read_only(not words)

    def _on_found(self) -> None:
        port = self._ports.get(self._found.value() or "")
        if port is not None:
            self.form.set_values({"address": port.address})
            if port.link in LINKS[self._kind.value()]:
                self._link.set_value(port.link)
            if not self.form.editor("name").value():
                self.form.set_values({"name": port.words[:80]})

    def save(self) -> None:
        """Read the form and send it, once."""
        values = self.form.read() if self.save_button.isEnabled() else None
        if values is None:
            return
        self.save_button.setEnabled(False)
        row = self._row
        args: dict[str, Any] = {"device_id": row.device_id, "version": row.version, "seen": row.edit()} if row else {}
        self._context.ops.do(
            self, devices.save_device, new=self._edit(values), then=self._done, failed=self.show_error, **args
        )

    def _edit(self, values: Mapping[str, Any]) -> DeviceEdit:
        settings = dict(self._row.settings) if self._row else {}
        settings.pop("baud", None)
        if values["baud"]:
            settings["baud"] = int(values["baud"])
        station = "" if values["is_shared"] else self._context.office.station
        return DeviceEdit(
            values["kind"], values["name"], values["link"], values["address"] or "", values["protocol"] or "", settings,
            station,
        )  # fmt: skip

    def _done(self, device_id: int) -> None:
        self.form.mark_unchanged()
        self.saved.emit(device_id)

    def show_error(self, error: CoreError) -> None:
        """It did not go through: say why at the field."""
        self.save_button.setEnabled(True)
        self.form.show_error(error)

    def is_changed(self) -> bool:
        """Whether something typed here is not saved."""
        return self.form.is_changed()


class DevicePanel(DetailPanel):
    """One device: how it stands, what can be done with it."""

    form_wanted = Signal(object)
    calibration_wanted = Signal(object)
    test_wanted = Signal()
    retired = Signal()

    def __init__(self, context: AppContext, shown: Shown) -> None:
        super().__init__(shown.name, shown.kind, shown.badge)
        self._context, self.shown = context, shown
        if shown.state is not None and not shown.state.is_ready:
            self.add_widget(Notice(shown.state.text, Meaning.SOON))
        facts: list[tuple[Words, Words]] = [(_("Reached by"), shown.link)]
        if shown.address:
            facts.append((_("Port or address"), shown.address))
        if shown.device is not None and shown.device.protocol:
            facts.append((_("Protocol"), shown.device.protocol))
        self.add_widget(Facts([*facts, *self._profile_facts()]))
        if context.shell.may(Permission.DEVICE_EDIT) and not shown.is_simulated:
            self._add_changes(shown)
        if (
            shown.device is not None
            and shown.device.kind is DeviceKind.PRINTER
            and context.shell.can_go("labels.printers")
        ):
            device_id = shown.device.device_id
            go = lambda: context.shell.go("labels.printers", device_id=device_id)  # noqa: E731
            self.add_action(Button(_("State, roll and test label"), go, icon_name="print"))
            return
        self.add_action(Button(_("Test"), self.test_wanted.emit, icon_name="scan"))

    def _add_changes(self, shown: Shown) -> None:
        if shown.device is None:
            self.add_action(Button(_("Set it up"), lambda: self.form_wanted.emit(shown), kind="primary"))
            return
        if shown.device.link is DeviceLink.WEDGE:
            self.add_action(Button(_("Calibrate"), lambda: self.calibration_wanted.emit(shown.device), kind="primary"))
        self.add_action(Button(_("Change"), lambda: self.form_wanted.emit(shown), icon_name="edit"))
        self.add_action(Button(_("Take out of use"), self._retire, kind="danger"))

    def _profile_facts(self) -> list[tuple[Words, Words]]:
        from desktop.devices.hub import profile_of

        device = self.shown.device
        if device is None or device.link is not DeviceLink.WEDGE:
            return []
        profile = profile_of(device)
        if not profile.is_measured:
            return [(_("Calibration"), _("not yet: three scans of the test code make it sure"))]
        facts: list[tuple[Words, Words]] = [
            (_("Longest pause"), _("{ms} ms", ms=profile.gap_ms)),
            (_("Ends with"), {"\r": _("Enter"), "\t": _("Tab")}.get(profile.end, _("a pause"))),
            (_("AIM code"), _("yes") if profile.has_aim else _("no")),
        ]
        if profile.prefix:
            facts.append((_("Prefix"), profile.prefix))
        if profile.letters:
            facts.append((_("Characters put right"), f"{len(profile.letters)}"))
        return facts

    def _retire(self) -> None:
        device = self.shown.device
        if device is not None:
            self._context.ops.do(self, devices.retire_device, device_id=device.device_id, then=self._on_retired)

    def _on_retired(self, _nothing: object) -> None:
        self._context.shell.say(_("{name} is out of use.", name=self.shown.name))
        self.retired.emit()


def state_words(shown: Shown) -> str:
    """How a device stands, as a sentence."""
    return ui_text(shown.state.text) if shown.state is not None else ""
