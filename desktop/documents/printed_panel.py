"""One printed paper: where it went, and again to paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.documents import PrintedRow
from core.i18n import _
from desktop.context import AppContext
from desktop.documents.columns import kept_look, language_words
from desktop.widgets import Button, DetailPanel, Label, Words, instant_words, number_words

# Where the record a paper tells of stands: page and the name of its argument.
_RECORDS = {"posting": ("stock.posting", "posting_id"), "count": ("stock.count", "count_id")}


class PrintedPanel(DetailPanel):
    """Facts of one line of the list; `open_again` shows the paper as it was, a link goes to the record it tells of."""

    def __init__(self, context: AppContext, row: PrintedRow, open_again: Callable[[PrintedRow], object]) -> None:
        by = _("{person} at {time}", person=row.printed_by, time=instant_words(row.printed_at))
        super().__init__(row.title, by, kept_look(row))
        self.row = row
        facts: list[tuple[Words, Words | Label]] = [
            (_("Number"), row.number or "–"),
            (_("Printer or file"), Label(row.printer, wrap=True)),
            (_("Copies"), number_words(row.copies)),
            (_("Pages"), row.pages or _("all")),
            (_("Language"), language_words(row) or "–"),
            (_("PC"), row.station),
            (_("Size"), _("{n} KB", n=f"{-(-row.size // 1024):,}")),
        ]
        self.add_facts(facts)
        if row.is_kept:
            self.add_action(
                Button(_("Show again"), lambda: open_again(row), kind="primary", icon_name="print", key="F8")
            )
        else:
            self.add_widget(
                Label(_("Its days are over. Open the document and print it from there."), "muted", wrap=True)
            )
        route, argument = _RECORDS.get(row.owner_kind, ("", ""))
        if route and context.shell.can_go(route):
            go = partial(context.shell.go, route, **{argument: row.owner_id})
            self.add_action(Button(_("Open the document"), go, icon_name="file"))
