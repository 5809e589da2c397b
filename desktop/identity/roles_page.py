"""Roles, and what each may do."""

from __future__ import annotations

from core import identity
from core.i18n import _
from core.identity import PermissionRow, RoleRow
from desktop.context import AppContext
from desktop.identity.columns import ROLES
from desktop.identity.following import follow_rows
from desktop.identity.role_panel import RolePanel
from desktop.widgets import PageBase, RowTable, language

PANEL_WIDTH = 704


class RolesPage(PageBase):
    """A list of roles; picking one opens its rights by area beside the list."""

    def __init__(self, context: AppContext, *, role_id: int = 0) -> None:
        super().__init__(
            _("Roles"), _("A role is a set of rights. People have one or more, everywhere or at a location.")
        )
        self._context = context
        self._roles: tuple[RoleRow, ...] = ()
        self._rights: tuple[PermissionRow, ...] = ()
        self._wanted_id = role_id
        self.table = RowTable(ROLES, name=_("Roles"), key="identity.roles")
        self.set_table(self.table)
        self.set_primary(_("New role"), self.new_role)
        self.add_search(lambda _text: self._show_rows(), _("Find a role"))
        follow_rows(self, self.table, self._on_row)
        context.hub.watch(self, ["person"], self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask for roles and rights again."""
        self.start_loading()
        self._context.ops.ask(self, identity.list_permissions, then=self._take_rights)
        self._context.ops.ask(self, identity.list_roles, then=self._take_roles)

    def new_role(self, like: RoleRow | None = None) -> None:
        """Open the form for a new role, filled like another one."""
        self._open(RolePanel(self._context, self._rights, None, like))

    def has_unsaved(self) -> bool:
        """Whether the open form holds something that is not saved."""
        panel = self.panel()
        return isinstance(panel, RolePanel) and panel.is_changed()

    def _take_rights(self, rights: tuple[PermissionRow, ...]) -> None:
        self._rights = rights

    def _take_roles(self, roles: tuple[RoleRow, ...]) -> None:
        self._roles = roles
        self._show_rows()
        panel = self.panel()
        if isinstance(panel, RolePanel) and panel.role is not None and not panel.is_changed():
            self._renew(panel.role.role_id)
        if self._wanted_id:
            wanted, self._wanted_id = self._wanted_id, 0
            if self.table.select_where(lambda row: row.role_id == wanted):
                self._on_row(self.table.current_row())

    def _show_rows(self) -> None:
        letters = self.head.search_text().casefold()
        self.table.set_rows([role for role in self._roles if letters in role.title(language()).casefold()])

    def _on_row(self, row: RoleRow | None) -> None:
        if row is None or not self._rights or self.has_unsaved():
            return
        panel = self.panel()
        if not (isinstance(panel, RolePanel) and panel.role == row):
            self._open(RolePanel(self._context, self._rights, row))

    def _renew(self, role_id: int) -> None:
        fresh = next((role for role in self._roles if role.role_id == role_id), None)
        panel = self.panel()
        if fresh is None:
            self.close_panel()
        elif isinstance(panel, RolePanel) and panel.role != fresh:
            self._open(RolePanel(self._context, self._rights, fresh))

    def _open(self, panel: RolePanel) -> None:
        panel.copy_wanted.connect(self.new_role)
        panel.saved.connect(self._on_saved)
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, PANEL_WIDTH)

    def _on_saved(self, role_id: object) -> None:
        self._wanted_id = int(str(role_id)) if role_id else 0
        self.close_panel()
