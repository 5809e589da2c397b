"""What stands on labels: fields by name, loaded for many things at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


def subjects() -> Sequence[str]:
    """What labels can be about."""
    return tuple(_MAKERS)


__all__ = ["Wanted", "load_contents", "subjects"]
