"""A layout while it is being designed: moving, sizing, aligning, snapping, and taking it back. No widget here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from core.labels import Element, Layout, LineElement

GRID = 0.5
REACH = 0.8
LEAST = 1.0
MOST_STEPS = 200

Box: TypeAlias = tuple[float, float, float, float]


def box_of(element: Element) -> Box:
    """Left, top, width, height in millimetres."""
    if isinstance(element, LineElement):
        left, right = sorted((element.x, element.x2))
        top, bottom = sorted((element.y, element.y2))
        return left, top, right - left, bottom - top
    return element.x, element.y, element.width, element.height


def boxed(element: Element, box: Box) -> Element:
    """The element in another frame; a line stays level or upright."""
    left, top, width, height = (round(max(0.0, one), 3) for one in box)
    if isinstance(element, LineElement):
        if element.y == element.y2:
            return replace(element, x=left, y=top, x2=round(left + max(width, LEAST), 3), y2=top)
        return replace(element, x=left, y=top, x2=left, y2=round(top + max(height, LEAST), 3))
    return replace(element, x=left, y=top, width=max(width, LEAST), height=max(height, LEAST))


def moved(element: Element, right: float, down: float) -> Element:
    """The element a little further."""
    left, top, width, height = box_of(element)
    return boxed(element, (left + right, top + down, width, height))


def guides_of(layout: Layout, but: Iterable[int]) -> tuple[list[float], list[float]]:
    """Upright and level lines worth snapping to: edges and middles of the label and of the other elements."""
    left_out = set(but)
    across = [0.0, layout.margin, layout.width / 2, layout.width - layout.margin, layout.width]
    down = [0.0, layout.margin, layout.height / 2, layout.height - layout.margin, layout.height]
    for number, element in enumerate(layout.elements):
        if number not in left_out:
            x, y, width, height = box_of(element)
            across += [x, x + width / 2, x + width]
            down += [y, y + height / 2, y + height]
    return across, down


def snapped(edges: Sequence[float], guides: Sequence[float]) -> float:
    """How far to shift so that one of the edges meets a guide, or else the first one the grid."""
    best = min(((guide - edge) for edge in edges for guide in guides), key=abs, default=REACH + 1)
    if abs(best) <= REACH:
        return best
    return round(edges[0] / GRID) * GRID - edges[0]


class Draft:
    """The layout now, what is chosen on it, and the steps back and forth."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.chosen: tuple[int, ...] = ()
        self._before: list[Layout] = []
        self._after: list[Layout] = []
        self._last = ""
        self.saved = layout

    # --- state

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what was saved."""
        return self.layout != self.saved

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether a step that was taken back can be done again."""
        return bool(self._after)

    @property
    def element(self) -> Element | None:
        """The only element chosen."""
        return self.layout.elements[self.chosen[0]] if len(self.chosen) == 1 else None

    def choose(self, *numbers: int) -> None:
        """Choose elements."""
        self.chosen = tuple(number for number in numbers if 0 <= number < len(self.layout.elements))
        self._last = ""

    # --- steps

    def change(self, layout: Layout, step: str = "") -> None:
        """Another layout. Changes of the same `step` one after the other are taken back together."""
        if layout == self.layout:
            return
        if not step or step != self._last:
            self._before.append(self.layout)
            del self._before[:-MOST_STEPS]
        self._last = step
        self._after.clear()
        self.layout = layout

    def end_step(self) -> None:
        """What comes is a step of its own."""
        self._last = ""

    def undo(self) -> None:
        """Take the last step back."""
        if self._before:
            self._after.append(self.layout)
            self._go_to(self._before.pop())

    def redo(self) -> None:
        """Do it again."""
        if self._after:
            self._before.append(self.layout)
            self._go_to(self._after.pop())

    def _go_to(self, layout: Layout) -> None:
        self.layout = layout
        self._last = ""
        self.choose(*self.chosen)

    # --- elements

    def replace_chosen(self, make: Callable[[Element], Element], step: str = "") -> None:
        """Change every element chosen."""
        elements = [make(one) if at in self.chosen else one for at, one in enumerate(self.layout.elements)]
        self.change(replace(self.layout, elements=tuple(elements)), step)

    def put(self, number: int, element: Element, step: str = "") -> None:
        """Another element in the place of one."""
        elements = list(self.layout.elements)
        elements[number] = element
        self.change(replace(self.layout, elements=tuple(elements)), step)

    def add(self, element: Element) -> None:
        """One more element, which is then chosen."""
        self.change(replace(self.layout, elements=(*self.layout.elements, element)))
        self.choose(len(self.layout.elements) - 1)

    def remove(self) -> None:
        """Take the chosen elements away."""
        kept = tuple(one for at, one in enumerate(self.layout.elements) if at not in self.chosen)
        self.change(replace(self.layout, elements=kept))
        self.choose()

    def duplicate(self) -> None:
        """The chosen elements once more, a little lower."""
        more = tuple(moved(self.layout.elements[at], 2, 2) for at in self.chosen)
        first = len(self.layout.elements)
        self.change(replace(self.layout, elements=(*self.layout.elements, *more)))
        self.choose(*range(first, first + len(more)))

    def nudge(self, right: float, down: float) -> None:
        """Move the chosen elements a little."""
        self.replace_chosen(lambda one: moved(one, right, down), "nudge")

    def align(self, side: str) -> None:
        """Align the chosen elements with one another; a single one with the label's margin."""
        boxes = [box_of(self.layout.elements[at]) for at in self.chosen]
        if not boxes:
            return
        margin, layout = self.layout.margin, self.layout
        room: Box = (margin, margin, layout.width - 2 * margin, layout.height - 2 * margin)
        if len(boxes) > 1:
            left, top = min(one[0] for one in boxes), min(one[1] for one in boxes)
            right, bottom = max(one[0] + one[2] for one in boxes), max(one[1] + one[3] for one in boxes)
            room = (left, top, right - left, bottom - top)
        self.replace_chosen(lambda one: boxed(one, _aligned(box_of(one), room, side)))


def _aligned(box: Box, room: Box, side: str) -> Box:
    x, y, width, height = box
    left, top, wide, high = room
    places = {
        "left": (left, y), "centre": (left + (wide - width) / 2, y), "right": (left + wide - width, y),
        "top": (x, top), "middle": (x, top + (high - height) / 2), "bottom": (x, top + high - height),
    }  # fmt: skip
    return (*places[side], width, height)
