"""One label of the history, as it was printed."""

from __future__ import annotations

import json

from PySide6.QtCore import Signal

from core import labels
from core.i18n import _
from core.labels import JobCard, PrintedRow
from desktop.context import AppContext
from desktop.labels.looks import field_title
from desktop.labels.preview import LabelPreview
from desktop.widgets import Button, DetailPanel, Facts, Words, instant_words


class PrintedPanel(DetailPanel):
    """`again_wanted(row)`: print exactly this once more."""

    again_wanted = Signal(object)

    def __init__(self, context: AppContext, row: PrintedRow) -> None:
        super().__init__(row.code, _("{number}, label {n}", number=row.job_number, n=row.number))
        self.row = row
        self.preview = LabelPreview(context)
        self.add_widget(self.preview)
        facts: list[tuple[Words, Words]] = [
            (_("Printed"), instant_words(row.printed_at)), (_("By"), row.by),
            (_("Printer"), row.printer or _("the office printer")),
        ]  # fmt: skip
        fields = row.content.get("fields", {})
        subject = str(row.content.get("subject", "item"))
        facts += [(field_title(subject, name), str(words)) for name, words in fields.items() if words]
        self.add_widget(Facts(facts))
        again = self.add_action(
            Button(_("Print exactly again"), lambda: self.again_wanted.emit(row), icon_name="print")
        )
        again.setAutoDefault(True)
        context.ops.ask(self, labels.get_job, job_id=row.job_id, numbers=(row.number,), then=self._on_card)

    def _on_card(self, card: JobCard) -> None:
        definition = card.layouts.get(self.row.layout)
        if definition is not None:
            layout = labels.layout_from_json(json.dumps(definition))
            self.preview.show_label(layout, labels.content_of(self.row.content))
