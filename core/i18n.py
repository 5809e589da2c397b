"""Texts a person reads, in both languages.

`_("Only {have} on hand", have=...)` makes a `Text`: the English sentence, its facts, and no language yet. It becomes
words when somebody reads it: `text.render("zh")`. English is the key of the catalogue; Chinese stands in
`resources/locale/zh_CN/*.po` (gettext's format, one file a domain, merged when loaded).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from core.paths import resource

Language: TypeAlias = str
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or word not yet put into a language. `params` may themselves hold texts."""

    msgid: str
    params: tuple[tuple[str, object], ...] = ()
    plural: str = ""
    n: int = 1

    def render(self, language: Language) -> str:
        """The text in one language. A text without translation stays English, never empty."""
        pattern = self.msgid
        if language != "en":
            pattern = _catalogue(language).get(self.msgid) or self.msgid
        elif self.plural and self.n != 1:
            pattern = self.plural
        if not self.params:
            return pattern
        return pattern.format_map({key: _shown(value, language) for key, value in self.params})

    def __str__(self) -> str:
        return self.render("en")


def _(msgid: str, **params: object) -> Text:
    """Mark a literal as a text that people see."""
    return Text(msgid, tuple(params.items()))


def _n(singular: str, plural: str, n: int, **params: object) -> Text:
    """The same with a plural form in English; `{n}` is the number. Chinese has one form, kept under the singular."""
    return Text(singular, (("n", n), *params.items()), plural, n)


def verbatim(words: str) -> Text:
    """A text that is data (a name a person typed), the same in every language."""
    return Text("{words}", (("words", words),))


@dataclass(frozen=True, slots=True)
class Name:
    """A name people gave in both languages; without an English one the Chinese stands for both."""

    zh: str
    en: str = ""

    def render(self, language: Language) -> str:
        """The name in one language."""
        return (self.en or self.zh) if language == "en" else self.zh


def join(parts: list[Text], separator: str = "; ") -> Text:
    """Several texts as one, for a list of reasons in a sentence."""
    pattern = separator.join(f"{{p{i}}}" for i in range(len(parts)))
    return Text(pattern, tuple((f"p{i}", part) for i, part in enumerate(parts)))


def tr(text: Text | str, language: Language) -> str:
    """`text` in `language`; a plain string is looked up as it stands."""
    return text.render(language) if isinstance(text, Text) else Text(text).render(language)


def _shown(value: object, language: Language) -> object:
    return value.render(language) if isinstance(value, (Text, Name)) else value


@cache
def _catalogue(language: Language) -> Mapping[str, str]:
    folder = resource("locale", {"zh": "zh_CN"}.get(language, language))
    merged: dict[str, str] = {}
    for file in sorted(folder.glob("*.po")) if folder.is_dir() else []:
        merged.update(read_po(file.read_text(encoding="utf-8")))
    return merged


def read_po(content: str) -> dict[str, str]:
    """msgid to msgstr of a gettext .po file; fuzzy entries are left out, of plurals the first form is taken.

    Source of the format: GNU gettext manual, "The Format of PO Files".
    """
    found: dict[str, str] = {}
    for block in content.replace("\r\n", "\n").split("\n\n"):
        entry = _read_entry(block)
        if entry is not None:
            found[entry[0]] = entry[1]
    return found


def _read_entry(block: str) -> tuple[str, str] | None:
    fields: dict[str, str] = {}
    current = ""
    for line in block.split("\n"):
        if line.startswith("#,") and "fuzzy" in line:
            return None
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith('"'):
            fields[current] += ast.literal_eval(line)
        else:
            current, _sep, quoted = line.partition(" ")
            fields[current] = ast.literal_eval(quoted)
    msgid = fields.get("msgid", "")
    msgstr = fields.get("msgstr", fields.get("msgstr[0]", ""))
    return (msgid, msgstr) if msgid and msgstr else None
