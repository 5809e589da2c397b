"""Every paper the program can print, made of the sample site in Chinese, English and both: readable codes, all pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
import zxingcpp

from core.documents import PAPER_LANGUAGES
from desktop.domains import full_registry

if TYPE_CHECKING:
    from core.office import Office

MAKERS = [maker.id for maker in full_registry().papers]


@pytest.fixture(scope="module")
def sample(sample_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The sample site, only read here."""
    from core.clock import FixedClock
    from core.office import Office
    from tests.helpers.sample_site import SAMPLE_NOW
    from tests.helpers.sites import copy_sqlite

    place = copy_sqlite(sample_template, tmp_path_factory.mktemp("papers") / "sample.steward")
    opened = Office.open(place, station="test", clock=FixedClock(SAMPLE_NOW))
    opened.sign_in_as_system()
    yield opened
    opened.close()


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
@pytest.mark.parametrize("maker_id", MAKERS)
def test_its_number_is_read_from_every_printer_and_it_says_what_it_is(
    sample: Office, maker_id: str, language: str
) -> None:
    maker = next(one for one in full_registry().papers if one.id == maker_id)
    papers = maker.examples(sample, language)
    assert papers
    for paper in papers:
        if paper.source is None:
            continue
        check_pages(paper.pdf, paper.language)
        if paper.source.ask is not None:
            made = paper.source.ask(language)
            assert paper.number == made.number
            assert not made.coded or {paper.number} <= codes_of(paper.pdf, 203) & codes_of(paper.pdf, 300)


def codes_of(pdf: bytes, dpi: int) -> set[str]:
    """The codes on the first page as a printer of this fineness prints it."""
    document = pdfium.PdfDocument(pdf)
    picture = document[0].render(scale=dpi / 72).to_pil()
    document.close()
    return {code.text for code in zxingcpp.read_barcodes(picture)}


def check_pages(pdf: bytes, language: str) -> None:
    document = pdfium.PdfDocument(pdf)
    words = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    document.close()
    for number, page in enumerate(words, start=1):
        if language != "en":
            assert f"第 {number} 页 共 {len(words)} 页" in page
        if language != "zh":
            assert f"Page {number} of {len(words)}" in page
    assert "\ufffd" not in "".join(words)
