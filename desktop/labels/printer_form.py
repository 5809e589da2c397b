"""The form of a label printer: how it is reached, its language, dots, roll, and how far it prints askew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal

from core import devices
from core.devices import LINKS, DeviceEdit, DeviceRow, FoundPort
from core.errors import CoreError
from core.i18n import Text, _, verbatim
from core.words import DeviceKind, DeviceLink, word
from desktop.context import AppContext
from desktop.labels.trial import USUAL_DPI
from desktop.widgets import Button, CheckEdit, Choice, CodeEdit, DetailPanel, Form, QtyEdit, TextEdit

LANGUAGES: tuple[tuple[str, Text], ...] = (
    ("tspl", verbatim("TSPL (TSC, Gprinter, Xprinter)")), ("zpl", verbatim("ZPL (Zebra, Godex, SATO)")),
    ("escpos", verbatim("ESC/POS")),
)  # fmt: skip
DPIS = (
    (203, verbatim("203 dpi (8 / mm)")),
    (300, verbatim("300 dpi (12 / mm)")),
    (600, verbatim("600 dpi")),
    (180, verbatim("180 dpi")),
)
STOCKS = ("60x40", "50x30", "40x30", "70x50", "100x150", "58x40", "86x54")
SENSING: tuple[tuple[str, Text], ...] = (
    ("gap", _("gaps between labels")), ("mark", _("black marks")), ("none", _("endless paper")),
)  # fmt: skip
NUMBERS = ("gap", "head", "offset_x", "offset_y", "darkness", "speed")
WHOLE = ("darkness", "speed")


class PrinterForm(DetailPanel):
    """`saved(device_id)`, `cancelled`."""

    saved = Signal(int)
    cancelled = Signal()

    def __init__(self, context: AppContext, row: DeviceRow | None = None, ports: Sequence[FoundPort] = ()) -> None:
        super().__init__(_("Change the printer") if row else _("Add a printer"))
        self._context, self._row = context, row
        self._ports = {one.address: one for one in ports}
        self.form = Form()
        self._link = Choice(options=[(one, word(one)) for one in LINKS[DeviceKind.PRINTER]], search=False)
        self._address = CodeEdit(most=400, placeholder="192.168.1.50:9100")
        self._found = Choice(
            options=[(one.address, f"{one.words}  {one.path}") for one in ports], empty=_("Type it below")
        )
        self._make()
        self.add_widget(self.form)
        self.save_button = self.add_action(Button(_("Save"), self.save, kind="primary"))
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        self.form.submitted.connect(self.save)
        self._found.changed.connect(self._on_found)
        self._fill()

    def _make(self) -> None:
        add = self.form.add
        add("name", _("Name"), TextEdit(most=80, placeholder=_("Label printer at the counter")), required=True)
        add("link", _("Reached by"), self._link, required=True)
        if self._ports:
            add("found", _("Plugged in now"), self._found)
        hint = _(
            "In the network host:port, a port such as COM3, the identity of a USB printer, a print queue, or a file."
        )
        add("address", _("Port or address"), self._address, hint=hint)
        add("protocol", _("Language"), Choice(options=LANGUAGES, search=False), required=True)
        add("dpi", _("Dots"), Choice(options=DPIS, search=False), required=True)
        papers = [(one, verbatim(one.replace("x", " × ") + " mm")) for one in self._stocks()]
        add("stock", _("Roll that is in it"), Choice(options=papers, empty=_("any"), search=False))
        self.form.add_heading(_("How it prints"))
        hint = _("Print a test label, measure, type how far it must move; to the left and up are negative.")
        add("offset_x", _("Move right"), QtyEdit(unit="mm", negative=True))
        add("offset_y", _("Move down"), QtyEdit(unit="mm", negative=True), hint=hint)
        add("gap", _("Gap between labels"), QtyEdit(unit="mm"))
        add(
            "sensing",
            _("Finds the next label by"),
            Choice(options=SENSING, empty=_("as the printer is set"), search=False),
        )
        add("head", _("Prints how wide"), QtyEdit(unit="mm"), hint=_("Empty: as wide as the label."))
        add("darkness", _("Darkness, 0 to 15"), QtyEdit())
        add("speed", _("Speed, 1 to 14"), QtyEdit())
        add("is_turned", _("Turned"), CheckEdit(_("Print upside down")))
        add("cuts", _("Knife"), CheckEdit(_("Cut after the last label")))
        add("is_shared", _("Used on"), CheckEdit(_("For every PC of this site")))

    def _stocks(self) -> list[str]:
        own = str(self._row.settings.get("stock", "")) if self._row is not None else ""
        return [*STOCKS, *([own] if own and own not in STOCKS else [])]

    def _fill(self) -> None:
        row = self._row
        if row is None:
            self.form.set_values(
                {"link": DeviceLink.TCP, "protocol": "tspl", "dpi": USUAL_DPI, "gap": Decimal(2), "is_shared": True}
            )
            return
        settings = row.settings
        values: dict[str, Any] = {
            "name": row.name, "link": row.link, "address": row.address or None, "protocol": row.protocol,
            "dpi": settings.get("dpi", USUAL_DPI), "stock": settings.get("stock") or None,
            "sensing": settings.get("sensing") or None, "is_turned": settings.get("is_turned", False),
            "cuts": settings.get("cuts", False), "is_shared": not row.station,
        }  # fmt: skip
        for name in NUMBERS:
            values[name] = Decimal(str(settings[name])) if settings.get(name) is not None else None
        self.form.set_values(values)

    def _on_found(self) -> None:
        port = self._ports.get(self._found.value() or "")
        if port is not None:
            self._address.set_value(port.address)
            if port.link in LINKS[DeviceKind.PRINTER]:
                self._link.set_value(port.link)

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
        settings: dict[str, Any] = dict(self._row.settings) if self._row is not None else {}
        for name in NUMBERS:
            settings.pop(name, None)
            if values[name] is not None:
                settings[name] = int(values[name]) if name in WHOLE else float(values[name])
        for name in ("dpi", "stock", "sensing", "is_turned", "cuts"):
            settings.pop(name, None)
            if values[name]:
                settings[name] = values[name]
        station = "" if values["is_shared"] else self._context.office.station
        return DeviceEdit(
            DeviceKind.PRINTER, values["name"], values["link"], values["address"] or "", values["protocol"], settings,
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
