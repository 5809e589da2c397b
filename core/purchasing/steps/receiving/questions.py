"""Questions about deliveries, gathered by kind: one question for all lines it is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.errors import CoreError
from core.i18n import Text, _, join
from core.purchasing.types.arrivals import Arrived
from core.uow import UnitOfWork

MOST_NAMED = 12


@dataclass(slots=True)
class Questions:
    """Questions by key, each about several lines. `faults` gathers what is wrong with the rows of a file; None: the first
    fault ends it."""

    asked: dict[str, tuple[str, list[Text]]] = field(default_factory=dict)
    faults: list[CoreError] | None = None

    def add(self, key: str, about: str, text: Text, one: Arrived | None = None) -> None:
        """One more line a question is about; `about` is the field."""
        said = text if one is None else _("{item}: {text}", item=one.item.name, text=text)
        self.asked.setdefault(key, (about, []))[1].append(said)

    def refuse(self, fault: CoreError, row: int) -> None:
        """Something is wrong with a row. Raises it unless faults are gathered."""
        if self.faults is None:
            raise fault.in_row(fault.row or row) from None
        self.faults.append(fault.in_row(fault.row or row))

    def told(self) -> list[tuple[str, str, Text]]:
        """Key, field and words of each question."""
        found = []
        for key, (about, texts) in self.asked.items():
            rest = len(texts) - MOST_NAMED
            said = [*texts[:MOST_NAMED], _("and {n} more", n=rest)] if rest > 0 else texts
            found.append((key, about, join(said, "\n")))
        return found

    def ask(self, uow: UnitOfWork) -> None:
        """Raises NeedsConfirmation for the first that is not answered."""
        for key, about, text in self.told():
            uow.confirm(key, text, field=about)
