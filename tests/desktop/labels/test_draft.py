"""The draft of a layout: snapping, aligning, sizing, and taking it all back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.labels import BoxElement, Layout, LineElement, TextElement, load_layout
from desktop.labels.draft import Draft, box_of, boxed, guides_of, moved, snapped

LAYOUT = Layout(
    "x", "样", 60.0, 40.0, (TextElement(5, 5, 20, 5, "{name}"), BoxElement(30, 10, 10, 10), LineElement(2, 20, 50, 20))
)


def test_a_step_is_taken_back_and_done_again() -> None:
    draft = Draft(LAYOUT)
    draft.choose(0)
    draft.nudge(1, 0)
    draft.nudge(1, 0)
    assert box_of(draft.layout.elements[0])[0] == 7
    draft.undo()
    assert draft.layout == LAYOUT and not draft.is_changed
    draft.redo()
    assert box_of(draft.layout.elements[0])[0] == 7
    draft.remove()
    assert len(draft.layout.elements) == 2
    draft.undo()
    assert len(draft.layout.elements) == 3 and draft.can_redo


@pytest.mark.parametrize(
    ("side", "box"),
    [
        ("left", (5, 10, 10, 10)), ("right", (30, 10, 10, 10)), ("centre", (17.5, 10, 10, 10)),
        ("top", (30, 5, 10, 10)), ("bottom", (30, 10, 10, 10)), ("middle", (30, 7.5, 10, 10)),
    ],
)  # fmt: skip
def test_elements_are_aligned_with_one_another(side: str, box: tuple[float, ...]) -> None:
    draft = Draft(LAYOUT)
    draft.choose(0, 1)
    draft.align(side)
    assert box_of(draft.layout.elements[1]) == box


def test_one_alone_is_aligned_with_the_margin() -> None:
    draft = Draft(LAYOUT)
    draft.choose(1)
    draft.align("right")
    assert box_of(draft.layout.elements[1]) == (60 - 1.5 - 10, 10, 10, 10)


def test_an_edge_snaps_to_another_and_else_to_the_grid() -> None:
    across, _down = guides_of(LAYOUT, [1])
    assert snapped([24.6], across) == pytest.approx(0.4)
    assert snapped([33.7], [0.0]) == pytest.approx(-0.2)


def test_a_line_stays_level() -> None:
    line = boxed(LineElement(2, 20, 50, 20), (4, 30, 10, 7))
    assert isinstance(line, LineElement)
    assert (line.x, line.y, line.x2, line.y2) == (4, 30, 14, 30)


def test_a_copy_is_chosen_and_lies_lower() -> None:
    draft = Draft(LAYOUT)
    draft.choose(1)
    draft.duplicate()
    assert draft.chosen == (3,)
    assert box_of(draft.layout.elements[3]) == (32, 12, 10, 10)


@given(right=st.floats(-200, 200), down=st.floats(-200, 200))
def test_nothing_leaves_the_label_at_the_left_or_top(right: float, down: float) -> None:
    for element in load_layout("shelf-60x40").elements:
        x, y, width, height = box_of(moved(element, right, down))
        assert x >= 0 and y >= 0
        assert (width, height) == pytest.approx(box_of(element)[2:], abs=0.002)
