"""What is printed is read back first (LB-3): a symbol that says something else stops the job."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import labels
from core.errors import Refused
from core.labels import LabelPage, Symbol
from core.labels.steps import code_marks, reading
from core.labels.steps.symbols import Modules, modules_of
from tests.core.labels.samples import EAN, code, content_of, drawn, layout_of, words


@pytest.fixture
def sabotaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A maker of barcodes that always makes another one than it should."""
    others = {EAN: "4006381333931", "AB-12": "AB-13", "(01)06901234567892(10)AB": "(01)06901234567892(10)AC"}

    def wrong(text: str, symbology: str) -> Modules:
        return modules_of(others[text], symbology)

    monkeypatch.setattr(code_marks, "modules_of", wrong)


@pytest.mark.usefixtures("sabotaged")
@pytest.mark.parametrize(
    ("symbology", "text", "read"),
    (
        ("ean13", EAN, "4006381333931"),
        ("code128", "AB-12", "AB-13"),
        ("qr", "AB-12", "AB-13"),
        ("datamatrix", "AB-12", "AB-13"),
        ("gs1-128", "(01)06901234567892(10)AB", "010690123456789210AC"),
        ("gs1-datamatrix", "(01)06901234567892(10)AB", "010690123456789210AC"),
    ),
)
def test_a_symbol_with_other_words_stops_the_job(symbology: str, text: str, read: str) -> None:
    page = drawn(code(symbology=symbology), barcode=text)
    (wrong,) = labels.read_back(page)
    assert wrong.read == read
    assert text in wrong.text.render("zh")
    with pytest.raises(Refused) as fault:
        labels.check_pages([drawn(words(), name="牛奶"), page])
    assert fault.value.row == 2
    assert read in str(fault.value)


def test_a_symbol_under_other_ink_stops_the_job() -> None:
    covered = layout_of(code(symbology="ean13"), words("{name}", x=12, y=15, width=36, height=18, inverse=True))
    page = labels.draw(covered, content_of(barcode=EAN, name="盖住"), 203)
    (wrong,) = labels.read_back(page)
    assert wrong.read == ""
    with pytest.raises(Refused, match="cannot be read"):
        labels.check_pages([page])


def test_dots_that_were_changed_after_drawing_stop_the_job() -> None:
    page = drawn(code(symbology="datamatrix"), barcode="AB-12")
    blank = replace(page, bits=bytes(len(page.bits)))
    assert [wrong.read for wrong in labels.read_back(blank)] == [""]


def test_a_gs1_code_without_its_first_sign_is_no_gs1_code() -> None:
    page = drawn(code(symbology="code128"), barcode="010690123456789210AB")
    told = replace(page.symbols[0], symbology="gs1-128", text="(01)06901234567892(10)AB")
    assert len(labels.read_back(replace(page, symbols=(told,)))) == 1


def test_each_distinct_symbol_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Symbol] = []
    compared = reading._compared

    def counted(symbol: Symbol, dots: bytes) -> labels.Mismatch | None:
        asked.append(symbol)
        return compared(symbol, dots)

    monkeypatch.setattr(reading, "_compared", counted)
    pages: list[LabelPage] = [drawn(code(symbology="ean13"), barcode=EAN) for _number in range(30)]
    labels.check_pages([*pages, drawn(code(symbology="ean13"), barcode="4006381333931")])
    assert [symbol.text for symbol in asked] == [EAN, "4006381333931"]


def test_a_blocking_trouble_stops_the_job_and_a_warning_does_not() -> None:
    required = layout_of(words(), required=("price",))
    with pytest.raises(Refused, match="must stand"):
        labels.check_pages([labels.draw(required, content_of(name="牛奶"), 203)])
    advised = layout_of(words(), advised=("price",))
    page = labels.draw(advised, content_of(name="牛奶"), 203)
    labels.check_pages([page])
    assert [trouble.word for trouble in page.troubles] == ["missing_field"]


def test_marks_are_read_where_no_dots_were_drawn() -> None:
    page = labels.arrange(layout_of(code(symbology="ean13")), content_of(barcode=EAN), 600)
    assert page.bits == b""
    assert labels.read_back(page) == []
