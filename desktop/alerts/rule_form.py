"""The form of one rule: what it watches, from which limits on, who is told and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.alerts import ChannelRow, Contact, KindFacts, RuleEdit, RuleRow, ToldRole
from core.i18n import Name, Text, _, join
from core.words import AlertKind, AlertUrgency, word
from desktop.widgets import CheckEdit, Choice, Form, Label, QtyEdit, TextEdit

LIMIT, ROLE, PERSON, CHANNEL = "limit:", "role:", "person:", "channel:"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class RuleChoices:
    """What a rule can name: kinds, roles, people and channels there are."""

    kinds: tuple[KindFacts, ...] = ()
    roles: tuple[ToldRole, ...] = ()
    people: tuple[Contact, ...] = ()
    channels: tuple[ChannelRow, ...] = ()

    def facts(self, kind: AlertKind) -> KindFacts:
        """What a kind is."""
        return next(one for one in self.kinds if one.kind == kind)


def first_edit(facts: KindFacts) -> RuleEdit:
    """A rule as one begins with it."""
    limits = {limit.name: limit.usual for limit in facts.limits}
    return RuleEdit(facts.kind, facts.urgency, limits, roles=facts.roles)


def make_rule_form(edit: RuleEdit, choices: RuleChoices, *, is_new: bool) -> Form:
    """The fields of a rule of a kind, filled in."""
    facts, form = choices.facts(edit.kind), Form()
    if is_new:
        options = tuple((one.kind, word(one.kind)) for one in choices.kinds)
        form.add("kind", _("What is watched"), Choice(_("What is watched"), options, search=False), span=True)
    form.add_widget(Label(facts.about, "muted", wrap=True))
    form.add("is_on", "", CheckEdit(_("Look for it"))).set_name(_("Look for it"))
    form.add("name", _("Own name"), TextEdit(_("Own name"), most=LONGEST_NAME), hint=_("Empty: the usual name."))
    for limit in facts.limits:
        form.add(LIMIT + limit.name, limit.title, QtyEdit(limit.title, unit=limit.unit), required=True)
    urgencies = tuple((one, word(one)) for one in AlertUrgency)
    form.add("urgency", _("Urgency"), Choice(_("Urgency"), urgencies))
    form.add_heading(_("Who is told"))
    form.add_widget(Label(_("Nobody chosen: everybody who may see it."), "small", wrap=True))
    for role in choices.roles:
        _tick(form, ROLE + role.code, role.name)
    if choices.people:
        form.add_heading(_("And by name"))
        for person in choices.people:
            _tick(form, PERSON + str(person.person_id), person.name)
    form.add_heading(_("Told outside the program"))
    if not choices.channels:
        form.add_widget(Label(_("There is no channel yet. Alerts stand in the inbox only."), "small", wrap=True))
    for channel in choices.channels:
        _tick(form, CHANNEL + str(channel.id), channel.edit.name)
    _tick(form, "ignores_quiet", _("In quiet hours too"))
    form.set_values(rule_values(edit, is_new=is_new))
    return form


def _tick(form: Form, key: str, words: Text | Name | str) -> None:
    said = Text("{name}", (("name", words),)) if isinstance(words, Name) else words
    form.add(key, "", CheckEdit(said)).set_name(said)


def rule_values(edit: RuleEdit, *, is_new: bool = False) -> dict[str, Any]:
    """A rule as the values of its fields."""
    values: dict[str, Any] = {
        "is_on": edit.is_on, "name": edit.name or None, "urgency": edit.urgency, "ignores_quiet": edit.ignores_quiet,
        **{LIMIT + name: value for name, value in edit.limits.items()},
        **{ROLE + code: True for code in edit.roles},
        **{PERSON + str(key): True for key in edit.people},
        **{CHANNEL + str(key): True for key in edit.channels},
    }  # fmt: skip
    return {**values, "kind": edit.kind} if is_new else values


def typed_rule(kind: AlertKind, values: dict[str, Any]) -> RuleEdit:
    """The rule that stands in the fields."""
    return RuleEdit(
        kind=kind,
        urgency=values["urgency"],
        limits={key.removeprefix(LIMIT): Decimal(value) for key, value in values.items() if key.startswith(LIMIT)},
        name=values["name"] or "",
        is_on=bool(values["is_on"]),
        roles=tuple(_ticked(values, ROLE)),
        people=tuple(int(key) for key in _ticked(values, PERSON)),
        channels=tuple(int(key) for key in _ticked(values, CHANNEL)),
        ignores_quiet=bool(values["ignores_quiet"]),
    )


def _ticked(values: dict[str, Any], kind: str) -> Sequence[str]:
    return [key.removeprefix(kind) for key, value in values.items() if key.startswith(kind) and value]


def limit_words(row: RuleRow, facts: KindFacts | None) -> Text | str:
    """The limits of a rule in a few words."""
    if facts is None:
        return ""
    limits = [(one, row.edit.limits.get(one.name, one.usual)) for one in facts.limits]
    parts = [one.words(value) for one, value in limits if value or one.usual]
    return join(parts, " · ") if parts else ""
