"""Reading the journal: names of acts and of what is kept of them, in words a person understands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from core.i18n import Text, _, join, verbatim
from core.identity.steps.named import Names, kind_of, name_of
from core.identity.types import AuditChange, AuditFact, AuditRow
from core.registry import UseCase, all_use_cases
from core.words import word
from db.enums import ApprovalSubject, CostMethod, LabelSubject, Permission, StorageKind, WasteStage

SIGN_IN = UseCase("identity.sign_in", None, _("Sign in"), True)
STAND_IN = UseCase("identity.stand_in", None, _("Stand in with a PIN"), True)

_LABELS: dict[str, Text] = {
    "address": _("Address"),
    "amount": _("Amount"),
    "at": _("Happened at"),
    "clock_set_back": _("Clock was set back"),
    "code": _("Code"),
    "count_id": _("Stock take"),
    "device_id": _("Device"),
    "cost_method": _("Cost method"),
    "currency": _("Currency"),
    "day_start_hour": _("Business day starts at"),
    "document": _("Document"),
    "expires_on": _("Expiry date"),
    "how": _("By means of"),
    "is_active": _("Active"),
    "is_removed": _("Taken away"),
    "item": _("Item"),
    "item_id": _("Item"),
    "item_ids": _("Items"),
    "job_id": _("Job"),
    "kind": _("Kind"),
    "known": _("Known name"),
    "language": _("Language"),
    "limit_amount": _("Limit"),
    "lines": _("Lines"),
    "line_id": _("Line"),
    "line_ids": _("Lines"),
    "link_id": _("Posting"),
    "location": _("Location"),
    "location_id": _("Location"),
    "location_ids": _("Locations"),
    "lock_minutes": _("Locks after (minutes)"),
    "lot": _("Lot"),
    "lot_id": _("Lot"),
    "lot_ids": _("Lots"),
    "name": _("Name"),
    "name_en": _("English name"),
    "note": _("Remark"),
    "number": _("Number"),
    "permissions": _("Permissions"),
    "person": _("Person"),
    "person_id": _("Person"),
    "phone": _("Phone"),
    "planned_by": _("Planned by"),
    "posting_id": _("Posting"),
    "qty": _("Quantity"),
    "reason": _("Reason"),
    "receipt_id": _("Goods receipt"),
    "reservation_id": _("Reservation"),
    "role": _("Role"),
    "role_id": _("Role"),
    "roles": _("Roles"),
    "stand_in": _("Stood in"),
    "subject": _("What for"),
    "subject_id": _("What about"),
    "substitute_id": _("Substitute"),
    "supplier": _("Supplier"),
    "supplier_id": _("Supplier"),
    "to_location_id": _("To location"),
    "unit": _("Unit"),
    "bank_account": _("Bank account"),
    "bank_name": _("Bank"),
    "bic": _("BIC"),
    "contact": _("Contact"),
    "cutoff_time": _("Order cut-off time"),
    "delivery_days": _("Delivery days"),
    "iban": _("IBAN"),
    "lead_days": _("Lead time (days)"),
    "match_amount": _("Match tolerance (amount)"),
    "match_percent": _("Match tolerance (%)"),
    "minimum_value": _("Minimum order value"),
    "monthly_budget": _("Budget a month"),
    "over_tolerance": _("Tolerated over-delivery (%)"),
    "payment_days": _("Payment term (days)"),
    "payment_end_of_month": _("From the end of the month"),
    "price_jump_percent": _("Price change that asks why (%)"),
    "prices_incl_tax": _("Prices include tax"),
    "short_tolerance": _("Tolerated short delivery (%)"),
    "tax_number": _("Tax number"),
    "tax_rate": _("Tax rate (%)"),
    "zone": _("Time zone"),
}

# Which stored words a fact holds, so that it is read by its name and not by its letters.
_KINDS: dict[str, tuple[type[Enum], ...]] = {
    "cost_method": (CostMethod,),
    "permissions": (Permission,),
    "stage": (WasteStage,),
    "storage_kind": (StorageKind,),
    "subject": (ApprovalSubject, LabelSubject),
}
_MEANS = {"password": _("Password"), "pin": _("PIN"), "badge": _("Badge")}
_LANGUAGES = {"zh": "中文", "en": "English"}
_UNTOLD = frozenset({"base", "changes", "row", "stand_in", "succeeded", "seen", "version"})
_FIRST = ("person", "role", "item", "location", "name", "name_en")
_REFUSED = {SIGN_IN.name: _("Sign-in refused"), STAND_IN.name: _("Stand-in refused")}
_DASH = verbatim("–")


def known_acts() -> dict[str, Text]:
    """Every act by its stored name, with its label."""
    acts = {case.name: case.label for case in all_use_cases().values() if case.is_command}
    return {**acts, SIGN_IN.name: SIGN_IN.label, STAND_IN.name: STAND_IN.label}


def act_label(name: str) -> Text:
    """The label of an act; an act that this program does not know is called as it is stored."""
    return known_acts().get(name) or verbatim(name)


def read_row(row: Any, names: Names | None = None) -> AuditRow:
    """A row of the journal as a person reads it; `names` says what its numbers stand for."""
    facts: Mapping[str, Any] = row.facts if isinstance(row.facts, Mapping) else {}
    label = act_label(row.command)
    if facts.get("succeeded") is False:
        label = _REFUSED.get(row.command, label)
    say = _Sayer(row.command, names or {})
    return AuditRow(
        journal_id=row.id,
        at=row.at,
        person_id=row.person_id,
        person=row.person_name,
        station=row.station,
        command=row.command,
        label=label,
        stand_in=str(facts.get("stand_in") or ""),
        facts=tuple(AuditFact(_label(key), say.value(key, value, facts)) for key, value in _told_once(facts)),
        changes=tuple(
            AuditChange(_label(key), say.value(key, before, facts), say.value(key, after, facts))
            for key, before, after in _changed(facts)
        ),
    )


def _changed(facts: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Field, before, after. A form tells what it wants, with what it had shown in `base`; an act tells both itself."""
    changes, base = facts.get("changes"), facts.get("base")
    shown = base if isinstance(base, Mapping) else {}
    for key, told in changes.items() if isinstance(changes, Mapping) else ():
        if isinstance(told, list) and len(told) == 2 and key not in shown:
            yield key, *told
        else:
            yield key, shown.get(key), told


