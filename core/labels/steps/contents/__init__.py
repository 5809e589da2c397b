"""What stands on labels: fields by name, loaded for many things at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _
from core.labels.steps.contents.assets import asset_contents
from core.labels.steps.contents.items import item_contents
from core.labels.steps.contents.lots import lot_contents
from core.labels.steps.contents.papers import document_contents
from core.labels.steps.contents.people import person_contents
from core.labels.steps.contents.places import location_contents
from core.labels.steps.contents.wanted import Wanted
from core.labels.types import LabelContent
from core.uow import UnitOfWork

_MAKERS: dict[str, Callable[[UnitOfWork, Wanted], list[LabelContent]]] = {
    "item": item_contents,
    "location": location_contents,
    "lot": lot_contents,
    "person": person_contents,
    "document": document_contents,
    "asset": asset_contents,
}


def load_contents(uow: UnitOfWork, subject: str, wanted: Wanted) -> list[LabelContent]:
    """The labels of things in the order of their ids; a fixed number of statements for 500 of them. Raises NotFound for an
    id there is not, InvalidInput for a kind nobody knows."""
    maker = _MAKERS.get(subject)
    if maker is None:
        raise InvalidInput(
            _(
                "Nobody knows labels for “{subject}”. There are: {known}.",
                subject=subject[:30],
                known=", ".join(_MAKERS),
            ),
            field="subject",
        )
    return maker(uow, wanted)


def label_contents(
    uow: UnitOfWork,
    subject: str,
    ids: Sequence[int],
    language: str,
    *,
    prices: Mapping[int, Decimal] | None = None,
    places: Mapping[int, int] | None = None,
) -> list[LabelContent]:
    """The labels of those things that are still there, with these sale prices instead of today's. No permission asked."""
    return load_contents(uow, subject, Wanted(tuple(ids), language, None, places or {}, prices or {}, is_lenient=True))


def subjects() -> Sequence[str]:
    """What labels can be about."""
    return tuple(_MAKERS)


__all__ = ["Wanted", "label_contents", "load_contents", "subjects"]
