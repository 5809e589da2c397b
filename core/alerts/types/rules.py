"""What crosses the door of rules: what is watched, from which limits on, and who is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.i18n import Name, Text, _, _n, verbatim
from db.enums import AlertKind, AlertUrgency, Permission

DAYS, HOURS, PERCENT, MONEY = _("days"), _("hours"), _("%"), _("in the site's money")


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold of a kind of rule: its name, how it is called, its unit, the usual value, and how far it may be set."""

    name: str
    title: Text
    unit: Text
    usual: Decimal
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(3650)
    digits: int = 0

    def words(self, value: Decimal) -> Text:
        """What it is called with a value and its unit: Late by at least 2 days."""
        shown = verbatim(f"{value.normalize():f}")
        if self.unit == DAYS:
            shown = _n("{n} day", "{n} days", int(value))
        elif self.unit == HOURS:
            shown = _n("{n} hour", "{n} hours", int(value))
        elif self.unit == PERCENT:
            shown = _("{value} %", value=shown)
        return _("{title} {value}", title=self.title, value=shown)


@dataclass(frozen=True, slots=True)
class KindFacts:
    """What a kind of rule is: what it watches in a sentence, how urgent it usually is, its limits, and the right without
    which nobody sees its alerts."""

    kind: AlertKind
    about: Text
    urgency: AlertUrgency
    limits: tuple[Limit, ...]
    permission: Permission
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleEdit:
    """A rule as a form shows it. `limits` by name, those of the kind; `roles` are codes of roles; nobody named in `roles`
    and `people`: everybody with the right is told. `channels` are ids. `ignores_quiet`: told in quiet hours too."""

    kind: AlertKind
    urgency: AlertUrgency
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    name: str = ""
    is_on: bool = True
    roles: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    channels: tuple[int, ...] = ()
    ignores_quiet: bool = False


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in the list; `alerts` counts those that are live now."""

    id: int
    version: int
    edit: RuleEdit
    title: Text
    about: Text
    alerts: int


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When nothing is sent: from and to as HH:MM at the site, over midnight too; both empty: never quiet. `urgent_breaks`:
    what is urgent is sent all the same."""

    quiet_from: str = ""
    quiet_to: str = ""
    urgent_breaks: bool = True


@dataclass(frozen=True, slots=True)
class QuietCard:
    """The quiet hours with the version a form gives back."""

    version: int
    quiet: QuietHours


@dataclass(frozen=True, slots=True)
class Contact:
    """Where somebody is told of alerts outside the program; empty: nowhere."""

    person_id: int
    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class ToldRole:
    """A role that a rule can name."""

    code: str
    name: Name
