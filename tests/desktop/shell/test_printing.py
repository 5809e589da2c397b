"""Paper: preview, handing to a printer, saving; the printer is remembered by kind."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from core import documents
from core.errors import InvalidInput, Refused
from core.i18n import _
from core.words import PaperWay
from desktop.context import Paper
from desktop.ops import Ops
from desktop.printing import PaperSource, PreviewDialog, chosen_last, page_count, page_picture, print_pdf
from desktop.printing import preview as preview_module
from desktop.printing import printer as printer_module
from desktop.printing.memory import shift_of
from desktop.printing.pages import chosen_pages
from desktop.printing.ruler import RulerDialog
from desktop.settings import Settings
from tests.helpers.accessibility import nameless_controls

if TYPE_CHECKING:
    from core.office import Office

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


def make_dialog(qtbot: QtBot, ops: Ops, paper: Paper | None = None) -> PreviewDialog:
    paper = paper or Paper("Receipt", pdf_of((595, 842)), "receipt", "R-1.pdf", "R-1", owner_kind="posting", owner_id=7)
    dialog = PreviewDialog(paper, Settings(), ops)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def printers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Two printers that print into the file answered."""
    target = tmp_path / "out.pdf"

    def make(_name: str, copies: int = 1) -> QPrinter:
        printer = file_printer(target)
        printer.setCopyCount(copies)
        return printer

    monkeypatch.setattr(preview_module, "printer_names", lambda: ["Office", "Slips"])
    monkeypatch.setattr(preview_module, "make_printer", make)
    monkeypatch.setattr(printer_module, "make_printer", make)
    return target


def test_without_a_printer_the_preview_offers_a_file(
    qtbot: QtBot, ops: Ops, office_here: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_module, "printer_names", list)
    dialog = make_dialog(qtbot, ops)
    assert "No printer" in dialog.notice_words
    dialog.save_to(str(tmp_path / "R-1.pdf"))
    assert (tmp_path / "R-1.pdf").read_bytes().startswith(b"%PDF")
    qtbot.waitUntil(lambda: "Saved" in dialog.notice_words)
    row = office_here.ask(documents.list_printed_papers).rows[0]
    assert (row.way, row.printer, row.number) == (PaperWay.FILE, str(tmp_path / "R-1.pdf"), "R-1")
    dialog.save_to(str(tmp_path / "no such folder" / "R-1.pdf"))
    assert "could not be written" in dialog.notice_words
    assert nameless_controls(dialog) == []


def test_printing_remembers_the_printer_of_the_kind_and_keeps_what_was_printed(
    qtbot: QtBot, ops: Ops, office_here: Office, printers: Path
) -> None:
    dialog = make_dialog(qtbot, ops)
    dialog.choices.printers.setCurrentText("Slips")
    dialog.print_paper()
    qtbot.waitUntil(lambda: "sent to the printer" in dialog.notice_words)
    assert page_count(printers.read_bytes()) == 1
    assert make_dialog(qtbot, ops).choices.printer() == "Slips"
    row = office_here.ask(documents.list_printed_papers).rows[0]
    assert (row.title, row.printer, row.owner_kind, row.owner_id) == ("Receipt", "Slips", "posting", 7)
    assert office_here.ask(documents.get_printed_paper, printed_id=row.id).content == dialog._paper.pdf


def test_pages_and_copies_are_printed_as_chosen(qtbot: QtBot, ops: Ops, office_here: Office, printers: Path) -> None:
    dialog = make_dialog(qtbot, ops, Paper("List", pdf_of(*[(595, 842)] * 5), "list"))
    dialog.choices._pages.setText("2-3，5")
    dialog.choices._copies.setValue(2)
    dialog.print_paper()
    qtbot.waitUntil(lambda: "3 pages sent" in dialog.notice_words)
    assert page_count(printers.read_bytes()) == 6, "a printer without copies of its own gets every page twice"
    row = office_here.ask(documents.list_printed_papers).rows[0]
    assert (row.pages, row.copies) == ("2-3，5", 2)
    dialog.choices._pages.setText("6")
    dialog.print_paper()
    assert "This paper has 5" in dialog.notice_words


