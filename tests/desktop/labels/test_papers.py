"""The tour's labels: every ready layout and every stock of sheets, of what there is on the site."""

from __future__ import annotations

from pypdfium2 import PdfDocument

from core import labels
from core.i18n import Language
from core.office import Office
from desktop.labels.papers import example_of, sheet_examples, template_examples

CODES = list(labels.ready_layouts())


def test_every_layout_is_a_paper_in_its_true_size(sample_office: Office) -> None:
    papers = template_examples(sample_office, "zh")
    assert [paper.number for paper in papers] == CODES
    for paper in papers:
        document = PdfDocument(paper.pdf)
        width, height = document[0].get_size()
        layout = labels.load_layout(paper.number)
        document.close()
        assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (round(layout.width), round(layout.height))


def test_in_english_stand_those_that_look_otherwise(sample_office: Office) -> None:
    papers = template_examples(sample_office, "en")
    assert 0 < len(papers) <= len(CODES)
    chinese = {paper.number: paper.pdf for paper in template_examples(sample_office, "zh")}
    assert all(paper.pdf != chinese[paper.number] for paper in papers)


def test_labels_show_what_the_site_has_and_samples_of_the_rest(sample_office: Office) -> None:
    language: Language = "en"
    shelf = example_of(sample_office, labels.load_layout("shelf-60x40"), language)
    assert shelf.id > 0
    assert shelf.fields["unit_price"]
    assert example_of(sample_office, labels.load_layout("prep-60x40"), language).fields["use_by"]
    assert example_of(sample_office, labels.load_layout("asset-50x30"), language).code == "SAMPLE"


def test_every_stock_of_sheets_is_filled_from_the_label_it_was_begun_at(sample_office: Office) -> None:
    papers = sheet_examples(sample_office, "zh")
    assert [paper.number for paper in papers] == [sheet.code for sheet in labels.SHEETS]
    for paper in papers:
        document = PdfDocument(paper.pdf)
        assert len(document) == 1
        document.close()
