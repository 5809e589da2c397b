"""Photo and files of a record: chosen, pasted, opened, saved, removed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from core import documents
from core.errors import CoreError
from core.i18n import Text, _
from desktop.catalog.parts import column_of, emptied, heading, nothing
from desktop.context import AppContext
from desktop.widgets import Button, FlowLayout, Label, Notice, ui_text

PICTURES = "*.jpg *.jpeg *.png *.webp *.bmp"


class FilesPart(QWidget):
    """The files of one record, with its photo where it has one; `may_change` lets them be added and removed."""

    def __init__(
        self, context: AppContext, owner_kind: str, owner_id: int, *, may_change: bool, has_photo: bool = True
    ) -> None:
        super().__init__()
        self._context, self._kind, self._owner_id, self._may_change = context, owner_kind, owner_id, may_change
        self.rows: list[documents.AttachmentRow] = []
        self._notice = Notice()
        self._notice.hide()
        self._photo = QLabel()
        self._photo.hide()
        self._no_photo = nothing(_("No photo yet."))
        self._files = QWidget()
        self._lines = column_of(self._files)
        self._none = nothing(_("No files yet."))
        self._has_photo = has_photo
        photo = (heading(_("Photo")), self._photo, self._no_photo, *self._photo_buttons()) if has_photo else ()
        files = (heading(_("Files"), *self._file_buttons()), self._none, self._lines)
        outer = column_of(self._notice, *photo, *files)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(outer)
        context.hub.watch(self, ("attachment",), self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask for the files."""
        self._context.ops.ask(
            self, documents.list_attachments, owner_kind=self._kind, owner_id=self._owner_id, then=self._show
        )

    def show_error(self, error: CoreError) -> None:
        """Say on top what went wrong."""
        self._notice.say(error.text)

    def add_file(self, path: str, *, is_photo: bool = False) -> None:
        """Read a file and keep it with the record."""

        def add(content: bytes) -> None:
            self._add(Path(path).name, content, is_photo=is_photo)

        self._context.ops.run(self, lambda: documents.read_file(Path(path)), then=add)

    def paste_photo(self) -> None:
        """The picture on the clipboard becomes the photo."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self._notice.say(_("There is no picture on the clipboard. Copy one, then paste it here."))
        else:
            self._add("photo.png", png_of(image), is_photo=True)

    def save_file(self, attachment_id: int, path: Path) -> None:
        """Write a file where the person wants it."""
        self._get(attachment_id, lambda file: self._write(file, path))

    # --- inside

    def _photo_buttons(self) -> list[QWidget]:
        if not self._may_change:
            return []
        holder = QWidget()
        flow = FlowLayout(holder)
        flow.addWidget(Button(_("Choose a photo"), self._choose_photo, icon_name="photo"))
        flow.addWidget(Button(_("Paste a photo"), self.paste_photo, icon_name="copy"))
        return [holder]

    def _file_buttons(self) -> list[Button]:
        return (
            [Button(_("Attach files"), self._choose_files, icon_name="plus", kind="link")] if self._may_change else []
        )

    def _choose_photo(self) -> None:
        kinds = f"{ui_text(_('Pictures'))} ({PICTURES})"
        path, _kind = QFileDialog.getOpenFileName(self, ui_text(_("Choose a photo")), "", kinds)
        if path:
            self.add_file(path, is_photo=True)

    def _choose_files(self) -> None:
        paths, _kind = QFileDialog.getOpenFileNames(self, ui_text(_("Attach files")))
        for path in paths:
            self.add_file(path)

    def _add(self, name: str, content: bytes, *, is_photo: bool) -> None:
        self._context.ops.do(
            self, documents.add_attachment, owner_kind=self._kind, owner_id=self._owner_id, name=name, content=content,
            is_photo=is_photo, then=lambda _key: self._done(_("Saved.")),
        )  # fmt: skip

    def _done(self, words: Text) -> None:
        self._notice.hide()
        self._context.shell.say(words)
        self.reload()

    def _show(self, rows: list[documents.AttachmentRow]) -> None:
        self.rows = rows
        photo = next((row for row in rows if row.is_photo and self._has_photo), None)
        self._no_photo.setVisible(self._has_photo and photo is None)
        self._photo.setVisible(photo is not None)
        if photo is not None:
            self._get(photo.id, self._show_photo)
        layout = self._lines.layout()
        if layout is not None:
            emptied(layout)
            for row in rows:
                layout.addWidget(self._line(row))
        self._none.setVisible(not rows)

    def _show_photo(self, file: documents.AttachmentFile) -> None:
        picture = QPixmap()
        if picture.loadFromData(file.content):
            self._photo.setPixmap(fitted(picture, 320, 240))
            self._photo.setAccessibleName(file.name)

    def _line(self, row: documents.AttachmentRow) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        picture = QPixmap()
        if row.thumbnail and picture.loadFromData(row.thumbnail):
            label = QLabel()
            label.setPixmap(fitted(picture, 40, 40))
            layout.addWidget(label)
        layout.addWidget(Button(row.name, lambda: self._get(row.id, self._open), icon_name="file", kind="link"))
        layout.addWidget(Label(size_words(row.size), "muted"), 1)
        save = Button(_("Save {name}", name=row.name), lambda: self._ask_where(row), icon_name="save", kind="icon")
        layout.addWidget(save)
        if self._may_change:
            take = Button(
                _("Remove {name}", name=row.name), lambda: self._remove(row.id), icon_name="trash", kind="icon"
            )
            layout.addWidget(take)
        return line

    def _get(self, attachment_id: int, then: Callable[[documents.AttachmentFile], object]) -> None:
        self._context.ops.ask(
            self, documents.get_attachment, attachment_id=attachment_id, then=then, key=("file", attachment_id)
        )

    def _open(self, file: documents.AttachmentFile) -> None:
        path = Path(tempfile.mkdtemp(prefix="steward-")) / file.name
        if self._write(file, path):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _ask_where(self, row: documents.AttachmentRow) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, ui_text(_("Save as")), row.name)
        if path:
            self.save_file(row.id, Path(path))

    def _write(self, file: documents.AttachmentFile, path: Path) -> bool:
        try:
            path.write_bytes(file.content)
        except OSError:
            self._notice.say(
                _("{file} cannot be written. Close it elsewhere, or choose another place.", file=path.name)
            )
            return False
        return True

    def _remove(self, attachment_id: int) -> None:
        self._context.ops.do(
            self, documents.remove_attachment, attachment_id=attachment_id, then=lambda _none: self._done(_("Removed."))
        )


def png_of(image: QImage) -> bytes:
    """A picture as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def fitted(picture: QPixmap, wide: int, high: int) -> QPixmap:
    """A picture made small enough."""
    from PySide6.QtCore import Qt

    if picture.width() <= wide and picture.height() <= high:
        return picture
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture.scaled(wide, high, keep, smooth)


def size_words(size: int) -> str:
    """How large a file is."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, round(size / 1024))} KB"
