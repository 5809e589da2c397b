"""The label for trying a printer out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import labels
from core.devices import LabelPrinterSimulator, PrinterWord, open_link
from core.errors import InvalidInput
from core.labels import read_back
from core.labels.sending.trial import trial_layout


@pytest.mark.parametrize("language", ["tspl", "zpl", "escpos"])
def test_a_test_label_comes_out_and_the_printer_says_how_it_stands(language: str) -> None:
    with LabelPrinterSimulator(language) as printer:
        status = labels.send_test_label(printer.device)
        assert printer.wait_for(1)
        assert status.word in (PrinterWord.READY, PrinterWord.PRINTING)


@pytest.mark.parametrize("stock", ["", "60x40", "40x30", "100x150", "58x200", "3x3", "rubbish"])
@pytest.mark.parametrize("dpi", [203, 300])
def test_it_fits_every_paper_and_its_code_reads(stock: str, dpi: int) -> None:
    fields = {"name": "标签打印机 1 测试", "set": "TSPL · 203 dpi · 60 × 40 mm", "code": "STEWARD-1"}
    page = labels.draw(trial_layout(stock), labels.LabelContent("item", 0, "T", fields), dpi)
    assert page.is_printable and read_back(page) == [] and len(page.symbols) == 1


def test_a_printer_without_a_language_is_refused() -> None:
    with LabelPrinterSimulator("zpl") as printer, pytest.raises(InvalidInput):
        labels.send_test_label(replace(printer.device, protocol=""))


def test_a_printer_that_never_answers_may_be_set_so() -> None:
    with LabelPrinterSimulator("tspl") as printer:
        link = open_link(replace(printer.device, settings={"answers": False}))
        assert not link.answers
        link.close()
