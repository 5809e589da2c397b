"""What tests of open ports share: a box that callbacks fill and tests wait on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")
PATIENCE = 10.0


class Box(Generic[T]):
    """Collects what a callback is told; `wait` ends as soon as the condition holds."""

    def __init__(self) -> None:
        self.told: list[T] = []
        self._changed = threading.Condition()

    def __call__(self, one: T) -> None:
        with self._changed:
            self.told.append(one)
            self._changed.notify_all()

    def wait(self, condition: Callable[[list[T]], Any]) -> list[T]:
        """What was told, once the condition holds for it."""
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self.told), PATIENCE), self.told[-5:]
            return list(self.told)


def device_threads() -> list[str]:
    """Threads of ports and simulators that still run."""
    names = ("reader of", "simulator")
    return [one.name for one in threading.enumerate() if one.name.startswith(names)]
