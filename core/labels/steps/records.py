"""What is printed on a label as it is kept: only the fields its layout shows, and a hash that is the same for the same words."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from core.labels.rules.layouts import fields_of
from core.labels.types import LabelContent, Layout, PictureElement
from core.labels.types.queue import Difference

CHANGING = frozenset({"running"})
"""Fields that are only known when the label is sent."""
ONCE = frozenset({"price", "price_text", "price_whole", "batch", "batch_code"})
"""Fields of which a second print is asked about first: a number given once, and money."""


def kept_content(content: LabelContent, layout: Layout) -> dict[str, Any]:
    """What stands on the label, for the journal: everything needed to print exactly it again."""
    names = {*fields_of(layout), *layout.required} - CHANGING
    sources = {one.source for one in layout.elements if isinstance(one, PictureElement) and one.source}
    kept: dict[str, Any] = {
        "subject": content.subject,
        "id": content.id,
        "code": content.code,
        "language": content.language,
        "fields": {name: content.fields.get(name, "") for name in sorted(names)},
    }
    pictures = {name: data for name, data in content.pictures.items() if name in sources}
    if pictures:
        kept["pictures"] = {name: base64.b64encode(data).decode("ascii") for name, data in sorted(pictures.items())}
    return kept


def content_of(kept: Mapping[str, Any]) -> LabelContent:
    """The opposite of `kept_content`."""
    pictures = {name: base64.b64decode(data) for name, data in kept.get("pictures", {}).items()}
    fields = {str(name): str(words) for name, words in kept["fields"].items()}
    return LabelContent(kept["subject"], int(kept["id"]), kept["code"], fields, kept.get("language", "zh"), pictures)


def content_hash(kept: Mapping[str, Any], layout: Layout | str) -> str:
    """SHA-256 over the words and the layout's code: the same for labels that look the same."""
    code = layout if isinstance(layout, str) else layout.code
    words = json.dumps([code, kept], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def differences(printed: Mapping[str, Any], true: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Fields of a printed label that would be written otherwise today; another picture counts too."""
    before, now = printed["fields"], true["fields"]
    found = [
        Difference(name, str(words), str(now.get(name, "")))
        for name, words in before.items()
        if str(now.get(name, "")) != str(words)
    ]
    if printed.get("pictures", {}) != true.get("pictures", {}):
        found.append(Difference("picture", "", ""))
    return tuple(found)


def is_once(layout: Layout) -> bool:
    """Whether labels of this layout carry a number given once, or a price."""
    return bool(ONCE & {*fields_of(layout), *layout.required})


def stock_of(layout: Layout) -> str:
    """The paper a layout needs, such as 60x40 (millimetres)."""
    return f"{layout.width:g}x{layout.height:g}"
