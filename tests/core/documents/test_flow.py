"""How pieces are laid on pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.documents.paper.flow import Piece, gap, paginate
from core.documents.paper.pen import Pen

HEAD = Piece(5, lambda pen, y: None, keep=True)


def draw(pen: Pen, y: float) -> None:
    """Nothing; the tests look at where things stand."""


def piece(height: float, keep: bool = False, head: Piece | None = None) -> Piece:
    return Piece(height, draw, keep, head)


@given(st.lists(st.builds(piece, st.floats(1, 60), st.booleans(), st.sampled_from([None, HEAD])), max_size=60))
def test_every_piece_stands_on_one_page_in_order_and_inside_it(pieces: list[Piece]) -> None:
    pages = paginate(pieces, 80, 100)
    placed = [place.piece for page in pages for place in page]
    assert [p for p in placed if p is not HEAD] == pieces
    for index, page in enumerate(pages):
        room = 80 if index == 0 else 100
        assert all(place.y + place.piece.height <= room + 1e-6 for place in page if place.y > 0)


def test_a_row_that_starts_a_page_has_its_head_over_it() -> None:
    rows = [piece(10, head=HEAD) for _number in range(20)]
    pages = paginate([HEAD, *rows], 50, 50)
    assert all(page[0].piece is HEAD for page in pages)
    assert [len(page) - 1 for page in pages] == [4, 4, 4, 4, 4]


def test_kept_pieces_move_together() -> None:
    pages = paginate([piece(30), piece(30, keep=True), piece(30)], 80, 80)
    assert [len(page) for page in pages] == [1, 2]


def test_white_space_vanishes_at_the_top_of_a_page() -> None:
    pages = paginate([piece(75), gap(10), piece(20)], 80, 80)
    assert pages[1][0].y == 0
    assert pages[1][0].piece.height == 20


def test_nothing_to_print_is_still_one_page() -> None:
    assert len(paginate([], 80, 80)) == 1
