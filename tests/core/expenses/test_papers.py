"""The slip of a claim on paper."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdfium2 import PdfDocument

from core import documents, expenses
from core.documents import Paper
from core.expenses import NewReceipt
from core.office import Office
from tests.core.expenses.helping import claim, line, picture


def pages_of(paper: Paper, language: str) -> list[str]:
    document = PdfDocument(documents.render_pdf(paper, language))
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize(("language", "said"), [("zh", "柒拾元伍角整"), ("en", "Seventy and 50/100 CNY")])
def test_the_slip_says_the_sum_in_words_and_shows_the_receipts(office: Office, language: str, said: str) -> None:
    pdf = NewReceipt("invoice.pdf", b"%PDF-1.4 not looked into")
    made = claim(office, line(receipts=(picture(), pdf)), line(amount="12.50", receipts=(picture((9, 9, 9)),)))
    paper = office.ask(expenses.get_expense_paper, expense_id=made.expense_id, language=language)
    pages = pages_of(paper, language)
    assert len(pages) == 2
    assert said in pages[0] and made.number in pages[0] and "invoice.pdf" in pages[0] and "70.50" in pages[0]
    assert ("2 / 2" if language == "zh" else "Line 2 of 2") in pages[1]
    assert len(paper.pictures) == 2


def test_a_small_claim_without_pictures_is_half_a_page_and_a_draft_says_so(office: Office) -> None:
    made = claim(office, line(receipts=()), is_submitted=False)
    paper = office.ask(expenses.get_expense_paper, expense_id=made.expense_id, has_pictures=False)
    assert (paper.size, paper.landscape, paper.pictures) == ("A5", True, ())
    (page,) = pages_of(paper, "both")
    assert "草稿" in page and "Draft" in page


def test_a_receipt_that_is_a_pdf_stands_on_the_slip_page_by_page(office: Office) -> None:
    two, six = (NewReceipt(f"{n}.pdf", pdf_of(n)) for n in (2, 6))
    made = claim(office, line(receipts=(two, six)))
    paper = office.ask(expenses.get_expense_paper, expense_id=made.expense_id, language="en")
    titles = [one.title.render("en") for one in paper.pictures]  # type: ignore[union-attr]
    assert len(titles) == 2 + 4
    assert titles[1].endswith(", page 2 of 2") and titles[-1].endswith(", page 4 of 6")
    pages = pages_of(paper, "en")
    assert "6.pdf" in pages[0] and "2.pdf" not in pages[0]
    assert all("cannot be shown" not in page for page in pages)


def pdf_of(pages: int) -> bytes:
    document = PdfDocument.new()
    for _number in range(pages):
        document.new_page(226, 400)
    target = BytesIO()
    document.save(target)
    return target.getvalue()
