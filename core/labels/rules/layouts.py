"""Layouts as text: read with sentences about what is wrong, written so that reading gives the same layout."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from functools import lru_cache
from typing import Any, get_args

from core.errors import InvalidInput
from core.i18n import Text, _
from core.labels.types.layout import (
    Align,
    BarcodeElement,
    BoxElement,
    Element,
    Layout,
    LineElement,
    PictureElement,
    Symbology,
    TextElement,
    VerticalAlign,
)

SCHEMA = 1
MOST_ELEMENTS = 100
SMALLEST, LARGEST = 8.0, 300.0
LARGEST_FILE = 2_000_000
KINDS: dict[str, type[Element]] = {
    "text": TextElement, "barcode": BarcodeElement, "picture": PictureElement, "line": LineElement, "box": BoxElement,
}  # fmt: skip
_NAMES = {cls: kind for kind, cls in KINDS.items()}
_CHOICES: dict[str, tuple[Any, ...]] = {
    "align": get_args(Align),
    "valign": get_args(VerticalAlign),
    "symbology": get_args(Symbology),
    "turn": (0, 90, 180, 270),
}
_MOST = {"lines": 20, "dots": 40, "size": 100.0, "least": 100.0, "weight": 50.0, "module": 5.0, "margin": 50.0}
_LONGEST = {"text": 500, "text_en": 500, "content": 500, "data": 1_000_000}
_HOLE = re.compile(r"\{([^{}]*)\}")


def layout_to_json(layout: Layout) -> str:
    """A layout as text for a file; what stands at its usual value is left out of the elements."""
    head = {key: value for key, value in asdict(layout).items() if key != "elements"}
    shown = [_element_to_dict(element) for element in layout.elements]
    return json.dumps({"schema": SCHEMA, **head, "elements": shown}, ensure_ascii=False, indent=1) + "\n"


def _element_to_dict(element: Element) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": _NAMES[type(element)]}
    for one in fields(element):
        value = getattr(element, one.name)
        if value != one.default:
            found[one.name] = value
    return found


def layout_from_json(text: str) -> Layout:
    """The layout in a file. Raises InvalidInput with a sentence that names the element and what would be right."""
    if len(text) > LARGEST_FILE:
        raise InvalidInput(_("This is no layout: the file is too large."))
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise InvalidInput(_("This is no layout: the file is no JSON.")) from fault
    if not isinstance(raw, dict) or "elements" not in raw:
        raise InvalidInput(_("This is no layout: it has no elements."))
    if raw.get("schema") != SCHEMA:
        raise InvalidInput(
            _("This layout was made by another version ({schema}); this program reads version {known}.",
              schema=str(raw.get("schema"))[:20], known=SCHEMA)
        )  # fmt: skip
    head = {key: value for key, value in raw.items() if key not in ("schema", "elements")}
    return _layout(head, _elements(raw["elements"]))


def _layout(head: Mapping[str, Any], elements: tuple[Element, ...]) -> Layout:
    where = _("The layout")
    known = {one.name for one in fields(Layout)} - {"elements"}
    _check_keys(head, known, {"code", "name", "width", "height"}, where)
    values: dict[str, Any] = {}
    for key, value in head.items():
        if key in ("required", "advised"):
            values[key] = _words(value, key, where)
        elif key in ("width", "height", "margin"):
            values[key] = _number(value, key, where)
        else:
            values[key] = _string(value, key, where)
    layout = Layout(elements=elements, **values)
    for side, length in (("width", layout.width), ("height", layout.height)):
        if not SMALLEST <= length <= LARGEST:
            raise InvalidInput(
                _("A label is {least} to {most} mm wide and high, not {mm}.", least=SMALLEST, most=LARGEST, mm=length),
                field=side,
            )
    if not layout.code.strip() or not layout.name.strip():
        raise InvalidInput(_("A layout needs a code and a name."), field="code")
    return layout


def _elements(raw: Any) -> tuple[Element, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_ELEMENTS:
        raise InvalidInput(_("A layout has a list of at most {n} elements.", n=MOST_ELEMENTS), field="elements")
    return tuple(_element(one, number) for number, one in enumerate(raw, start=1))


def _element(raw: Any, number: int) -> Element:
    where = _("Element {n}", n=number)
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise InvalidInput(_("{where}: its kind must be one of {known}.", where=where, known=", ".join(KINDS)))
    cls = KINDS[kind]
    given = {key: value for key, value in raw.items() if key != "kind"}
    needed = {one.name for one in fields(cls) if one.default is MISSING}
    _check_keys(given, {one.name for one in fields(cls)}, needed, where)
    types = {one.name: str(one.type) for one in fields(cls)}
    element = cls(**{key: _value(value, key, types[key], where) for key, value in given.items()})
    _check_element(element, where)
    return element


def _check_keys(given: Mapping[str, Any], known: set[str], needed: set[str], where: Text) -> None:
    for key in given:
        if key not in known:
            raise InvalidInput(_("{where}: nobody knows “{key}”.", where=where, key=str(key)[:40]))
    for key in sorted(needed - set(given)):
        raise InvalidInput(_("{where}: “{key}” is missing.", where=where, key=key))


def _value(value: Any, key: str, kind: str, where: Text) -> Any:
    if key in _CHOICES:
        if value not in _CHOICES[key] or isinstance(value, bool):
            known = ", ".join(map(str, _CHOICES[key]))
            raise InvalidInput(_("{where}: “{key}” must be one of {known}.", where=where, key=key, known=known))
        return value
    if kind == "bool":
        if not isinstance(value, bool):
            raise InvalidInput(_("{where}: “{key}” must be true or false.", where=where, key=key))
        return value
    if kind == "str":
        return _string(value, key, where)
    number = _number(value, key, where)
    return int(number) if kind == "int" else number


def _string(value: Any, key: str, where: Text) -> str:
    most = _LONGEST.get(key, 200)
    if not isinstance(value, str) or len(value) > most:
        raise InvalidInput(
            _("{where}: “{key}” must be a text of at most {n} characters.", where=where, key=key, n=most)
        )
    return value


def _words(value: Any, key: str, where: Text) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_ELEMENTS or not all(isinstance(one, str) for one in value):
        raise InvalidInput(_("{where}: “{key}” must be a list of names of fields.", where=where, key=key))
    return tuple(value)


def _number(value: Any, key: str, where: Text) -> float:
    most = _MOST.get(key, LARGEST)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= most:  # also refuses NaN
        raise InvalidInput(_("{where}: “{key}” must be a number from 0 to {most}.", where=where, key=key, most=most))
    return float(value)


def _check_element(element: Element, where: Text) -> None:
    if isinstance(element, LineElement):
        if element.x != element.x2 and element.y != element.y2:
            raise InvalidInput(_("{where}: a line is level or upright.", where=where))
        return
    if element.width <= 0 or element.height <= 0:
        raise InvalidInput(_("{where}: it needs a width and a height.", where=where))
    if isinstance(element, TextElement) and (element.size <= 0 or element.lines < 1):
        raise InvalidInput(_("{where}: words need a size and at least one line.", where=where))


@lru_cache(maxsize=1024)
def holes(pattern: str) -> tuple[str, ...]:
    """The names of the fields a pattern uses, in their order."""
    return tuple(name.strip() for hole in _HOLE.findall(pattern) for name in hole.split("|") if name.strip())


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern with its holes filled: `{a}`, or `{a|b}` for the first that is not empty. Unknown fields are empty, and a
    line all of whose fields are empty is left out."""

    def one(match: re.Match[str]) -> str:
        return next((values[name] for name in map(str.strip, match.group(1).split("|")) if values.get(name)), "")

    return "\n".join(_HOLE.sub(one, line).strip() for line in pattern.split("\n") if not is_empty(line, values))


def is_empty(pattern: str, values: Mapping[str, str]) -> bool:
    """Whether a pattern has fields and all of them are empty: such an element is not drawn."""
    names = holes(pattern)
    return bool(names) and not any(values.get(name, "").strip() for name in names)


def fields_of(layout: Layout) -> tuple[str, ...]:
    """Every field a layout shows, each once."""
    found: list[str] = []
    for element in layout.elements:
        if isinstance(element, TextElement):
            found += [*holes(element.text), *holes(element.text_en)]
        elif isinstance(element, BarcodeElement):
            found += holes(element.content)
    return tuple(dict.fromkeys(found))
