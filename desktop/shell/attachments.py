"""Files that belong to a record: chosen before it is made, added and shown afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core import documents
from core.errors import CoreError
from core.i18n import _, _n
from desktop.context import AppContext
from desktop.widgets import Button, FlowLayout, Label, ui_text


def ask_files(owner: QWidget) -> list[str]:
    """Let the person choose files."""
    paths, _kind = QFileDialog.getOpenFileNames(owner, ui_text(_("Attach files")))
    return paths


def attach_file(
    context: AppContext, owner: QWidget, of: tuple[str, int], path: str, failed: Callable[[CoreError], object]
) -> None:
    """Read a file and add it to a record, by its kind and id."""

    def add(content: bytes) -> None:
        context.ops.do(
            owner, documents.add_attachment, owner_kind=of[0], owner_id=of[1], name=Path(path).name,
            content=content, failed=failed,
        )  # fmt: skip

    context.ops.run(owner, lambda: documents.read_file(Path(path)), then=add, failed=failed)


class FilesToCome(QWidget):
    """A button that gathers files for what is about to be posted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []
        self._add = Button(_("Attach"), self._choose, icon_name="attachment")
        self._drop = Button(_("Remove the files"), self.clear, icon_name="close", kind="icon")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._add)
        row.addWidget(self._drop)
        self._say()

    def add(self, paths: list[str]) -> None:
        """More files."""
        self.paths += [path for path in paths if path not in self.paths]
        self._say()

    def clear(self) -> None:
        """None."""
        self.paths = []
        self._say()

    def _choose(self) -> None:
        self.add(ask_files(self))

    def _say(self) -> None:
        count = len(self.paths)
        self._add.set_words(_n("{n} file", "{n} files", count) if count else _("Attach"))
        self._drop.setVisible(bool(count))
        self.changed.emit()


class FilesOf(QWidget):
    """The files of a record as thumbnails with names; a click opens one."""

    def __init__(self, context: AppContext, owner_kind: str, owner_id: int, *, may_add: bool) -> None:
        super().__init__()
        self._context, self._of = context, (owner_kind, owner_id)
        self._flow = FlowLayout(spacing=12)
        self._nothing = Label(_("No files yet."), "muted")
        files = QWidget()
        files.setLayout(self._flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._nothing)
        column.addWidget(files)
        if may_add:
            column.addWidget(Button(_("Attach"), self._choose, icon_name="attachment"))
        self.reload()

    def reload(self) -> None:
        """Ask for the files."""
        self._context.ops.ask(
            self, documents.list_attachments, owner_kind=self._of[0], owner_id=self._of[1], then=self._show
        )

    def _choose(self) -> None:
        def failed(error: CoreError) -> None:
            self._context.shell.show_error(error.text)

        for path in ask_files(self):
            attach_file(self._context, self, self._of, path, failed)

    def _show(self, rows: list[documents.AttachmentRow]) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._nothing.setVisible(not rows)
        for row in rows:
            self._flow.addWidget(self._file(row))

    def _file(self, row: documents.AttachmentRow) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        picture = QPixmap()
        if row.thumbnail and picture.loadFromData(row.thumbnail):
            label = QLabel()
            label.setPixmap(picture)
            label.setAccessibleName(row.name)
            column.addWidget(label)
        column.addWidget(Button(row.name, lambda: self._open(row.id), icon_name="file", kind="link"))
        return cell

    def _open(self, attachment_id: int) -> None:
        self._context.ops.ask(self, documents.get_attachment, attachment_id=attachment_id, then=self._save_and_open)

    def _save_and_open(self, file: documents.AttachmentFile) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, ui_text(_("Save the file")), file.name)
        if path:
            Path(path).write_bytes(file.content)
            QDesktopServices.openUrl(QUrl.fromLocalFile(path))
