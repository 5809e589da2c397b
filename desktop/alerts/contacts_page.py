"""Where people are told of alerts outside the program: everybody their own, who sets up alerts everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core import alerts
from core.alerts import Contact
from core.i18n import _
from desktop.context import AppContext
from desktop.widgets import Column, Form, FormPanel, PageBase, RowTable, TextEdit

PANEL = 400


class ContactsPage(PageBase):
    """Enter changes where somebody is told."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(
            _("Where people are told"), _("For channels that send to people at their own address. Empty: nowhere.")
        )
        self.context = context
        self.table = RowTable(CONTACTS, name=_("Where people are told"), key="alerts.contacts")
        self.set_table(self.table)
        self.table.row_activated.connect(self.change)
        context.hub.watch(self, ("alert_rule", "person"), self.reload)
        self.start_loading()
        self.reload()

    def reload(self) -> None:
        """Ask again."""
        self.context.ops.ask(self, alerts.list_contacts, key="list", then=self._take, failed=self.show_error)

    def _take(self, rows: Sequence[Contact]) -> None:
        self.table.set_rows(rows)
        self.set_count(len(rows))

    def change(self, row: Contact) -> None:
        """Change where somebody is told."""
        form = Form()
        form.add("email", _("E-mail"), TextEdit(_("E-mail"), most=320))
        form.add("phone", _("Telephone"), TextEdit(_("Telephone"), most=40))
        form.set_values({"email": row.email or None, "phone": row.phone or None})

        def send(values: dict[str, Any]) -> None:
            self.context.ops.do(
                self, alerts.save_contact, person_id=row.person_id, email=values["email"] or "",
                phone=values["phone"] or "", then=panel.done, failed=panel.show_error,
            )  # fmt: skip

        panel = FormPanel(row.name, form, send)
        panel.saved.connect(lambda _answer: self.close_panel())
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, PANEL)
        panel.focus_field()

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()


CONTACTS = (
    Column("name", _("Name"), 180),
    Column("email", _("E-mail"), 280, stretch=True),
    Column("phone", _("Telephone"), 180),
)
