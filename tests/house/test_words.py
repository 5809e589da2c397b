"""Every string a person sees stands in both languages (ARCHITECTURE.md, rule 5; TERMS.md)."""

from __future__ import annotations

import importlib
import re
from collections import defaultdict

from core.i18n import read_po
from tests.house.tree import ROOT, told
from tests.house.words import LOCALE, chinese, not_literal, placeholders, said, translations

HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH_WORD = re.compile(r"\b[a-z]{3,}\b")


def test_only_literals_are_marked_for_translation() -> None:
    wrong = not_literal()
    assert not wrong, told(wrong)


def test_every_text_has_its_chinese() -> None:
    wrong = sorted({f"{one.where}{one.msgid!r}" for one in said() if one.msgid and not chinese().get(one.msgid)})
    assert not wrong, told(wrong)


def test_no_translation_is_doubtful_or_empty() -> None:
    wrong = [
        f"{one.where} {one.msgid!r}"
        for one in translations()
        if one.is_fuzzy or one.is_obsolete or not one.chinese.strip()
    ]
    assert not wrong, told(wrong)


def test_the_same_english_has_the_same_chinese_everywhere() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for one in translations():
        found[one.msgid].add(one.chinese)
    wrong = [f"{msgid!r}: {' / '.join(sorted(words))}" for msgid, words in found.items() if len(words) > 1]
    assert not wrong, told(wrong)


def test_no_translation_is_left_over() -> None:
    known = {one.msgid for one in said()}
    wrong = [f"{one.where} {one.msgid!r}" for one in translations() if one.msgid not in known]
    assert not wrong, told(wrong)


def test_a_translation_holds_the_same_facts() -> None:
    wrong = []
    for one in said():
        words = chinese().get(one.msgid)
        if words is not None and placeholders(words) != one.holes:
            wrong.append(f"{one.where}{one.msgid!r}: {sorted(one.holes)}, in Chinese {sorted(placeholders(words))}")
    assert not wrong, told(wrong)


def test_every_hole_in_a_text_is_filled() -> None:
    wrong = [
        f"{one.where}{one.msgid!r} lacks {sorted(one.holes - one.facts)}"
        for one in said()
        if one.facts is not None and one.holes - one.facts
    ]
    assert not wrong, told(wrong)


def test_chinese_is_chinese_and_never_solemn() -> None:
    wrong = []
    for one in translations():
        plain = re.sub(r"\{[^}]*\}", "", one.msgid)
        if len(ENGLISH_WORD.findall(plain)) >= 2 and not HAN.search(one.chinese):
            wrong.append(f"{one.where} {one.msgid!r} is not translated")
        if "您" in one.chinese:
            wrong.append(f"{one.where} says 您")
    assert not wrong, told(wrong)


def test_the_program_reads_the_files_as_gettext_does() -> None:
    wrong = []
    for file in sorted(LOCALE.glob("*.po")):
        ours = read_po(file.read_text(encoding="utf-8"))
        name = file.relative_to(ROOT).as_posix()
        theirs = {one.msgid: one.chinese for one in translations() if one.where.startswith(name + ":")}
        if ours != {msgid: words for msgid, words in theirs.items() if words}:
            wrong.append(f"{name}: {sorted(set(ours) ^ set(theirs))[:5] or 'other words'}")
    assert not wrong, told(wrong)


def test_every_stored_word_has_its_name_in_both_languages() -> None:
    if not (ROOT / "core" / "words.py").is_file():
        return
    words, enums = importlib.import_module("core.words"), importlib.import_module("db.enums")
    wrong = []
    for kind in vars(enums).values():
        if isinstance(kind, type) and kind.__module__.startswith("db.enums") and hasattr(kind, "__members__"):
            wrong += _without_name(words, list(kind.__members__.values()))
    assert not wrong, told(wrong)


def _without_name(words: object, members: list[object]) -> list[str]:
    found = []
    for member in members:
        try:
            text = words.word(member)  # type: ignore[attr-defined]
        except LookupError:
            found.append(f"{type(member).__name__}.{member} has no name in core/words.py")
            continue
        if not chinese().get(text.msgid):
            found.append(f"{type(member).__name__}.{member}: {text.msgid!r} has no Chinese")
    return found