def test_a_failure_of_the_archive_stops_nothing_but_is_said(
    qtbot: QtBot, ops: Ops, printers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_module, "print_pdf", lambda pdf, printer, report, placing: 1)
    dialog = make_dialog(qtbot, ops, Paper("Odd", pdf_of((595, 842)), "odd"))
    dialog._paper = Paper("Odd", b"no PDF at all", "odd")
    dialog.print_paper()
    dialog.reject()
    qtbot.waitUntil(lambda: "does not stand among" in dialog.notice_words)
    assert "1 page sent to the printer." in dialog.notice_words
    assert dialog.isVisible(), "closed too early, it comes back to tell"


def test_closed_while_printing_it_ends_quietly_and_keeps_what_was_printed(
    qtbot: QtBot, ops: Ops, office_here: Office, printers: Path
) -> None:
    dialog = make_dialog(qtbot, ops)
    dialog.print_paper()
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()
        assert not dialog.isVisible()
    assert office_here.ask(documents.list_printed_papers).total == 1


def slip_in(language: str) -> documents.Paper:
    return documents.Paper(documents.CompanyHead("X"), _("Goods receipt slip"), f"GR-{language}")


def test_language_and_size_are_chosen_in_the_preview_and_remembered_for_the_kind(qtbot: QtBot, ops: Ops) -> None:
    source = PaperSource("slip", "en", slip_in)
    dialog = make_dialog(qtbot, ops, source())
    choices = dialog.choices
    assert (choices.language(), choices.sheet_size()) == ("en", "")
    choices._language.setCurrentIndex(choices._language.findData("both"))
    choices._size.setCurrentIndex(choices._size.findData("A5"))
    choices.changed.emit()
    qtbot.waitUntil(lambda: dialog.windowTitle().endswith("GR-both"))
    size = page_picture(dialog._paper.pdf, 0, 72)
    assert (size.width(), size.height()) == pytest.approx((420, 595), abs=2)
    again = chosen_last(source, Settings())()
    assert (again.language, again.size) == ("both", "A5")
    assert chosen_last(PaperSource("list", "zh", slip_in), Settings())().language == "zh"


def test_a_printer_is_adjusted_by_what_was_measured(qtbot: QtBot, ops: Ops, printers: Path) -> None:
    settings = Settings()
    dialog = RulerDialog("Office", settings, ops)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.print_ruler()
    qtbot.waitUntil(lambda: "on its way" in dialog.notice_words)
    before = first_ink(printers.read_bytes())
    dialog.across.setValue(52.5)
    dialog.down.setValue(48.0)
    dialog.save()
    assert shift_of(settings, "Office") == (-2.5, 2.0)
    assert shift_of(settings, "Slips") == (0.0, 0.0)
    dialog.print_ruler()
    qtbot.waitUntil(lambda: ops.is_idle)
    after = first_ink(printers.read_bytes())
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((-2.5, 2.0), abs=0.2)
    dialog.across.setValue(90.0)
    dialog.save()
    assert "Measure again" in dialog.notice_words
    dialog.reset()
    assert shift_of(settings, "Office") == (0.0, 0.0)
    assert nameless_controls(dialog) == []


def first_ink(pdf: bytes) -> tuple[float, float]:
    """Where the first dark dot stands, in millimetres from the left and from the upper edge."""
    picture = page_picture(pdf, 0, 254)
    dark = [
        (x, y)
        for y in range(picture.height())
        for x in range(picture.width())
        if picture.pixelColor(x, y).lightness() < 90
    ]
    return min(x for x, _y in dark) / 10, min(y for _x, y in dark) / 10


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("", (0, 1, 2, 3)),
        ("2", (1,)),
        (" 1 - 2 , 4 ", (0, 1, 3)),
        ("3-", (2, 3)),
        ("４、１–２", (3, 0, 1)),
        ("1,1", (0,)),
    ],
)
def test_pages_are_understood(words: str, pages: tuple[int, ...]) -> None:
    assert chosen_pages(words, 4) == pages


@pytest.mark.parametrize("words", ["0", "5", "3-2", "x", "1;2", "1-9", ",", "99999999999"])
def test_pages_there_are_not_are_refused(words: str) -> None:
    with pytest.raises(InvalidInput, match="1-3, 5"):
        chosen_pages(words, 4)
