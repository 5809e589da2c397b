"""The outbox: every e-mail of the site, where it stands, and what needs a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import mail
from core.errors import CoreError
from core.i18n import Text, _, _n
from core.mail import MailFilter, MailList, MailRow
from core.words import MailState, word
from desktop.context import AppContext
from desktop.mail.columns import MAILS
from desktop.mail.mail_panel import MailPanel
from desktop.theme import Meaning
from desktop.widgets import ChipSpec, Offer, PageBase, RowsWanted, RowTable, above_form

PANEL = 420
NEED_PERSON = (MailState.FAILED, MailState.UNSURE)
WAITING = (MailState.QUEUED, MailState.SENDING)


class OutboxPage(PageBase):
    """`mail_id` opens one e-mail; `owner_kind` and `owner_id` show those of one record."""

    def __init__(
        self, context: AppContext, *, mail_id: int = 0, owner_kind: str = "", owner_id: int | None = None
    ) -> None:
        super().__init__(
            _("Outbox"), _("What waits goes by itself as soon as it can; nothing is ever sent twice by itself.")
        )
        self.context = context
        self._wanted, self._owner = mail_id, (owner_kind, owner_id)
        self.table = RowTable(MAILS, name=_("Outbox"), key="mail.outbox")
        self.lack = Offer(Meaning.SOON)
        self.set_table(self.table, self._laid_out())
        self.set_empty(_("No e-mail here"), _("Orders that are sent by e-mail stand here."), icon_name="mail")
        self._search = self.add_search(lambda _text: self._narrow(), _("Address or subject"))
        self.chips.add(ChipSpec("person", _("Needs a person")))
        self.chips.add(ChipSpec("waiting", _("Waits")))
        self.chips.add(ChipSpec("state", _("State"), tuple((state, word(state)) for state in MailState)))
        self.chips.changed.connect(self._narrow)
        self.set_primary(_("Try again now"), self.hurry, "refresh")
        if context.shell.can_go("settings.mail"):
            self.add_more(_("E-mail server"), lambda: context.shell.go("settings.mail"), "settings")
        self.table.row_activated.connect(self.open_mail)
        self.table.clicked.connect(lambda index: self.open_mail(self.table.row_at(index.row())))
        self.table.current_changed.connect(self._follow)
        context.hub.watch(self, ("mail",), self.reload)
        context.hub.watch(self, ("mail_server",), self._ask_lack)
        self.start_loading()
        self.table.set_filter(self.wanted())
        self.table.set_fetch(self._fetch)
        self._ask_lack()

    def _laid_out(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(above_form(self.lack))
        column.addWidget(self.table, 1)
        return content

    def wanted(self) -> MailFilter:
        """What the filters say."""
        chosen = self.chips.values()
        states: list[MailState] = [] if chosen["state"] is None else [chosen["state"]]
        for key, more in (("person", NEED_PERSON), ("waiting", WAITING)):
            states += [state for state in more if chosen[key] and state not in states]
        kind, owner_id = self._owner
        return MailFilter(tuple(states), kind, owner_id, self._search.text().strip())

    def reload(self) -> None:
        """Ask again, also for the e-mail on show."""
        super().reload()
        panel = self.panel()
        if isinstance(panel, MailPanel):
            panel.reload()

    def hurry(self) -> None:
        """Waiting e-mails are tried again at once."""
        self.context.ops.do(self, mail.hurry_mails, then=self._hurried, failed=self._refused)

    def open_mail(self, row: MailRow | None) -> None:
        """Show one e-mail beside the list."""
        if row is not None:
            self.open_panel(MailPanel(self.context, row), PANEL)

    # -- inside

    def _ask_lack(self) -> None:
        office = self.context.office
        self.context.ops.run(self, lambda: mail.what_lacks(office), then=self._say_lack, lane="mail")

    def _say_lack(self, words: Text | None) -> None:
        if words is None:
            self.lack.hide()
        elif self.context.shell.can_go("settings.mail"):
            self.lack.offer(words, ((_("E-mail server"), lambda: self.context.shell.go("settings.mail")),))
        else:
            self.lack.say(words)

    def _narrow(self) -> None:
        wanted = self.wanted()
        if wanted != self.table.wanted().filter:
            self.table.set_filter(wanted)

    def _fetch(
        self, wanted: RowsWanted, then: Callable[[Sequence[Any], int], None], failed: Callable[[CoreError], None]
    ) -> object:
        return self.context.ops.ask(
            self,
            mail.list_mails,
            then=lambda found: self._arrived(found, then),
            failed=failed,
            key=("page", wanted.offset),
            wanted=wanted.filter,
            offset=wanted.offset,
            limit=wanted.limit,
        )

    def _arrived(self, found: MailList, then: Callable[[Sequence[Any], int], None]) -> None:
        then(found.rows, found.total)
        if not found.total:
            self.show_empty()
        row = next((one for one in found.rows if one.id == self._wanted), None)
        if row is not None:
            self._wanted = 0
            self.open_mail(row)

    def _follow(self, row: MailRow | None) -> None:
        panel = self.panel()
        if row is not None and isinstance(panel, MailPanel) and panel.row.id != row.id:
            self.open_mail(row)

    def _hurried(self, waiting: int) -> None:
        tried = _n("{n} e-mail is tried again now.", "{n} e-mails are tried again now.", waiting)
        self.context.shell.say(tried if waiting else _("No e-mail waits."))

    def _refused(self, error: CoreError) -> None:
        self.context.shell.show_error(error.text)
