"""Which pages to print: "1-3, 5"."""

from __future__ import annotations

import re
import unicodedata

from core.errors import InvalidInput
from core.i18n import _

_PART = re.compile(r"(\d{1,6})(?:\s*-\s*(\d{0,6}))?")


def chosen_pages(words: str, count: int) -> tuple[int, ...]:
    """The pages a person chose of `count`, counted from 0 and in their order; empty words are all pages.

    Understands 2, 1-3, 4- (to the end), several with commas, full-width signs. Raises InvalidInput.
    """
    plain = unicodedata.normalize("NFKC", words).replace("、", ",").replace("–", "-").replace("~", "-").strip()
    if not plain:
        return tuple(range(count))
    found: list[int] = []
    for part in plain.split(","):
        found.extend(_pages_of(part.strip(), count))
    return tuple(dict.fromkeys(found))


def _pages_of(part: str, count: int) -> range:
    fits = _PART.fullmatch(part)
    if fits is None:
        raise _refused(count)
    first = int(fits[1])
    last = first if fits[2] is None else int(fits[2] or count)
    if not 1 <= first <= last <= count:
        raise _refused(count)
    return range(first - 1, last)


def _refused(count: int) -> InvalidInput:
    return InvalidInput(_("Write pages such as 1-3, 5. This paper has {n}.", n=count), field="pages")
