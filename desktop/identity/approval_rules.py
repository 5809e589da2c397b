"""The approval rules: one line for each thing that can need approval."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from core import identity
from core.errors import CoreError
from core.i18n import _
from core.identity import ApprovalRow, RoleHeld
from core.words import ApprovalSubject, word
from desktop.context import AppContext
from desktop.widgets import Choice, Label, MoneyEdit, language


class ApprovalRules(QWidget):
    """Limit and role of each subject; an empty limit is no rule."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._stored: dict[ApprovalSubject, ApprovalRow] = {}
        self._knows_roles = False
        self.limits = {subject: MoneyEdit(_("Limit")) for subject in ApprovalSubject}
        self.roles = {subject: Choice(_("Role that approves")) for subject in ApprovalSubject}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for at, words in enumerate((_("What for"), _("Limit"), _("Role that approves"))):
            grid.addWidget(Label(words, "label"), 0, at)
        for at, subject in enumerate(ApprovalSubject, start=1):
            grid.addWidget(Label(word(subject)), at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.limits[subject], at, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.roles[subject], at, 2, Qt.AlignmentFlag.AlignTop)
        for at, stretch in enumerate((2, 2, 3)):
            grid.setColumnStretch(at, stretch)

    def reload(self) -> None:
        """Ask for the rules and the roles again."""
        self._context.ops.ask(self, identity.list_approvers, then=self._take_roles)
        self._context.ops.ask(self, identity.list_approval_rules, then=self._take)

    def is_changed(self) -> bool:
        """Whether a line differs from what is stored."""
        return any(self._differs(subject) for subject in self._stored)

    def save(self) -> bool:
        """Send each changed line; False when there was none."""
        changed = [subject for subject in self._stored if self._differs(subject)]
        for subject in changed:
            self._send(subject)
        return bool(changed)

    def _take_roles(self, roles: tuple[RoleHeld, ...]) -> None:
        options = [(role.role_id, role.title(language())) for role in roles]
        for subject, choice in self.roles.items():
            is_first = not self._knows_roles
            choice.set_options(options)
            if is_first and subject in self._stored:
                choice.set_value(self._stored[subject].role_id or None)
        self._knows_roles = True

    def _take(self, rules: tuple[ApprovalRow, ...]) -> None:
        for rule in rules:
            self._stored[rule.subject] = rule
            self.limits[rule.subject].set_value(rule.limit_amount)
            self.limits[rule.subject].set_error(None)
            self.roles[rule.subject].set_value(rule.role_id or None)

    def _differs(self, subject: ApprovalSubject) -> bool:
        stored = self._stored[subject]
        try:
            limit, role_id = self.limits[subject].value(), self.roles[subject].value()
        except CoreError:
            return True
        return limit != stored.limit_amount or (limit is not None and role_id != stored.role_id)

    def _send(self, subject: ApprovalSubject) -> None:
        limit, role = self.limits[subject], self.roles[subject]
        role.set_required(bool(limit.text().strip()))
        if not (limit.check() and role.check()):
            return
        ops, stored = self._context.ops, self._stored[subject]

        def failed(error: CoreError) -> None:
            (role if error.field == "role_id" else limit).set_error(error.text)

        if limit.value() is None:
            ops.do(self, identity.remove_approval_rule, then=self._done, failed=failed, subject=subject)
        else:
            ops.do(
                self,
                identity.set_approval_rule,
                then=self._done,
                failed=failed,
                subject=subject,
                limit_amount=limit.value(),
                role_id=role.value(),
                version=stored.version,
            )

    def _done(self, _answer: object) -> None:
        self._context.shell.say(_("Saved."))
        self.reload()
