"""Domains above stock that must know when postings are taken back: they may refuse it before, and follow it after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.uow import UnitOfWork

Check: TypeAlias = Callable[[UnitOfWork, Sequence[int]], None]
After: TypeAlias = Callable[[UnitOfWork, Sequence[tuple[int, int]]], None]


@dataclass(frozen=True, slots=True)
class _Watcher:
    check: Check
    after: After


_watchers: list[_Watcher] = []


def watch_reversals(check: Check, after: After) -> None:
    """Hear of every reversal from now on, whoever makes it.

    `check(uow, posting_ids)` is asked before postings are taken back and may raise Refused: nothing is saved then.
    `after(uow, [(posting_id, reversal_id)])` is told in the same transaction once both stand in the ledger. Both are
    called once for many postings.
    """
    _watchers.append(_Watcher(check, after))


def check_reversals(uow: UnitOfWork, posting_ids: Sequence[int]) -> None:
    """Ask the watchers whether these postings may be taken back. Raises Refused."""
    for watcher in _watchers if posting_ids else ():
        watcher.check(uow, posting_ids)


def tell_reversals(uow: UnitOfWork, pairs: Sequence[tuple[int, int]]) -> None:
    """Tell the watchers what was taken back by what."""
    for watcher in _watchers if pairs else ():
        watcher.after(uow, pairs)
