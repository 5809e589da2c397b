"""A supplier's shipping notice from a file: chosen, taken in, and said what it changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core import purchasing
from core.errors import CoreError, InvalidInput
from core.i18n import Text, _, _n, join
from core.purchasing import NoticeTaken
from desktop.context import AppContext
from desktop.widgets import ui_text

KINDS = "CSV, XML (*.csv *.xml *.txt)"
MOST_BYTES = 10_000_000
MOST_REMARKS = 6


def import_notice(context: AppContext, owner: QWidget, order_id: int | None = None) -> None:
    """Ask for the file, then take it in. `order_id` when the notice belongs to the order on show."""
    asked = QFileDialog(owner, ui_text(_("Shipping notice")), "", KINDS)
    asked.setFileMode(QFileDialog.FileMode.ExistingFile)
    asked.fileSelected.connect(lambda name: take_notice(context, owner, Path(name), order_id))
    asked.open()


def take_notice(context: AppContext, owner: QWidget, path: Path, order_id: int | None = None) -> None:
    """Read a notice beside the window and send it."""

    def send(content: bytes) -> None:
        context.ops.do(
            owner, purchasing.import_shipping_notice, content=content, order_id=order_id,
            then=lambda taken: context.shell.say(told(taken)), failed=failed,
        )  # fmt: skip

    def failed(error: CoreError) -> None:
        context.shell.show_error(error.text)

    context.ops.run(owner, lambda: _read(path), then=send, failed=failed)


def told(taken: NoticeTaken) -> Text:
    """What a notice changed, and what to look at."""
    numbers = ", ".join(number for _id, number in taken.orders)
    words = _n(
        "{n} line of {numbers} is on its way.", "{n} lines of {numbers} are on their way.", taken.lines, numbers=numbers
    )
    return join([words, *taken.remarks[:MOST_REMARKS]], " ")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InvalidInput(_("The file is larger than 10 MB. An electronic document is far smaller."))
        return path.read_bytes()
    except OSError as fault:
        raise InvalidInput(
            _("The file {file} cannot be read: {why}.", file=path.name, why=fault.strerror or fault), field="file"
        ) from fault
