"""Layouts as data: read with sentences, drawn or refused with the size that would be right."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core import labels
from core.errors import InvalidInput, NotFound
from core.labels import BoxElement, LineElement, PictureElement
from tests.core.labels.samples import code, content_of, drawn, inked, layout_of, words

PLAIN: dict[str, Any] = json.loads(labels.layout_to_json(layout_of(words(), code())))


def test_a_layout_survives_its_file() -> None:
    layout = layout_of(
        words(bold=True, lines=2, emphasise="x"), code(turn=90), LineElement(1, 1, 20, 1), BoxElement(1, 1, 5, 5, filled=True),
        PictureElement(1, 1, 10, 10, source="logo"), name_en="Test", required=("name",), advised=("price",),
    )  # fmt: skip
    assert labels.layout_from_json(labels.layout_to_json(layout)) == layout


@pytest.mark.parametrize(
    ("change", "said"),
    (
        ({"schema": 9}, "another version"),
        ({"width": 0}, "mm wide and high"),
        ({"width": "60"}, "must be a number"),
        ({"width": float("nan")}, "must be a number"),
        ({"code": ""}, "needs a code"),
        ({"colour": "red"}, "nobody knows"),
        ({"elements": "none"}, "list of at most"),
        ({"elements": [{}]}, "its kind must be"),
        ({"elements": [{"kind": ["text"]}]}, "its kind must be"),
        ({"elements": [{"kind": "text", "x": 1}]}, "is missing"),
        ({"elements": [{"kind": "line", "x": 1, "y": 1, "x2": 5, "y2": 5}]}, "level or upright"),
        ({"elements": [{**PLAIN["elements"][0], "align": "middle"}]}, "must be one of"),
        ({"elements": [{**PLAIN["elements"][0], "bold": 1}]}, "true or false"),
        ({"elements": [{**PLAIN["elements"][0], "text": "x" * 501}]}, "at most 500"),
        ({"elements": [{**PLAIN["elements"][0], "width": 0}]}, "a width and a height"),
        ({"elements": [{**PLAIN["elements"][0], "size": 0}]}, "a size"),
        ({"elements": [{**PLAIN["elements"][0], "x": -1}]}, "from 0 to"),
        ({"elements": [{**PLAIN["elements"][1], "symbology": "ean14"}]}, "must be one of"),
        ({"elements": PLAIN["elements"] * 60}, "at most 100"),
        ({"required": ["a", 1]}, "names of fields"),
    ),
)
def test_a_wrong_layout_says_what_would_be_right(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        labels.layout_from_json(json.dumps({**PLAIN, **change}))


@pytest.mark.parametrize(
    "text", ("", "[]", "{}", "null", "{" * 50_000, "[" * 100_000, "x" * 3_000_000, '{"elements": 1}')
)
def test_a_file_that_is_no_layout_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        labels.layout_from_json(text)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(PLAIN)), st.sampled_from(sorted(PLAIN["elements"][0])), _VALUES)
def test_any_value_anywhere_gives_a_layout_or_a_sentence(key: str, inner: str, value: object) -> None:
    for wrong in ({**PLAIN, key: value}, {**PLAIN, "elements": [{**PLAIN["elements"][0], inner: value}]}):
        try:
            layout = labels.layout_from_json(json.dumps(wrong))
        except InvalidInput:
            continue
        labels.draw(layout, content_of(name="牛奶"), 203)


@pytest.mark.parametrize("dpi", (0, 72, 200, 299, 1200))
def test_a_resolution_nobody_has_is_refused(dpi: int) -> None:
    with pytest.raises(InvalidInput, match="180, 203, 300, 600"):
        labels.draw(layout_of(words()), content_of(), dpi)


def test_an_unknown_template_names_those_there_are() -> None:
    with pytest.raises(NotFound, match="shelf-60x40"):
        labels.load_layout("nope")


def test_faults_of_a_layout_come_with_the_size_that_would_fit() -> None:
    layout = layout_of(words(x=30, width=40), words(height=2, size=3, least=3), code(width=20))
    found = {trouble.word: trouble for trouble in labels.check_layout(layout, 203)}
    assert found["off_label"].width == 70
    assert found["too_low"].height == 3
    assert found["too_small"].width == 28.25


def test_lines_and_boxes_are_whole_dots() -> None:
    page = drawn(LineElement(5, 5, 25, 5, 0.25))
    assert inked(page, 0, 0, page.width, page.height) == 160 * 2
    assert inked(drawn(BoxElement(5, 5, 10, 10, 0.25)), 0, 0, 480, 320) == 80 * 80 - 76 * 76
    assert inked(drawn(BoxElement(5, 5, 10, 10, filled=True)), 0, 0, 480, 320) == 6400


def _png(colour: str = "black") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(made, "PNG")
    return made.getvalue()


def test_a_picture_fills_its_frame_without_being_bent() -> None:
    element = PictureElement(5, 5, 20, 20, data=base64.b64encode(_png()).decode())
    assert inked(drawn(element), 0, 0, 480, 320) == 160 * 80
    source = layout_of(PictureElement(5, 5, 20, 20, source="logo"))
    with_logo = labels.LabelContent("item", 1, "A", {}, "zh", {"logo": _png()})
    assert inked(labels.draw(source, with_logo, 203), 0, 0, 480, 320) == 160 * 80
    assert labels.draw(source, content_of(), 203).troubles == ()


@pytest.mark.parametrize("data", ("x", "AAAA", base64.b64encode(_png()[:40]).decode()))
def test_what_is_no_picture_is_said(data: str) -> None:
    assert [one.word for one in drawn(PictureElement(5, 5, 20, 20, data=data)).troubles] == ["bad_picture"]
