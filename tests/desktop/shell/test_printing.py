"""Paper: preview, handing to a printer, saving; the printer is remembered by kind."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from core.errors import Refused
from desktop.context import Paper
from desktop.ops import Ops
from desktop.printing import PreviewDialog, page_count, page_picture, print_pdf
from desktop.printing import preview as preview_module
from desktop.settings import Settings
from tests.helpers.accessibility import nameless_controls

A5_LANDSCAPE = (595, 420)


def pdf_of(*sizes: tuple[int, int]) -> bytes:
    """A PDF with one line a page, made without any template."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=sizes[0])
    for number, size in enumerate(sizes):
        canvas.setPageSize(size)
        canvas.drawString(40, 40, f"page {number}")
        canvas.rect(0, 0, size[0] / 2, size[1] / 2, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def file_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_pages_are_printed_at_their_true_size(qapp: object, tmp_path: Path) -> None:
    shares: list[float] = []
    target = tmp_path / "out.pdf"
    count = print_pdf(
        pdf_of((595, 842), A5_LANDSCAPE), file_printer(target), lambda share, _words: shares.append(share)
    )
    assert count == 2
    assert shares == [0.5, 1.0]
    printed = target.read_bytes()
    assert page_count(printed) == 2
    first, second = page_picture(printed, 0, 72), page_picture(printed, 1, 72)
    assert (first.width(), first.height()) == pytest.approx((595, 842), abs=2)
    assert (second.width(), second.height()) == pytest.approx(A5_LANDSCAPE, abs=2)
    assert first.pixelColor(100, 800).lightness() < 30, "what is black below left stays black below left"
    assert first.pixelColor(500, 100).lightness() > 240


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_a_sentence(qapp: object, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="takes no job"):
        print_pdf(pdf_of((595, 842)), file_printer(tmp_path / "no such folder" / "out.pdf"))


def make_dialog(qtbot: QtBot, ops: Ops) -> PreviewDialog:
    dialog = PreviewDialog(Paper("Receipt", pdf_of((595, 842)), "receipt", "R-1.pdf"), Settings(), ops)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_without_a_printer_the_preview_offers_a_file(
    qtbot: QtBot, ops: Ops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_module, "printer_names", list)
    dialog = make_dialog(qtbot, ops)
    assert "No printer" in dialog.notice_words
    dialog.save_to(str(tmp_path / "R-1.pdf"))
    assert (tmp_path / "R-1.pdf").read_bytes().startswith(b"%PDF")
    assert "Saved" in dialog.notice_words
    dialog.save_to(str(tmp_path / "no such folder" / "R-1.pdf"))
    assert "could not be written" in dialog.notice_words
    assert nameless_controls(dialog) == []


def test_printing_remembers_the_printer_of_the_kind(
    qtbot: QtBot, ops: Ops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.pdf"
    monkeypatch.setattr(preview_module, "printer_names", lambda: ["Office", "Slips"])
    monkeypatch.setattr(preview_module, "make_printer", lambda _name, _copies: file_printer(target))
    dialog = make_dialog(qtbot, ops)
    dialog._printers.setCurrentText("Slips")
    dialog.print_paper()
    qtbot.waitUntil(lambda: "sent to the printer" in dialog.notice_words)
    assert page_count(target.read_bytes()) == 1
    assert make_dialog(qtbot, ops)._printers.currentText() == "Slips"
