"""The facts of a posting beside its lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core import stock
from core.i18n import Text, _
from core.words import PostingKind
from desktop.theme import Meaning
from desktop.widgets import Badge, BadgeLook, Facts, instant_words, language

SAME_MOMENT_S = 60


def fact_box(row: stock.PostingRow, link: Callable[[str], QWidget]) -> Facts:
    """State, dates, who, from where, for whom; `link` makes the way to another posting by its number."""
    facts = Facts()
    if row.reversed_by:
        facts.add(_("State"), Badge(BadgeLook(_("Reversed"), Meaning.DANGER)))
        facts.add(_("Reversed by"), link(row.reversed_by))
    facts.add(_("Date"), instant_words(row.at))
    if abs((row.posted_at - row.at).total_seconds()) >= SAME_MOMENT_S:
        facts.add(_("Entered at"), instant_words(row.posted_at))
    facts.add(_("By"), row.by)
    for label, words in _words_of(row):
        if words:
            facts.add(label, words)
    if row.ref_number:
        facts.add(_("Belongs to"), link(row.ref_number))
    return facts


def _words_of(row: stock.PostingRow) -> list[tuple[Text, str]]:
    document = _("Delivery note") if row.kind is PostingKind.RECEIPT else _("Document")
    is_transfer = row.kind is PostingKind.TRANSFER
    return [
        (_("PC"), row.station),
        (_("Supplier"), row.supplier_title(language())),
        (document, row.document),
        (_("To") if is_transfer else _("Issued for"), row.purpose_title(language()).removeprefix("\u2192 ")),
        (_("Note"), row.note),
    ]
