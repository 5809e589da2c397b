"""What crosses the door of identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.i18n import Text
from db.enums import ApprovalSubject, CostMethod, Permission


@dataclass(frozen=True, slots=True)
class NewSite:
    """What must be known to start a site."""

    name: str
    currency: str
    zone: str
    language: str
    cost_method: CostMethod
    admin: str
    password: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """What signing in needs to know of a person."""

    person_id: int
    name: str
    password_hash: str
    pin_hash: str
    failed_tries: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class PersonTile:
    """A name to pick in the sign-in window; it says nothing that a look at the staff list would not."""

    person_id: int
    name: str
    has_pin: bool
    has_password: bool


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role given everywhere (location 0) or at one location and what lies under it."""

    role_id: int
    location_id: int = 0


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be added. Without password and PIN they cannot sign in yet."""

    name: str
    language: str = ""
    note: str = ""
    password: str = ""
    pin: str = ""
    badge: str = ""
    roles: tuple[RoleGrant, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """What a form changes of a person. Language is zh, en, or empty for the site's."""

    name: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RoleEdit:
    """What a form changes of a role; also a new one."""

    name: str
    name_en: str
    permissions: tuple[Permission, ...]


@dataclass(frozen=True, slots=True)
class SiteEdit:
    """What a form changes of the site's settings."""

    name: str
    name_en: str
    address: str
    phone: str
    currency: str
    zone: str
    language: str
    day_start_hour: int
    lock_minutes: int
    tax_number: str = ""
    paper_foot: str = ""
    paper_days: int = 400


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role somebody has, and where; location 0 is everywhere."""

    role_id: int
    name: str
    name_en: str
    location_id: int = 0
    location: str = ""
    location_en: str = ""

    def title(self, language: str) -> str:
        """The role's name, and behind it the location it is limited to."""
        name = (self.name_en or self.name) if language == "en" else self.name
        place = (self.location_en or self.location) if language == "en" else self.location
        return f"{name} ({place})" if place and language == "en" else f"{name}（{place}）" if place else name


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people."""

    person_id: int
    name: str
    roles: tuple[RoleHeld, ...]
    is_active: bool
    has_password: bool
    has_pin: bool
    has_badge: bool
    locked_until: datetime | None

    @property
    def id(self) -> int:
        """What tells this row from others."""
        return self.person_id


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything about one person but their secrets. `locked_until` is None when they are not locked out now."""

    person_id: int
    version: int
    name: str
    language: str
    note: str
    roles: tuple[RoleHeld, ...]
    is_active: bool
    has_password: bool
    has_pin: bool
    has_badge: bool
    failed_tries: int
    locked_until: datetime | None
    created_at: datetime
    last_act_at: datetime | None
    last_station: str
    is_oneself: bool

    def edit(self) -> PersonEdit:
        """What a form starts from."""
        return PersonEdit(self.name, self.language, self.note)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role, its rights, and how many active people have it.

    The fixed one, of the administrator, holds every right.
    """

    role_id: int
    version: int
    name: str
    name_en: str
    permissions: tuple[Permission, ...]
    is_built_in: bool
    is_fixed: bool
    people: int

    @property
    def id(self) -> int:
        """What tells this row from others."""
        return self.role_id

    def title(self, language: str) -> str:
        """The role's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name

    def edit(self) -> RoleEdit:
        """What a form starts from."""
        return RoleEdit(self.name, self.name_en, self.permissions)


@dataclass(frozen=True, slots=True)
class RolePlace:
    """A location that a role can be limited to; `depth` says how far down the tree it lies."""

    location_id: int
    name: str
    name_en: str
    depth: int

    def title(self, language: str) -> str:
        """The location's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """A right: its area and name, what it lets a person do, and whether who asks may give it."""

    permission: Permission
    area: Text
    name: Text
    allows: Text
    may_give: bool


@dataclass(frozen=True, slots=True)
class NeededRole:
    """The role that must approve, and the limit that was passed, in the site's currency."""

    role_id: int
    name: str
    name_en: str
    limit_amount: Decimal

    def title(self, language: str) -> str:
        """The role's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """An approval rule: above the limit somebody with the role must approve. Without a rule `role_id` is 0."""

    subject: ApprovalSubject
    limit_amount: Decimal | None
    role_id: int
    role: str
    role_en: str
    version: int


@dataclass(frozen=True, slots=True)
class SiteCard:
    """The site's settings. Once there are postings the currency stays."""

    version: int
    settings: SiteEdit
    cost_method: CostMethod
    has_stock: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to look for in the operation log. Days are calendar days on the site's clock, both included."""

    text: str = ""
    person_id: int | None = None
    station: str = ""
    command: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class AuditFact:
    """One thing the log keeps of an act."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class AuditChange:
    """What a field was before an act, and is after it."""

    label: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One act: who, when, from which PC, what, and who stood in for it (empty when nobody did)."""

    journal_id: int
    at: datetime
    person_id: int
    person: str
    station: str
    command: str
    label: Text
    stand_in: str
    facts: tuple[AuditFact, ...]
    changes: tuple[AuditChange, ...]

    @property
    def id(self) -> int:
        """What tells this row from others."""
        return self.journal_id


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A stretch of the log, newest first.

    `total` counts all that fit; `before_id` asks for the next stretch, None at the end.
    """

    rows: tuple[AuditRow, ...]
    total: int
    before_id: int | None


@dataclass(frozen=True, slots=True)
class AuditChoices:
    """What the log can be filtered by: people, PCs and acts that stand in it."""

    people: tuple[tuple[int, str], ...]
    stations: tuple[str, ...]
    commands: tuple[tuple[str, Text], ...]
