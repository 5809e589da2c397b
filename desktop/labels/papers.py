"""Every layout as a label, and every stock of sheets full of labels, made of what there is on the site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core import catalog, identity, labels, stock
from core.catalog import ItemFilter
from core.i18n import Language
from core.labels import SHEETS, LabelContent, Layout, Life, Sheet
from desktop.context import Paper
from desktop.labels.sheets import KIND

if TYPE_CHECKING:
    from core.office import Office

DPI = 300
BEGUN_AT = 3


def template_examples(office: Office, language: Language) -> list[Paper]:
    """A label of each ready layout; in English only those that look otherwise than in Chinese."""
    found = []
    for layout in labels.ready_layouts().values():
        page = labels.draw(layout, example_of(office, layout, language), DPI)
        chinese = page if language == "zh" else labels.draw(layout, example_of(office, layout, "zh"), DPI)
        if language == "zh" or page != chinese:
            labels.check_pages([page])
            name = layout.title(language)
            found.append(Paper(name, labels.to_pdf([page]), KIND, f"{layout.code}.pdf", layout.code, language))
    return found


def sheet_examples(office: Office, language: Language) -> list[Paper]:
    """Each stock of sheets, begun already and filled to its end, with the labels it is usually taken for."""
    found = []
    for sheet in SHEETS:
        layout = _fitting(sheet)
        contents = _contents(office, layout, language, sheet.count - BEGUN_AT + 1)
        pages = [labels.draw(layout, one, DPI) for one in contents]
        pdf = labels.to_pdf(pages, sheet, start_at=BEGUN_AT)
        found.append(Paper(sheet.name, pdf, KIND, f"{sheet.code}.pdf", sheet.code, language))
    return found


def example_of(office: Office, layout: Layout, language: Language) -> LabelContent:
    """What stands on a label of something real; the layout's own samples where the site has nothing that is complete."""
    contents = _contents(office, layout, language, 1)
    return contents[0] if contents else labels.sample_content(layout, language)


def _fitting(sheet: Sheet) -> Layout:
    """The first layout as large as one of its labels, price tags before others."""
    found = [
        one
        for one in labels.ready_layouts().values()
        if abs(one.width - sheet.width) < 0.2 and abs(one.height - sheet.height) < 0.2
    ]
    return max(found, key=lambda one: "price" in one.required)


def _contents(office: Office, layout: Layout, language: Language, most: int) -> list[LabelContent]:
    """So many labels of what the site has, first those that fill the layout, of dated ones those to be used first."""
    ids = _ids(office, layout.subject)
    if not ids:
        return []
    life = Life() if "use_by" in layout.required else None
    made: list[LabelContent] = office.ask(
        labels.label_contents, subject=layout.subject, ids=ids, language=language, life=life
    )
    wanted = labels.fields_of(layout)

    def rank(content: LabelContent) -> tuple[int, str]:
        return sum(not content.fields.get(name, "") for name in wanted), content.fields.get("use_by_day", "")

    complete = [one for one in made if all(one.fields.get(name, "") for name in layout.required)]
    return sorted(complete, key=rank)[:most]


def _ids(office: Office, subject: str) -> Sequence[int]:
    """Things of a kind, at most a few hundred."""
    asked: dict[str, Any] = {
        "item": lambda: office.ask(catalog.list_item_ids, filters=ItemFilter())[:300],
        "location": lambda: [one.location_id for one in office.ask(stock.list_locations) if "-" in one.code],
        "lot": lambda: [one.lot_id for one in office.ask(stock.list_lots) if one.expires_on][:20],
        "person": lambda: [one.person_id for one in office.ask(identity.list_people)],
        "document": lambda: [one.posting_id for one in office.ask(stock.list_postings, limit=40) if one.supplier],
    }
    ids: Sequence[int] = asked[subject]() if subject in asked else ()
    return ids
