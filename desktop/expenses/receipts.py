"""Receipts on screen: small pictures side by side, and one of them large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QWidget

from core import documents, expenses
from core.errors import CoreError
from core.expenses import NewReceipt, ReceiptRow
from core.i18n import _, verbatim
from desktop.context import AppContext
from desktop.widgets import Button, DetailPanel, FlowLayout, PdfView, ui_text

THUMB, LOW_THUMB = 72, 44
NAMES = "*.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff *.pdf *.ofd *.xml"


def ask_receipts(owner: QWidget) -> list[str]:
    """Let the person choose pictures or PDF files."""
    kinds = f"{ui_text(_('Pictures and PDF files'))} ({NAMES});;{ui_text(_('All files'))} (*)"
    paths, _kind = QFileDialog.getOpenFileNames(owner, ui_text(_("Add receipts")), "", kinds)
    return paths


class Thumbs(QWidget):
    """`opened(one)` when a receipt is to be seen, `removed(one)` when it goes (only where `may_remove`)."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, *, may_remove: bool = False) -> None:
        super().__init__()
        self._may_remove = may_remove
        self._size = LOW_THUMB if may_remove else THUMB  # while typing the lines need the room
        self._flow = FlowLayout(spacing=8)
        self.setLayout(self._flow)

    def show_receipts(self, receipts: Sequence[ReceiptRow | NewReceipt]) -> None:
        """These, in order."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in receipts:
            self._flow.addWidget(self._cell(one))
        self.setVisible(bool(receipts))

    def _cell(self, one: ReceiptRow | NewReceipt) -> QWidget:
        cell = QWidget()
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        see = Button(verbatim(one.name), partial(self.opened.emit, one), icon_name="file", kind="icon")
        picture = _small(one, self._size)
        if picture is not None:
            see.setIcon(QIcon(picture))
        see.setIconSize(QSize(self._size, self._size))
        see.setFixedSize(self._size + 4, self._size + 4)
        see.setToolTip(one.name)
        row.addWidget(see)
        if self._may_remove:
            drop = Button(
                _("Remove {name}", name=one.name), partial(self.removed.emit, one), icon_name="close", kind="icon"
            )
            row.addWidget(drop)
        return cell


def _small(one: ReceiptRow | NewReceipt, size: int) -> QPixmap | None:
    content = one.content if isinstance(one, NewReceipt) else one.thumbnail
    picture = QPixmap()
    if not content or not picture.loadFromData(content):
        return None
    return picture.scaled(size, size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


class ReceiptPanel(DetailPanel):
    """One receipt, as large as the panel is wide. `back` returns to the claim."""

    back = Signal()

    def __init__(self, context: AppContext, receipt: ReceiptRow, where: str) -> None:
        super().__init__(verbatim(receipt.name), where)
        self._context, self._receipt = context, receipt
        self._file: documents.AttachmentFile | None = None
        self._back = self.add_action(Button(_("Back to the claim"), self.back.emit, icon_name="undo", key="Esc"))
        self.add_action(Button(_("Save the file"), self.save, icon_name="save"))
        context.ops.ask(self, expenses.get_receipt, receipt_id=receipt.id, then=self._on_file)

    def begin(self) -> None:
        """The keyboard goes to the way back."""
        self._back.setFocus()

    def _on_file(self, file: documents.AttachmentFile) -> None:
        self._file = file
        picture = QPixmap()
        if file.media_type == "application/pdf":
            view = PdfView()
            view.setMinimumHeight(520)
            self.add_widget(view)
            view.show_pdf(file.content)
        elif picture.loadFromData(file.content):
            self.add_widget(Wide(picture, file.name))

    def save(self) -> None:
        """Keep the file on the disk, and open it."""
        if self._file is None:
            return
        path, _kind = QFileDialog.getSaveFileName(self, ui_text(_("Save the file")), self._file.name)
        if path:
            Path(path).write_bytes(self._file.content)
            QDesktopServices.openUrl(QUrl.fromLocalFile(path))


class Wide(QLabel):
    """A picture as wide as there is room, whole."""

    def __init__(self, picture: QPixmap, name: str) -> None:
        super().__init__()
        self._whole = picture
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = min(event.size().width(), self._whole.width())
        if self.pixmap().width() != wide:
            shown = self._whole.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
            self.setPixmap(shown)
            self.setFixedHeight(shown.height())


def read_receipts(
    context: AppContext, owner: QWidget, paths: Sequence[str], then: Callable[[list[NewReceipt]], object],
    failed: Callable[[CoreError], object],
) -> None:  # fmt: skip
    """Read files beside the window."""

    def read() -> list[NewReceipt]:
        return [NewReceipt(Path(path).name, documents.read_file(Path(path))) for path in paths]

    context.ops.run(owner, read, then=then, failed=failed)
