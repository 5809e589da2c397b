"""The pack and the workbook of a month: what they say is what the review says, and the workbook reckons it again."""

from __future__ import annotations

import io
from decimal import Decimal as D

import pypdfium2
import pytest

from core import costing
from core.clock import FixedClock
from core.costing import Against
from core.documents import NewPage, PaperTable, Tiles, Waterfall, render_pdf
from core.errors import InvalidInput, NotAllowed
from core.office import Office
from tests.core.costing.books import MARCH, busy_month, close
from tests.helpers.formulas import Book


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_pack_of_a_closed_month_carries_its_figures_and_the_hashes(
    office: Office, clock: FixedClock, language: str
) -> None:
    busy_month(office)
    clock.advance(days=40)
    card = office.ask(costing.get_closing, closing_id=close(office))
    review = office.ask(costing.get_month_review, month=MARCH)
    paper = office.ask(costing.get_month_pack, month=MARCH, language=language)
    assert (paper.number, paper.stamp) == (card.number, None)
    chart = next(block for block in paper.body if isinstance(block, Waterfall))
    assert chart.start.value + sum((step.value for step in chart.steps), D(0)) == chart.end.value == review.bridge.end
    assert next(block for block in paper.body if isinstance(block, Tiles)).tiles[0].value == review.bridge.end
    assert sum(isinstance(block, NewPage) for block in paper.body) == 2
    words = words_of(render_pdf(paper, language))
    assert card.rows_hash in words
    assert card.ledger_hash in words
    assert MARCH in words
    assert [place.name for place in paper.signatures][1] == card.closed_by


def test_the_pack_of_an_open_month_is_provisional_and_an_empty_one_can_be_made(
    office: Office, clock: FixedClock
) -> None:
    paper = office.ask(costing.get_month_pack, month=MARCH, language="en")
    assert str(paper.stamp) == "Provisional"
    assert "Not closed" in words_of(render_pdf(paper, "en")) or "Running" in words_of(render_pdf(paper, "en"))
    busy_month(office)
    clock.advance(days=40)
    paper = office.ask(costing.get_month_pack, month=MARCH, language="en", against=Against.LAST_YEAR)
    text = words_of(render_pdf(paper, "en"))
    assert "Provisional" in text
    assert "Nothing is signed yet" in text
    tables = [block for block in paper.body if isinstance(block, PaperTable)]
    assert all(len(line.cells) in (1, len(table.columns)) for table in tables for line in table.lines)
    with pytest.raises(InvalidInput):
        office.ask(costing.get_month_pack, month="2026-3x", language="en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_formula_of_the_workbook_comes_to_what_it_says(office: Office, clock: FixedClock, language: str) -> None:
    busy_month(office)
    clock.advance(days=40)
    review = office.ask(costing.get_month_review, month=MARCH)
    book = Book(office.ask(costing.get_month_book, month=MARCH, language=language))
    formulas = book.formulas()
    assert len(formulas) > 60
    for sheet, cell in formulas:
        reckoned, stored = book.cell(sheet, cell), book.stored(sheet, cell)
        if isinstance(reckoned, D):
            assert abs(reckoned - D(str(stored))) < D("0.000000001"), (sheet, cell)
        else:
            assert (reckoned or None) == (stored or None), (sheet, cell)
    figures = book.sheets[0]
    assert book.cell(figures, "B10") == review.bridge.end
    assert book.cell(figures, "B11") == 0
    assert book.cell(figures, "B9") == review.review.total.value("closing")


def test_the_workbook_of_an_empty_month_opens(office: Office) -> None:
    book = Book(office.ask(costing.get_month_book, month=MARCH, language="zh"))
    assert len(book.sheets) >= 10
    for sheet, cell in book.formulas():
        assert book.cell(sheet, cell) in (0, "", None)


def test_the_pack_is_for_who_may_see_costs(office: Office) -> None:
    office.sign_out()
    for query in (costing.get_month_pack, costing.get_month_book):
        with pytest.raises(NotAllowed):
            office.ask(query, month=MARCH, language="zh")
