"""Allergens that must be named.

Source: the fourteen of Regulation (EU) No 1169/2011, Annex II; `is_gb` marks the eight groups of GB 7718.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import InvalidInput
from core.i18n import Text, _


@dataclass(frozen=True, slots=True)
class Allergen:
    """A stored word and what people read."""

    word: str
    name: Text
    is_gb: bool


ALLERGENS: tuple[Allergen, ...] = (
    Allergen("gluten", _("Cereals containing gluten"), True),
    Allergen("crustaceans", _("Crustaceans"), True),
    Allergen("eggs", _("Eggs"), True),
    Allergen("fish", _("Fish"), True),
    Allergen("peanuts", _("Peanuts"), True),
    Allergen("soybeans", _("Soybeans"), True),
    Allergen("milk", _("Milk (with lactose)"), True),
    Allergen("nuts", _("Tree nuts"), True),
    Allergen("celery", _("Celery"), False),
    Allergen("mustard", _("Mustard"), False),
    Allergen("sesame", _("Sesame seeds"), False),
    Allergen("sulphites", _("Sulphur dioxide and sulphites"), False),
    Allergen("lupin", _("Lupin"), False),
    Allergen("molluscs", _("Molluscs"), False),
)
_BY_WORD = {allergen.word: allergen for allergen in ALLERGENS}


def allergen_name(word: str) -> Text:
    """The name of a stored allergen. Raises LookupError."""
    return _BY_WORD[word].name


def normal_allergens(words: Iterable[str]) -> list[str]:
    """Stored words, each once, in the order of the regulation. Raises InvalidInput for an unknown one."""
    given = list(words)
    for word in given:
        if word not in _BY_WORD:
            raise InvalidInput(
                _("{word} is none of the allergens: {known}.", word=word, known=", ".join(_BY_WORD)), field="allergens"
            )
    return [allergen.word for allergen in ALLERGENS if allergen.word in given]
