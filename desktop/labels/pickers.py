"""Finding what labels are made for: items, places, lots, people, postings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from core import catalog, identity, stock
from core.i18n import _
from core.words import LabelSubject, PostingKind, word
from desktop.context import AppContext
from desktop.widgets import Found, date_words, instant_words

MOST = 20
Answer = Callable[[Sequence[Found]], None]
S = LabelSubject


class Finder:
    """`complete(text, answer)` for a RecordPicker; `subject` says what is looked for."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        self._context, self._owner = context, owner
        self.subject: LabelSubject = S.SHELF

    def complete(self, text: str, answer: Answer) -> None:
        """Ask for what fits."""
        finders = {S.LOCATION: self._places, S.LOT: self._lots, S.PERSON: self._people, S.DOCUMENT: self.postings}
        finders.get(self.subject, self._items)(text, answer)

    def _items(self, text: str, answer: Answer) -> None:
        spoken = self._context.language

        def take(rows: list[catalog.ItemRow]) -> None:
            answer([Found(row.id, row.code, row.title(spoken), row.spec) for row in rows])

        self._ask(catalog.search_items, take, text=text, limit=MOST)

    def _places(self, text: str, answer: Answer) -> None:
        spoken, letters = self._context.language, text.casefold()

        def take(rows: list[stock.LocationRow]) -> None:
            fitting = [
                one for one in rows if letters in f"{one.code} {one.name} {one.name_en}".casefold() and one.is_active
            ]
            answer([Found(one.location_id, one.code, _title(one, spoken)) for one in fitting[:MOST]])

        self._ask(stock.list_locations, take)

    def _lots(self, text: str, answer: Answer) -> None:
        spoken = self._context.language

        def take(rows: list[stock.LotRow]) -> None:
            found = []
            for one in rows[:MOST]:
                name = (one.item_name_en or one.item_name) if spoken == "en" else one.item_name
                found.append(Found(one.lot_id, one.number, name, date_words(one.expires_on) if one.expires_on else ""))
            answer(found)

        self._ask(stock.list_lots, take, text=text)

    def _people(self, text: str, answer: Answer) -> None:
        def take(rows: tuple[identity.PersonRow, ...]) -> None:
            fitting = [one for one in rows if text.casefold() in one.name.casefold()]
            answer([Found(one.person_id, "", one.name) for one in fitting[:MOST]])

        self._ask(identity.list_people, take, is_active=True)

    def postings(self, text: str, answer: Answer, kinds: tuple[PostingKind, ...] = ()) -> None:
        """Postings by number, outside document or supplier."""

        def take(rows: list[stock.PostingRow]) -> None:
            answer(
                [
                    Found(one.posting_id, one.number, one.supplier or word(one.kind), instant_words(one.at))
                    for one in rows
                ]
            )

        self._ask(stock.list_postings, take, text=text, limit=MOST, kinds=kinds)

    def _ask(self, query: Callable[..., object], take: Callable[..., object], **args: object) -> None:
        self._context.ops.ask(self._owner, query, then=take, failed=lambda _error: None, key="found", **args)


def _title(row: stock.LocationRow, spoken: str) -> str:
    return (row.name_en or row.name) if spoken == "en" else row.name


SUBJECTS = (
    (S.SHELF, _("Shelf labels of items")), (S.ITEM, _("Item labels")), (S.LOCATION, _("Labels of places")),
    (S.LOT, _("Lot labels")), (S.PERSON, _("Badges")), (S.DOCUMENT, _("Parcel labels of postings")),
    (S.ASSET, _("Asset labels")),
)  # fmt: skip
