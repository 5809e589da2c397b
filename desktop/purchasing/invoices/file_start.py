"""Which file an invoice is read from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core.i18n import _
from desktop.widgets import ui_text


def ask_invoice_file(owner: QWidget, chosen: Callable[[Path], object]) -> None:
    """Let the person choose a file with an invoice; `chosen(path)` gets it."""
    kinds = f"{ui_text(_('Invoices'))} (*.xlsx *.csv *.xml)"
    asked = QFileDialog(owner, ui_text(_("Invoice from a file")), "", kinds)
    asked.setFileMode(QFileDialog.FileMode.ExistingFile)
    asked.fileSelected.connect(lambda name: chosen(Path(name)))
    asked.open()
