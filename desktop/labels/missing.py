"""Which labels of the queue lack what they must carry: asked beside the window, before anybody wonders why one stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from core import labels
from core.labels import QueueRow
from core.office import Office
from desktop.labels.preview import subject_of_row

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Missing:
    """Fields by the row's key: without `required` a label stays on the queue, without `advised` it is printed."""

    required: dict[str, tuple[str, ...]] = field(default_factory=dict)
    advised: dict[str, tuple[str, ...]] = field(default_factory=dict)


def find_missing(office: Office, rows: Sequence[QueueRow]) -> Missing:
    """Look at the first two thousand rows; called beside the window."""
    found = Missing()
    groups: dict[tuple[str, str, int], list[QueueRow]] = defaultdict(list)
    for row in rows[:MOST]:
        if row.code:
            groups[row.layout, subject_of_row(row), row.location_id].append(row)
    known = {code: office.ask(labels.get_layout, code=code) for code in {code for code, _subject, _place in groups}}
    spoken = office.site.language
    for (code, subject, place), group in groups.items():
        ids = [row.subject_id for row in group]
        places = dict.fromkeys(ids, place) if place else None
        contents = office.ask(labels.label_contents, subject=subject, ids=ids, language=spoken, places=places)
        for row, content in zip(group, contents, strict=True):
            _compare(found, known[code], row, content)
    return found


def _compare(found: Missing, layout: labels.Layout, row: QueueRow, content: labels.LabelContent) -> None:
    """What stands on the label on its day: what has changed counts already."""
    truth = {**content.fields, **{one.field: one.true for one in row.differences}}
    for names, into in ((layout.required, found.required), (layout.advised, found.advised)):
        empty = tuple(name for name in names if not truth.get(name, "").strip())
        if empty:
            into[row.key] = empty
