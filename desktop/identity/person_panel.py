"""One person beside the list: how they sign in, what they may do, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import identity
from core.errors import CoreError
from core.i18n import Text, _
from core.identity import PersonCard, RoleHeld, RolePlace, RoleRow
from desktop.context import AppContext
from desktop.identity.columns import person_state, ways_in
from desktop.theme import Meaning
from desktop.widgets import Badge, Button, Choice, DetailPanel, Form, Label, Notice, Words, instant_words, language


class PersonPanel(DetailPanel):
    """Reads the person by id and again after each change. `form_wanted(kind)` asks the page for one of the forms."""

    form_wanted = Signal(str)

    def __init__(
        self, context: AppContext, person_id: int, roles: tuple[RoleRow, ...], places: tuple[RolePlace, ...]
    ) -> None:
        super().__init__("")
        self._context, self.person_id = context, person_id
        self._roles, self._places = roles, places
        self.card: PersonCard | None = None
        self._notice = Notice()
        self._notice.hide()
        self._holder = QWidget()
        self._inside = QVBoxLayout(self._holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(12)
        self.add_widget(self._notice)
        self.add_widget(self._holder)
        self.buttons: dict[str, Button] = {}
        context.hub.watch(self, ["person"], self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask for the person again."""
        self._context.ops.ask(self, identity.get_person, then=self._show, person_id=self.person_id)

    def show_error(self, error: CoreError) -> None:
        """Say on top what went wrong."""
        self._notice.say(error.text)

    def do(self, command: Callable[..., Any], done: Text, **args: Any) -> None:
        """Do something to this person, then say so and look again."""

        def then(_answer: object) -> None:
            self._notice.hide()
            self._context.shell.say(done)
            self.reload()

        self._context.ops.do(self, command, then=then, person_id=self.person_id, **args)

    def _show(self, card: PersonCard) -> None:
        self.card = card
        self.set_title(card.name, card.note)
        fresh = _Contents(self, card)
        for role in card.roles:
            fresh.add_role(role)
        fresh.add_giving(self._roles, self._places)
        while self._inside.count():
            item = self._inside.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._inside.addWidget(fresh)
        if not self.buttons:
            self._add_buttons()
        self._show_buttons(card)

    def _add_buttons(self) -> None:
        name = self._name
        forms = {
            "edit": (_("Edit"), "edit"),
            "password": (_("Set password"), "lock"),
            "pin": (_("Set PIN"), "keyboard"),
            "badge": (_("Set badge"), "scan"),
        }
        for kind, (words, icon) in forms.items():
            wanted = lambda kind=kind: self.form_wanted.emit(kind)  # noqa: E731
            self.buttons[kind] = self.add_action(Button(words, wanted, icon_name=icon))
        if self._context.shell.can_go("labels"):
            badge = lambda: self._context.shell.go("labels", subject="person", ids=(self.person_id,))  # noqa: E731
            self.add_action(Button(_("Print badge"), badge, icon_name="barcode"))
        acts: dict[str, tuple[Words, str, Callable[[], object]]] = {
            "unlock": (
                _("End lock-out"),
                "undo",
                lambda: self.do(identity.unlock_person, _("{name} can sign in again.", name=name())),
            ),
            "deactivate": (
                _("Deactivate"),
                "close",
                lambda: self.do(identity.deactivate_person, _("{name} is deactivated.", name=name())),
            ),
            "reactivate": (
                _("Activate again"),
                "check",
                lambda: self.do(identity.reactivate_person, _("{name} is active again.", name=name())),
            ),
        }
        for kind, (label, icon, do) in acts.items():
            look = "danger" if kind == "deactivate" else "plain"
            self.buttons[kind] = self.add_action(Button(label, do, icon_name=icon, kind=look))

    def _show_buttons(self, card: PersonCard) -> None:
        is_me = card.is_oneself
        shown = {
            "edit": True,
            "password": not is_me,
            "pin": not is_me,
            "badge": card.has_pin and card.is_active,
            "unlock": card.locked_until is not None,
            "deactivate": card.is_active and not is_me,
            "reactivate": not card.is_active,
        }
        for kind, is_shown in shown.items():
            self.buttons[kind].setVisible(is_shown)

    def _name(self) -> str:
        return self.card.name if self.card is not None else ""


class _Contents(QWidget):
    """Facts and roles of one person, made anew with every answer."""

    def __init__(self, panel: PersonPanel, card: PersonCard) -> None:
        super().__init__()
        self._panel, self._card = panel, card
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(Badge(person_state(card)), 0, Qt.AlignmentFlag.AlignLeft)
        if card.locked_until is not None:
            until = instant_words(card.locked_until)
            self._column.addWidget(
                Notice(_("Too many wrong tries: locked until {time}.", time=until), meaning=Meaning.SOON)
            )
        self._add_facts(card)
        self._column.addWidget(Label(_("Roles"), "strong"))
        if not card.roles:
            self._column.addWidget(Label(_("No role yet: nothing can be seen or done."), "muted", wrap=True))

    def _add_facts(self, card: PersonCard) -> None:
        from desktop.widgets import Facts

        languages = {"zh": "中文", "en": "English"}
        facts: list[tuple[Words, Words | QWidget]] = [
            (_("Signs in with"), ways_in(card) or _("nothing yet")),
            (_("Language"), languages.get(card.language) or _("as the site")),
        ]
        if card.last_act_at is not None:
            facts.append((_("Last active"), instant_words(card.last_act_at)))
            facts.append((_("At PC"), card.last_station))
        else:
            facts.append((_("Last active"), _("never")))
        facts.append((_("Added"), instant_words(card.created_at)))
        self._column.addWidget(Facts(facts))

    def add_role(self, role: RoleHeld) -> None:
        """One role with its cross."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Label(role.title(language()), wrap=True), 1)
        take = Button(
            _("Take away {role}", role=role.title(language())), lambda: self._take(role), icon_name="close", kind="icon"
        )
        line.addWidget(take)
        self._column.addWidget(row)

    def add_giving(self, roles: tuple[RoleRow, ...], places: tuple[RolePlace, ...]) -> None:
        """The line to give one more role."""
        if not self._card.is_active:
            return
        form = Form()
        self._role = Choice(options=[(role.role_id, role.title(language())) for role in roles])
        indent = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
        self._place = Choice(
            options=[(p.location_id, indent * p.depth + p.title(language())) for p in places], empty=_("Whole site")
        )
        form.add("role_id", _("One more role"), self._role)
        self._role.set_required(True)
        form.add("location_id", _("Where"), self._place)
        self._place.set_value(None)
        self._form = form
        self._column.addWidget(form)
        self._column.addWidget(Button(_("Give role"), self._give, icon_name="plus"), 0, Qt.AlignmentFlag.AlignLeft)

    def _give(self) -> None:
        values = self._form.read()
        if values is not None:
            self._panel.do(
                identity.give_role,
                _("{name} has one more role.", name=self._card.name),
                role_id=values["role_id"],
                location_id=values["location_id"] or 0,
            )

    def _take(self, role: RoleHeld) -> None:
        self._panel.do(
            identity.take_role,
            _("The role was taken away from {name}.", name=self._card.name),
            role_id=role.role_id,
            location_id=role.location_id,
        )
