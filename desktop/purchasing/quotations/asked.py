"""One line for each supplier asked: sent, answered, what all of it comes to, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.i18n import Text, _
from core.purchasing import AskedSupplier
from core.words import RfqState
from desktop.theme import Meaning
from desktop.widgets import Badge, BadgeLook, Button, Label, date_words, language, money_words

OPEN = frozenset({RfqState.SENT, RfqState.ANSWERED})


class AskedRow(QWidget):
    """`answer_wanted`, `paper_wanted`, `mail_wanted` with the supplier."""

    answer_wanted = Signal(int)
    paper_wanted = Signal(int)
    mail_wanted = Signal(int)

    def __init__(self, one: AskedSupplier, state: RfqState, lines: int) -> None:
        super().__init__()
        self.one = one
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        name = Label(one.supplier.render(language()), "strong")
        name.setFixedWidth(200)
        row.addWidget(name)
        row.addWidget(Badge(look_of(one)))
        row.addWidget(Label(said_of(one, lines), wrap=True), 1)
        if state in OPEN:
            words = _("Change the answer") if one.answered_at is not None else _("Enter the answer")
            row.addWidget(Button(words, lambda: self.answer_wanted.emit(one.supplier_id), icon_name="edit"))
            again = _("Send again") if one.sent_at is not None else _("Send by e-mail")
            row.addWidget(Button(again, lambda: self.mail_wanted.emit(one.supplier_id), kind="quiet"))
        paper = Button(_("Paper"), lambda: self.paper_wanted.emit(one.supplier_id), kind="quiet", icon_name="print")
        row.addWidget(paper)


def look_of(one: AskedSupplier) -> BadgeLook:
    """How far it is with a supplier."""
    if one.is_declined:
        return BadgeLook(_("Does not offer"), Meaning.PLAIN)
    if one.answered_at is not None:
        return BadgeLook(_("Answered"), Meaning.GOOD)
    return BadgeLook(_("Sent"), Meaning.ACCENT) if one.sent_at is not None else BadgeLook(_("Not sent"), Meaning.SOON)


def said_of(one: AskedSupplier, lines: int) -> Text:
    """What the answer comes to."""
    if one.total is None:
        return _("No prices yet.") if not one.is_declined else _("Nothing is offered.")
    total = money_words(one.total, sign=True)
    words = (
        _("{total} at the door for all lines", total=total)
        if one.is_complete
        else _("{total} at the door for {n} of {lines} lines", total=total, n=one.lines, lines=lines)
    )
    if one.deliver_on is None:
        return words
    day = date_words(one.deliver_on)
    if one.is_in_time is False:
        return _("{words}, delivers on {day}: too late", words=words, day=day)
    return _("{words}, delivers on {day}", words=words, day=day)
