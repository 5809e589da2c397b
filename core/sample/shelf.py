"""What stands where while a history is made up: the same rules of taking as the ledger's, so that nothing runs out there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(slots=True)
class Piece:
    """Goods of one lot (empty: none) at one place."""

    lot: str
    expires_on: date | None
    qty: Decimal


class Shelf:
    """All goods by item and place."""

    def __init__(self) -> None:
        self._pieces: dict[tuple[str, str], list[Piece]] = {}
        self._places: dict[str, list[str]] = {}
        self._blocked: set[tuple[str, str]] = set()

    def put(self, code: str, place: str, piece: Piece) -> None:
        """Goods arrive."""
        places = self._places.setdefault(code, [])
        if place not in places:
            places.append(place)
        here = self._pieces.setdefault((code, place), [])
        same = next((one for one in here if one.lot == piece.lot), None)
        if same is None:
            here.append(piece)
            here.sort(key=lambda one: (one.expires_on or date.max, one.lot))
        else:
            same.qty += piece.qty

    def take(self, code: str, place: str, qty: Decimal, day: date) -> list[Piece]:
        """What of `qty` can be had on a day, first expired first; it is gone afterwards."""
        taken: list[Piece] = []
        for piece in self._usable(code, place, day):
            part = min(piece.qty, qty - sum((one.qty for one in taken), ZERO))
            if part > 0:
                piece.qty -= part
                taken.append(Piece(piece.lot, piece.expires_on, part))
        self._sweep(code, place)
        return taken

    def take_lot(self, code: str, place: str, lot: str, qty: Decimal) -> None:
        """Goods of one lot leave, usable or not."""
        piece = next(one for one in self._pieces[code, place] if one.lot == lot)
        piece.qty -= qty
        self._sweep(code, place)

    def set_qty(self, code: str, place: str, lot: str, qty: Decimal) -> None:
        """What was counted."""
        next(one for one in self._pieces[code, place] if one.lot == lot).qty = qty
        self._sweep(code, place)

    def correct(self, code: str, place: str, lot: str, qty: Decimal) -> None:
        """What was counted, where something of this lot is in the books."""
        if self.qty_of(code, place, lot):
            self.set_qty(code, place, lot, qty)

    def qty_of(self, code: str, place: str, lot: str) -> Decimal:
        """How much of one lot is at a place, usable or not."""
        return sum((one.qty for one in self._pieces.get((code, place), ()) if one.lot == lot), ZERO)

    def block(self, code: str, lot: str) -> None:
        """Nobody takes this lot any more."""
        self._blocked.add((code, lot))

    def usable(self, code: str, place: str, day: date) -> Decimal:
        """How much may be used at a place."""
        return sum((piece.qty for piece in self._usable(code, place, day)), ZERO)

    def usable_anywhere(self, code: str, day: date) -> Decimal:
        """How much may be used on the whole site."""
        return sum((self.usable(code, place, day) for place in self._places.get(code, ())), ZERO)

    def pieces(self) -> Iterator[tuple[str, str, Piece]]:
        """Everything there is, by item and place."""
        for code, place in sorted(self._pieces):
            for piece in self._pieces[code, place]:
                yield code, place, piece

    def _usable(self, code: str, place: str, day: date) -> Iterator[Piece]:
        for piece in self._pieces.get((code, place), ()):
            is_old = piece.expires_on is not None and piece.expires_on < day
            if not is_old and (code, piece.lot) not in self._blocked:
                yield piece

    def _sweep(self, code: str, place: str) -> None:
        self._pieces[code, place] = [piece for piece in self._pieces.get((code, place), ()) if piece.qty > 0]
