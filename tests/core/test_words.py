"""Every stored word has a name in both languages."""

from __future__ import annotations

from enum import Enum

import pytest

from core import words
from db import enums

MEMBERS = [
    member
    for kind in vars(enums).values()
    if isinstance(kind, type) and issubclass(kind, Enum) and kind.__module__.startswith("db.enums")
    for member in kind
]


class _Other(Enum):
    COUNT = "count"


@pytest.mark.parametrize("member", MEMBERS, ids=[f"{type(member).__name__}.{member.name}" for member in MEMBERS])
def test_a_stored_word_is_named_in_both_languages(member: Enum) -> None:
    text = words.word(member)
    assert text.render("en") == text.msgid
    assert text.render("zh") not in ("", text.msgid)


@pytest.mark.parametrize(
    "kind", list(dict.fromkeys(type(member) for member in MEMBERS)), ids=lambda kind: kind.__name__
)
def test_words_of_one_kind_are_told_apart(kind: type[Enum]) -> None:
    for language in ("zh", "en"):
        said = [words.word(member).render(language) for member in kind]
        assert len(set(said)) == len(said)


def test_the_same_letters_of_another_kind_have_their_own_name() -> None:
    assert words.word(enums.ApprovalSubject.ORDER) is not words.word(enums.PostingKind.COUNT)
    with pytest.raises(LookupError):
        words.word(_Other.COUNT)


def test_the_areas_hold_every_right_once() -> None:
    listed = [permission for _area, permissions in words.AREAS for permission in permissions]
    assert sorted(listed) == sorted(enums.Permission)
    assert all(words.allows(permission).render("zh").endswith("。") for permission in enums.Permission)
