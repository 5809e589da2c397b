"""The site's logo for the head of papers: chosen from a file, shown, taken off."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from core import documents
from core.documents import SITE, SITE_ID, AttachmentRow
from core.errors import CoreError
from core.i18n import _
from desktop.context import AppContext
from desktop.widgets import Button, Label, Notice, ui_text

PICTURES = "*.png *.jpg *.jpeg *.webp *.bmp"


class LogoPart(QWidget):
    """The picture and its two buttons; each takes effect at once."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._row: AttachmentRow | None = None
        self._picture = QLabel()
        self._picture.setAccessibleName(ui_text(_("Logo")))
        self._none = Label(_("No logo yet."), "muted")
        self._notice = Notice()
        self._notice.hide()
        self._remove = Button(_("Remove"), self.remove, kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part in (
            self._picture,
            self._none,
            Button(_("Choose a logo"), self._choose, icon_name="photo"),
            self._remove,
        ):
            row.addWidget(part)
        row.addWidget(self._notice, 1)
        row.addStretch(1)
        self._show([])
        context.hub.watch(self, ["attachment"], self.reload)

    def reload(self) -> None:
        """Ask for the logo."""
        self._context.ops.ask(
            self, documents.list_attachments, owner_kind=SITE, owner_id=SITE_ID, then=self._show, failed=self.show_error
        )

    def show_error(self, error: CoreError) -> None:
        """Say beside the logo what went wrong."""
        self._notice.say(error.text)

    def take_file(self, path: str) -> None:
        """Read a picture; it becomes the logo in place of the one before."""
        name = Path(path).name
        self._context.ops.run(
            self, lambda: documents.read_file(Path(path)), then=lambda content: self._store(name, content)
        )

    def remove(self) -> None:
        """Print papers without a logo from now on."""
        if self._row is not None:
            self._context.ops.do(
                self, documents.remove_attachment, attachment_id=self._row.id, then=lambda _done: self.reload()
            )

    def _choose(self) -> None:
        asked = QFileDialog(self, ui_text(_("Choose a logo")), "", f"{ui_text(_('Pictures'))} ({PICTURES})")
        asked.setFileMode(QFileDialog.FileMode.ExistingFile)
        asked.fileSelected.connect(self.take_file)
        asked.open()

    def _store(self, name: str, content: bytes) -> None:
        old = self._row
        self._context.ops.do(
            self, documents.add_attachment, owner_kind=SITE, owner_id=SITE_ID, name=name, content=content,
            is_photo=True, then=lambda _key: self._stored(old),
        )  # fmt: skip

    def _stored(self, old: AttachmentRow | None) -> None:
        self._notice.hide()
        if old is not None:
            self._context.ops.do(self, documents.remove_attachment, attachment_id=old.id)
        self.reload()

    def _show(self, rows: list[AttachmentRow]) -> None:
        self._row = next((row for row in rows if row.is_photo), None)
        picture = QPixmap()
        if self._row is not None and self._row.thumbnail is not None:
            picture.loadFromData(self._row.thumbnail)
        self._picture.setPixmap(picture)
        has_logo = self._row is not None
        self._picture.setVisible(has_logo)
        self._remove.setVisible(has_logo)
        self._none.setVisible(not has_logo)
