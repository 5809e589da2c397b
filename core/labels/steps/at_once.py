"""Labels that are printed at once, past the queue."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import NotFound
from core.i18n import Name, _
from core.labels.steps.contents.places import usual_places
from core.labels.steps.known_layouts import Layouts
from core.labels.steps.naming import names_of
from core.labels.steps.records import stock_of
from core.labels.steps.truth import today
from core.labels.steps.wishes import check_wishes
from core.labels.types.queue import NewWish, QueueRow
from core.uow import UnitOfWork
from db.enums import LabelReason, LabelSubject


def shelf_places(uow: UnitOfWork, subject: LabelSubject, ids: Sequence[int]) -> dict[int, int]:
    """Where labels of these things hang: a shelf label where its item lies, others nowhere."""
    return usual_places(uow, ids) if subject is LabelSubject.SHELF else {}


def rows_at_once(
    uow: UnitOfWork, subject: LabelSubject, ids: Sequence[int], layout: str, copies: int
) -> list[QueueRow]:
    """Rows as the queue would have them, in the order given. Raises NotFound, InvalidInput."""
    places = shelf_places(uow, subject, ids)
    check_wishes(uow, [NewWish(subject, one, places.get(one, 0), layout, copies) for one in ids])
    found = Layouts(uow).get(layout)
    names = names_of(uow, [(subject, one) for one in ids])
    missing = [one for one in ids if (subject, one) not in names]
    if missing and subject is not LabelSubject.ASSET:
        raise NotFound(_("There is nothing with the number {id} to make a label for.", id=missing[0]), field="ids")
    day = today(uow)
    rows = []
    for one in ids:
        code, name = names.get((subject, one), (str(one), Name("")))
        rows.append(
            QueueRow(
                f"n{one}", None, subject, one, places.get(one, 0), found.code, Name(found.name, found.name_en), copies,
                LabelReason.LIST, day, False, "", code, name, "", Name(""), stock_of(found), None, "",
            )
        )  # fmt: skip
    return rows
