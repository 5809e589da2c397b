"""What would stand on labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.errors import InvalidInput
from core.i18n import _
from core.labels.steps.contents import Wanted, load_contents
from core.labels.types import LabelContent, Life
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission

MOST_LABELS = 20_000


@query(Permission.LABEL_PRINT)
def label_contents(
    uow: UnitOfWork,
    *,
    subject: str,
    ids: Sequence[int],
    language: str,
    life: Life | None = None,
    places: Mapping[int, int] | None = None,
) -> list[LabelContent]:
    """The fields of labels, by name, in the order of the ids.

    `subject` is item, location, lot, person, document or asset. `life` dates kitchen labels; without it no time stands on
    them. `places` says at which place an item's label hangs (item id to place id); else it is where the item lies. Raises
    NotFound for an id there is not, InvalidInput for an unknown subject or more than 20,000 labels.
    """
    if len(ids) > MOST_LABELS:
        raise InvalidInput(_("At most {most} labels can be made at once.", most=MOST_LABELS), field="ids")
    return load_contents(uow, subject, Wanted(tuple(ids), language, life, places or {}))
