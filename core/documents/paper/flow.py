"""Pieces of a paper and how they are laid on pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from core.documents.paper.pen import Pen

Draw: TypeAlias = Callable[[Pen, float], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of full width that is not broken: `draw` gets the height on the page where it starts.

    `keep` holds it together with the next piece; `head` is drawn again when this piece comes first on a page; a gap
    vanishes there. `fresh` starts a new page, unless it comes first on one.
    """

    height: float
    draw: Draw
    keep: bool = False
    head: Piece | None = None
    gap: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and where it starts, in points from the top of the space for pieces."""

    piece: Piece
    y: float


def gap(height: float) -> Piece:
    """White space that belongs to what follows."""
    return Piece(height, lambda _pen, _y: None, keep=True, gap=True)


def new_page() -> Piece:
    """What follows starts on a new page."""
    return Piece(0.0, lambda _pen, _y: None, keep=True, gap=True, fresh=True)


def kept(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces, the last one held together with what follows."""
    return [*pieces[:-1], replace(pieces[-1], keep=True)] if pieces else []


def paginate(pieces: Sequence[Piece], first: float, other: float) -> list[list[Placed]]:
    """Pieces on pages. `first` is the height of the first page's space, `other` of every further one.

    One page at least. A chain of kept pieces moves to the next page together, unless it is taller than a page.
    """
    pages: list[list[Placed]] = [[]]
    y, room = 0.0, first
    for chain in _chains(pieces):
        is_tall = y + _height(chain) > room and _height(chain) <= other
        if pages[-1] and (is_tall or any(piece.fresh for piece in chain)):
            pages.append([])
            y, room = 0.0, other
        for piece in chain:
            if pages[-1] and y + piece.height > room:
                pages.append([])
                y, room = 0.0, other
            y = _place(pages[-1], piece, y)
    return pages


def _place(page: list[Placed], piece: Piece, y: float) -> float:
    """Put a piece on a page, after its head where it is the first; where the next one goes."""
    if not page and piece.gap:
        return y
    if not page and piece.head is not None:
        page.append(Placed(piece.head, y))
        y += piece.head.height
    page.append(Placed(piece, y))
    return y + piece.height


def _chains(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    chain: list[Piece] = []
    for piece in pieces:
        chain.append(piece)
        if not piece.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _height(chain: Sequence[Piece]) -> float:
    return sum(piece.height for piece in chain)
