"""A scanner's profile as data: in its settings, and in the lines of `steward scan`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.devices.rules.scans.profiles import named_profile
from core.devices.rules.scans.store import is_template
from core.devices.types.scans import Measure, ScanProfile, StoreTemplate
from core.errors import InvalidInput
from core.i18n import _

_WORDS = ("prefix", "suffix", "separator", "currency", "date_order")
_PAIRS = ("characters", "code_ids")
_MOST_DECIMALS = 6


def described_profile(data: object) -> ScanProfile:
    """A profile from a country's name or from an object such as {"country": "no", "separator": "|", "templates":
    [{"pattern": "20IIIIIPVVVVC", "measure": "price", "decimals": 2}]}; None is a scanner of no country.

    Raises NotFound for an unknown country and InvalidInput for anything that is no such object.
    """
    if data is None or isinstance(data, str):
        return named_profile(data or "")
    if not isinstance(data, Mapping):
        raise _not_a_profile()
    profile = named_profile(_word(data, "country"))
    known: dict[str, Any] = {name: _word(data, name) for name in _WORDS if name in data}
    known |= {name: _pairs(data[name]) for name in _PAIRS if name in data}
    if "templates" in data:
        if not isinstance(data["templates"], list):
            raise _not_a_profile()
        known["templates"] = (*(_template(one) for one in data["templates"]), *profile.templates)
    return replace(profile, **known)


def profile_as_data(profile: ScanProfile) -> dict[str, Any]:
    """The same as data that can be kept as JSON, without its country's own templates."""
    base = named_profile(profile.name)
    told: dict[str, Any] = {"country": profile.name} if profile.name else {}
    told |= {name: getattr(profile, name) for name in _WORDS if getattr(profile, name) != getattr(base, name)}
    told |= {name: dict(getattr(profile, name)) for name in _PAIRS if getattr(profile, name)}
    templates = [one for one in profile.templates if one not in base.templates]
    if templates:
        told["templates"] = [
            {
                "pattern": one.pattern,
                "measure": one.measure.value,
                "decimals": one.decimals,
                "amount_decimals": one.amount_decimals,
            }
            for one in templates
        ]
    return told


def _word(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise _not_a_profile()
    return value


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Mapping):
        raise _not_a_profile()
    return tuple((str(came), str(was)) for came, was in value.items())


def _template(data: object) -> StoreTemplate:
    if not isinstance(data, Mapping):
        raise _not_a_profile()
    pattern, measure = _word(data, "pattern"), _word(data, "measure")
    decimals, amount = data.get("decimals", 0), data.get("amount_decimals", 2)
    if not is_template(pattern):
        raise InvalidInput(
            _("“{pattern}” is no template of in-store codes. One is 20IIIIIPVVVVC.", pattern=pattern[:20]),
            field="templates",
        )
    if measure not in tuple(Measure) or not _is_decimals(decimals) or not _is_decimals(amount):
        raise _not_a_profile()
    return StoreTemplate(pattern, Measure(measure), decimals, amount)


def _is_decimals(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= _MOST_DECIMALS


def _not_a_profile() -> InvalidInput:
    return InvalidInput(_("The scanner's profile is not built as profiles are."), field="profile")
