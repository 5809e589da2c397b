"""The forms of the people page: somebody new, a change, password, PIN, badge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from core import identity
from core.devices import Scan, badge_of
from core.errors import CoreError, InvalidInput
from core.i18n import Text, _, verbatim
from core.identity import NewPerson, PersonCard, PersonEdit, RoleGrant, RolePlace, RoleRow
from desktop.context import AppContext
from desktop.widgets import Choice, CodeEdit, Form, FormPanel, NoteEdit, TextEdit, Words, language

LANGUAGES: tuple[tuple[str, Words], ...] = (("zh", verbatim("中文")), ("en", verbatim("English")))


class BadgeEdit(CodeEdit):
    """The code of a badge: whatever is scanned here is one."""

    def __init__(self) -> None:
        super().__init__(most=200)
        self.takes_all = True

    def scanned_text(self, scan: Scan) -> str:
        return badge_of(scan)


def secret_pair(form: Form, key: str, label: Words, again: Words, hint: Words = "") -> None:
    """A secret, and the same once more."""
    form.add(key, label, TextEdit(is_secret=True), hint=hint, required=True)
    form.add(f"{key}_again", again, TextEdit(is_secret=True), required=True)


def check_same(values: dict[str, Any], key: str) -> None:
    """Both times the same was typed. Raises InvalidInput at the second field."""
    if values[key] != values.pop(f"{key}_again"):
        raise InvalidInput(_("The two do not match. Type both again."), field=f"{key}_again")


class PersonForms:
    """Makes the panels; the page shows them."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        self._context, self._owner = context, owner

    def new_person(self, roles: tuple[RoleRow, ...], places: tuple[RolePlace, ...]) -> FormPanel:
        """The form for somebody new."""
        form = Form()
        form.add("name", _("Full name"), TextEdit(most=80), required=True)
        form.add("role_id", _("Role"), Choice(options=[(role.role_id, role.title(language())) for role in roles]))
        place = Choice(options=[(p.location_id, p.title(language())) for p in places], empty=_("Whole site"))
        form.add("location_id", _("Where"), place)
        form.add("language", _("Language"), Choice(options=LANGUAGES, empty=_("as the site")))
        form.add("password", _("Password"), TextEdit(is_secret=True), hint=_("At least 8 characters."))
        form.add("pin", _("PIN"), TextEdit(is_secret=True), hint=_("Four to eight digits, for switching quickly."))
        form.add("badge", _("Badge"), BadgeEdit(), hint=_("Scan the badge here. It works together with the PIN."))
        form.add("note", _("Remark"), NoteEdit(lines=2, most=400))
        form.editor("language").set_value(None)
        place.set_value(None)
        form.mark_unchanged()

        def send(values: dict[str, Any]) -> None:
            role_id, location_id = values.pop("role_id"), values.pop("location_id")
            words = {key: value or "" for key, value in values.items()}
            grants = (RoleGrant(role_id, location_id or 0),) if role_id else ()
            self._do(
                panel,
                identity.add_person,
                _("{name} was added.", name=words["name"]),
                new=NewPerson(roles=grants, **words),
            )

        panel = FormPanel(_("Add person"), form, send, verb=_("Add"))
        return panel

    def of_person(self, kind: str, card: PersonCard) -> FormPanel:
        """One of the forms for somebody who is there: edit, password, pin, badge."""
        makers: dict[str, Callable[[PersonCard], FormPanel]] = {
            "edit": self._edit,
            "password": self._password,
            "pin": self._pin,
            "badge": self._badge,
        }
        panel = makers[kind](card)
        panel.setProperty("person_id", card.person_id)
        return panel

    def _edit(self, card: PersonCard) -> FormPanel:
        form = Form()
        form.add("name", _("Full name"), TextEdit(most=80), required=True)
        form.add("language", _("Language"), Choice(options=LANGUAGES, empty=_("as the site")))
        form.add("note", _("Remark"), NoteEdit(lines=3, most=400))
        keys, seen = form.keys(), {"card": card}

        def fill(edit: PersonEdit) -> None:
            form.set_values({"name": edit.name, "language": edit.language or None, "note": edit.note})

        def send(values: dict[str, Any]) -> None:
            new = PersonEdit(**{key: value or "" for key, value in values.items()})
            self._do(
                panel,
                identity.update_person,
                _("Saved."),
                card.person_id,
                version=seen["card"].version,
                new=new,
                seen=seen["card"].edit(),
            )

        def renew(theirs: dict[str, Any]) -> None:
            typed = PersonEdit(**{key: form.editor(key).value() or "" for key in keys})
            old = seen["card"].edit()

            def then(fresh: PersonCard) -> None:
                mine = {k: getattr(typed, k) for k in keys if getattr(typed, k) != getattr(old, k) and k not in theirs}
                seen["card"] = fresh
                fill(replace(fresh.edit(), **mine))
                panel.save()

            self._context.ops.ask(panel, identity.get_person, then=then, person_id=card.person_id)

        panel = FormPanel(_("Edit {name}", name=card.name), form, send)
        panel.settled.connect(renew)
        fill(card.edit())
        return panel

    def _password(self, card: PersonCard) -> FormPanel:
        form = Form()
        secret_pair(
            form,
            "new_password",
            _("New password"),
            _("New password again"),
            _("At least 8 characters. Tell it in person."),
        )
        return self._secret_panel(card, _("Set password"), form, "new_password", identity.set_password)

    def _pin(self, card: PersonCard) -> FormPanel:
        form = Form()
        secret_pair(form, "new_pin", _("New PIN"), _("New PIN again"), _("Four to eight digits; not 1111 or 1234."))
        return self._secret_panel(card, _("Set PIN"), form, "new_pin", identity.set_pin)

    def _secret_panel(
        self, card: PersonCard, title: Text, form: Form, key: str, command: Callable[..., Any]
    ) -> FormPanel:
        def send(values: dict[str, Any]) -> None:
            try:
                check_same(values, key)
            except CoreError as error:
                panel.show_error(error)
                return
            self._do(panel, command, _("Saved."), card.person_id, **values)

        panel = FormPanel(title, form, send, subtitle=card.name)
        return panel

    def _badge(self, card: PersonCard) -> FormPanel:
        form = Form()
        hint = _("Scan the badge here. Leave it empty to take the badge away.")
        form.add("badge", _("Badge"), BadgeEdit(), hint=hint)

        def send(values: dict[str, Any]) -> None:
            self._do(panel, identity.set_badge, _("Saved."), card.person_id, badge=values["badge"] or "")

        panel = FormPanel(_("Set badge"), form, send, subtitle=card.name)
        return panel

    def _do(
        self, panel: FormPanel, command: Callable[..., Any], done: Text, person_id: int | None = None, **args: Any
    ) -> None:
        """Send the command; the answer of adding is the new person's id."""
        if person_id is not None:
            args["person_id"] = person_id

        def then(answer: object) -> None:
            self._context.shell.say(done)
            panel.done(answer if person_id is None else person_id)

        self._context.ops.do(panel, command, then=then, **args)
