"""One act of the operation log, with everything kept of it."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from core.i18n import _
from core.identity import AuditChange, AuditRow
from desktop.widgets import DetailPanel, Facts, Label, Words, instant_words


class AuditPanel(DetailPanel):
    """Who, when, where; what it was about; before and after of what changed."""

    def __init__(self, row: AuditRow) -> None:
        super().__init__(row.label, _("{person} at {time}", person=row.person, time=instant_words(row.at)))
        self.row = row
        facts: list[tuple[Words, Words | QWidget]] = []
        if row.stand_in:
            facts.append((_("Stood in"), row.stand_in))
        facts += [(_("PC"), row.station), (_("Number"), str(row.journal_id))]
        self.add_facts(facts)
        if row.facts:
            self.add_section(_("What about"), Facts([(fact.label, fact.value) for fact in row.facts]))
        if row.changes:
            self.add_section(_("Changes"), _Changes(row.changes))


class _Changes(QWidget):
    """Field, before, after."""

    def __init__(self, changes: tuple[AuditChange, ...]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        at = 0
        for change in changes:
            grid.addWidget(Label(change.label, "strong"), at, 0, 1, 2)
            for words, value in ((_("Before"), change.before), (_("After"), change.after)):
                at += 1
                grid.addWidget(Label(words, "muted"), at, 0)
                grid.addWidget(Label(value, wrap=True), at, 1)
            at += 1
        grid.setColumnStretch(1, 1)
