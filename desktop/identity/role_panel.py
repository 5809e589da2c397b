"""One role: its names, and its rights by area, each with what it allows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core import identity
from core.i18n import Text, _, _n
from core.identity import PermissionRow, RoleEdit, RoleRow
from core.words import Permission
from desktop.context import AppContext
from desktop.widgets import Button, CheckEdit, Form, FormPanel, Label, TextEdit, language


class RightsMatrix(QWidget):
    """Every right with a tick, by area; an area is ticked or cleared at once. `changed` when a tick changes."""

    changed = Signal()

    def __init__(self, rights: tuple[PermissionRow, ...], *, is_fixed: bool) -> None:
        super().__init__()
        self._ticks: dict[Permission, CheckEdit] = {}
        self._is_fixed = is_fixed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for area, rows in groupby(rights, key=lambda row: row.area):
            column.addWidget(self._area(area, list(rows)))

    def _area(self, area: Text, rows: list[PermissionRow]) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 220)
        grid.setColumnStretch(1, 1)
        head = QHBoxLayout()
        head.addWidget(Label(area, "strong"), 1)
        ours = [row.permission for row in rows if row.may_give]
        if not self._is_fixed and len(rows) > 1:
            head.addWidget(Button(_("All"), lambda: self._tick(ours, True), kind="link"))
            head.addWidget(Button(_("None"), lambda: self._tick(ours, False), kind="link"))
        grid.addLayout(head, 0, 0, 1, 2)
        for at, row in enumerate(rows, start=1):
            tick = CheckEdit(row.name)
            tick.setEnabled(row.may_give and not self._is_fixed)
            tick.changed.connect(self.changed)
            self._ticks[row.permission] = tick
            grid.addWidget(tick, at, 0)
            grid.addWidget(Label(row.allows, "muted", wrap=True), at, 1)
        return box

    def chosen(self) -> tuple[Permission, ...]:
        """The rights ticked, in order."""
        return tuple(right for right in Permission if right in self._ticks and self._ticks[right].value())

    def set_chosen(self, rights: tuple[Permission, ...]) -> None:
        """Tick these and no others."""
        for right, tick in self._ticks.items():
            tick.set_value(right in rights)

    def tick(self, right: Permission) -> CheckEdit:
        """The tick of one right."""
        return self._ticks[right]

    def _tick(self, rights: list[Permission], is_on: bool) -> None:
        for right in rights:
            self._ticks[right].set_value(is_on)
        self.changed.emit()


class RolePanel(FormPanel):
    """A role to look at and change; without a role a new one, filled `like` another. `copy_wanted(role)`."""

    copy_wanted = Signal(object)

    def __init__(
        self, context: AppContext, rights: tuple[PermissionRow, ...], role: RoleRow | None, like: RoleRow | None = None
    ) -> None:
        self._context, self.role = context, role
        form = Form()
        form.add("name", _("Name"), TextEdit(most=80), required=True)
        form.add("name_en", _("English name"), TextEdit(most=80))
        title = role.title(language()) if role is not None else _("New role")
        super().__init__(title, form, self._save, subtitle=_subtitle(role))
        self.matrix = RightsMatrix(rights, is_fixed=role is not None and role.is_fixed)
        self.add_widget(self.matrix)
        self._start = role.permissions if role is not None else ()
        self._fill(role or like)
        if role is not None:
            self.add_action(Button(_("Copy as new"), lambda: self.copy_wanted.emit(role), icon_name="copy"))
            if not role.is_built_in:
                self.add_action(Button(_("Delete role"), self._delete, icon_name="trash", kind="danger"))
        self.settled.connect(self._renew)

    def is_changed(self) -> bool:
        """Whether names or ticks differ from what is stored."""
        return self.form.is_changed() or self.matrix.chosen() != self._start

    def _fill(self, role: RoleRow | None) -> None:
        if role is None:
            return
        if role is self.role:
            self.form.set_values({"name": role.name, "name_en": role.name_en})
        self.matrix.set_chosen(role.permissions)

    def _save(self, values: dict[str, Any]) -> None:
        new = RoleEdit(values["name"], values["name_en"] or "", self.matrix.chosen())
        if self.role is None:
            self._do(identity.create_role, _("{role} was made.", role=new.name), new=new)
        else:
            self._do(
                identity.update_role,
                _("{role} was changed.", role=new.name),
                role_id=self.role.role_id,
                version=self.role.version,
                new=new,
                seen=self.role.edit(),
            )

    def _delete(self) -> None:
        if self.role is not None:
            self._do(identity.delete_role, _("{role} was deleted.", role=self.role.name), role_id=self.role.role_id)

    def _do(self, command: Callable[..., Any], done: Text, **args: Any) -> None:
        def then(answer: object) -> None:
            self._context.shell.say(done)
            self._start = self.matrix.chosen()
            is_new = command is identity.create_role
            self.done(answer if is_new else self.role.role_id if self.role and command is identity.update_role else 0)

        self._context.ops.do(self, command, then=then, **args)

    def _renew(self, theirs: dict[str, Any]) -> None:
        """Somebody else changed the role: read it anew, lay what was touched here over it, and save that."""

        def then(roles: tuple[RoleRow, ...]) -> None:
            before, fresh = (
                self.role,
                next((one for one in roles if self.role and one.role_id == self.role.role_id), None),
            )
            if fresh is None or before is None:
                return
            typed = {"name": self.form.editor("name").value(), "name_en": self.form.editor("name_en").value()}
            names = {key: value for key, value in typed.items() if value != getattr(before, key) and key not in theirs}
            has_ticks = self.matrix.chosen() != before.permissions and "permissions" not in theirs
            ticks = self.matrix.chosen() if has_ticks else fresh.permissions
            self.role, self._start = fresh, fresh.permissions
            self.form.set_values({"name": fresh.name, "name_en": fresh.name_en} | names)
            self.matrix.set_chosen(ticks)
            self.save()

        self._context.ops.ask(self, identity.list_roles, then=then)


def _subtitle(role: RoleRow | None) -> Text | str:
    if role is None:
        return _("Tick what people with this role may do. Rights you do not hold yourself stay grey.")
    if role.is_fixed:
        return _("The administrator holds every right; only the name can be changed.")
    return _n("{n} person has this role.", "{n} people have this role.", role.people)
