"""The waste screen as a page, and over the whole screen for a touch display."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.devices import Scan
from core.errors import CoreError
from core.i18n import _
from desktop.context import AppContext
from desktop.stock.entry.waste_pad import WastePad
from desktop.widgets import Button, KeyHint, Label, PageBase, Words, ui_text

LOW_PAGE = 500


class WastePage(PageBase):
    """Waste in four steps. Reached by W from anywhere; Esc goes back where the person was."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("Waste"), _("What was lost, how much, and why"))
        self.context = context
        self.start_loading()
        self.pad = WastePad(context)
        self.set_content(self.pad)
        self.pad.loaded.connect(self._on_loaded)
        self.head.add_button(Button(_("Full screen"), self.show_kiosk, icon_name="fit-width"))
        self.head.add_button(Button(_("Evening sheet"), self._open_sheet, icon_name="edit"))
        self.pad.add_way(Button(_("Full screen"), self.show_kiosk, icon_name="fit-width", kind="quiet"))
        self.pad.add_way(Button(_("Evening sheet"), self._open_sheet, icon_name="edit", kind="quiet"))
        self._kiosk: WasteKiosk | None = None
        context.hub.watch(self, ("stock", "waste_reason"), self.pad.reload)

    def reload(self) -> None:
        """Ask again for today's waste; what is typed stays."""
        self.pad.reload()

    def primary(self) -> None:
        """F2: the next item."""
        self.pad.start()

    def focus_search(self) -> None:
        """F3: the search field."""
        self.pad.start()

    def post(self) -> None:
        """F9: post what stands here."""
        self.pad.post()

    def scan(self, scan: Scan) -> bool:
        """A scan from anywhere."""
        return self.pad.scan(scan)

    def take_code(self, code: str, lot: str = "", place_id: int | None = None) -> None:
        """Begin with the item of a code that another page hands over."""
        self.pad.take_code(code, lot, place_id)

    def subject_item(self) -> tuple[int, str] | None:
        """The item that is being wasted."""
        goods = self.pad.item.goods
        return None if goods is None else (goods.id, goods.title(self.context.language))

    def has_unsaved(self) -> bool:
        """An item that is chosen and not posted."""
        return self.pad.item.goods is not None

    def escape(self) -> bool:
        """Esc: leave the item, then the panel, then the page."""
        return self.pad.escape() or super().escape()

    def show_error(self, error: CoreError | Words) -> None:
        """The screen stays; the sentence stands over it."""
        if isinstance(error, CoreError):
            self.show_content()
            self.pad.show_error(error)

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Ctrl+1", _("Choose a tile (Ctrl+1 to Ctrl+9)")),
            KeyHint("1", _("Amount, then the digit of the reason: 23 is 2 for reason 3")),
            KeyHint("Space", _("The amount is complete; the next digit is the reason")),
            KeyHint("Enter", _("Post")),
        )

    def show_kiosk(self) -> None:
        """The same over the whole screen."""
        self._kiosk = WasteKiosk(self.context)
        self._kiosk.showFullScreen()
        self._kiosk.pad.start()

    def _open_sheet(self) -> None:
        self.context.shell.go("stock.waste_sheet")

    def _on_loaded(self) -> None:
        self.show_content()
        self.pad.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the head gives way: its title stands in the top bar, its buttons in the foot."""
        super().resizeEvent(event)
        is_low = event.size().height() < LOW_PAGE
        self.head.setVisible(not is_low)
        self.pad.show_ways(is_low)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self.pad.is_loaded() and self.pad.item.goods is None:
            self.pad.start()


class WasteKiosk(QWidget):
    """A window of its own without anything else to touch; Esc twice or the button leaves it."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(ui_text(_("Waste")))
        self.pad = WastePad(context)
        context.hub.watch(self, ("stock", "waste_reason"), self.pad.reload)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.addWidget(Label(_("Waste"), "title"))
        head.addStretch(1)
        head.addWidget(Button(_("Leave full screen"), self.close, icon_name="close"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.pad, 1)

    def show_error(self, error: CoreError) -> None:
        """Said over the screen."""
        self.pad.show_error(error)

    def scan(self, scan: Scan) -> bool:
        """A scan while this window is on show."""
        return self.pad.scan(scan)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.pad.escape():
            self.close()
            return
        super().keyPressEvent(event)


__all__ = ["WasteKiosk", "WastePage"]
