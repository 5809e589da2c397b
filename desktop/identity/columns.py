"""Columns of people, roles and the operation log, and how their states look."""

from __future__ import annotations

from core.i18n import Text, _, join, verbatim
from core.identity import AuditRow, PersonCard, PersonRow, RoleHeld, RoleRow
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, language

MOST_FACTS = 4


def person_state(person: PersonRow | PersonCard) -> BadgeLook:
    """Whether somebody can sign in now."""
    if not person.is_active:
        return BadgeLook(_("Not active"))
    if person.locked_until is not None:
        return BadgeLook(_("Locked out"), Meaning.DANGER, "lock")
    if not (person.has_password or person.has_pin):
        return BadgeLook(_("No password yet"), Meaning.SOON)
    return BadgeLook(_("Active"), Meaning.GOOD)


def ways_in(person: PersonRow | PersonCard) -> Text | str:
    """How somebody can sign in: password, PIN, badge."""
    ways = [
        words
        for is_there, words in (
            (person.has_password, _("Password")),
            (person.has_pin, _("PIN")),
            (person.has_badge, _("Badge")),
        )
        if is_there
    ]
    return join(ways, " · ") if ways else ""


def roles_words(roles: tuple[RoleHeld, ...]) -> str:
    """The roles somebody has, in the language on screen."""
    return (
        "、".join(role.title("zh") for role in roles) if language() == "zh" else ", ".join(r.title("en") for r in roles)
    )


def what_words(row: AuditRow) -> Text:
    """What an act was about, in one line: the first facts, then what changed."""
    parts = [fact.value for fact in row.facts[:MOST_FACTS]]
    parts += [
        _("{label}: {before} → {after}", label=change.label, before=change.before, after=change.after)
        for change in row.changes[:MOST_FACTS]
    ]
    return join(parts, " · ") if parts else verbatim("")


PEOPLE = (
    Column("name", _("Full name"), 180),
    Column("roles", _("Roles"), 260, stretch=True, value=lambda row: roles_words(row.roles)),
    Column("ways", _("Signs in with"), 200, value=ways_in, wide_only=True, sortable=False),
    Column("state", _("State"), 150, kind=Kind.BADGE, value=person_state),
)


def _role_kind(row: RoleRow) -> BadgeLook:
    return BadgeLook(_("Built-in")) if row.is_built_in else BadgeLook(_("Own"), Meaning.ACCENT)


ROLES = (
    Column("name", _("Role"), 220, stretch=True, value=lambda row: row.title(language())),
    Column("rights", _("Rights"), 90, kind=Kind.QTY, value=lambda row: len(row.permissions)),
    Column("people", _("People"), 90, kind=Kind.QTY),
    Column("kind", _("Kind"), 120, kind=Kind.BADGE, value=_role_kind, wide_only=True),
)

AUDIT = (
    Column("at", _("Time"), 150, kind=Kind.INSTANT, sortable=False),
    Column("person", _("Person"), 130, sortable=False),
    Column("label", _("Act"), 180, sortable=False),
    Column("what", _("What about"), 320, stretch=True, value=what_words, sortable=False),
    Column("stand_in", _("Stood in"), 110, sortable=False, wide_only=True),
    Column("station", _("PC"), 130, sortable=False, muted=True, wide_only=True),
)