def _told_once(facts: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Who or what an act was done to comes first; a name is not said twice because two facts hold it."""
    flat = sorted(_flat(facts), key=lambda pair: _FIRST.index(pair[0]) if pair[0] in _FIRST else len(_FIRST))
    names = [value for key, value in flat if key in _FIRST]
    return [
        (key, value)
        for at, (key, value) in enumerate(flat)
        if key not in _FIRST or value not in names[: min(at, len(names))]
    ]


def _flat(facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Facts one by one; those of a dataclass given as an argument stand among the others.

    What a change tells, or a name stands for already, is not told twice.
    """
    changes = facts.get("changes")
    told = set(changes) if isinstance(changes, Mapping) else set()
    known = told | set(facts)
    for key, value in facts.items():
        if key in _UNTOLD or key in told or (key.endswith("_id") and key.removesuffix("_id") in known):
            continue
        if isinstance(value, Mapping):
            yield from _flat({inner: one for inner, one in value.items() if inner not in told})
        elif value is not None and value != "":
            yield key, value


def _label(key: str) -> Text:
    return _LABELS.get(key) or verbatim(key.replace("_", " "))


@dataclass(frozen=True, slots=True)
class _Sayer:
    """Puts what one act keeps into words."""

    command: str
    names: Names

    def value(self, key: str, value: Any, beside: Mapping[str, Any]) -> Text:
        """A fact; `beside` are the facts it stands with, which may say what its number is about."""
        kind = kind_of(self.command, key, beside)
        if value is None or value in ("", [], {}):
            return _DASH
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, Mapping):
            told = [(inner, one) for inner, one in value.items() if inner not in _UNTOLD and one not in (None, "")]
            return join([join([_label(inner), self.value(inner, one, value)], " ") for inner, one in told])
        if isinstance(value, list) and not kind and key.endswith("ids"):
            return verbatim(f"{len(value):,}")
        if isinstance(value, list):
            return join([self.value(key, one, beside) for one in value])
        return (name_of(self.names, kind, value) if kind else None) or _word(key, str(value))


def _word(key: str, value: str) -> Text:
    for kind in _KINDS.get(key, ()):
        if value in {member.value for member in kind}:
            return word(kind(value))
    if key == "how" and value in _MEANS:
        return _MEANS[value]
    return verbatim(_LANGUAGES.get(value, value) if key == "language" else value)
