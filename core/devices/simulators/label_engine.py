"""The inside of a simulated label printer: memory, paper, ribbon, counters, what it answers, and what came out."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field

from core.devices.simulators.label_words import READERS, Command, Picture, Reader

MEMORY = 512 * 1024
ALWAYS = float("inf")


@dataclass(frozen=True, slots=True)
class Printed:
    """A label that came out: its place in the order, the hash of what it was drawn from, and its pictures."""

    number: int
    sha256: str
    pictures: tuple[Picture, ...] = field(repr=False)


class Engine:
    """Prints what it is told as time goes on. It has no clock of its own: who calls says what time it is.

    What was sent stands in memory until it is worked off: first nothing seems to happen for `lag` seconds, then each label
    takes `seconds`. Out of labels, it keeps its memory and prints the spoiled label again when there are new ones. A power
    cut empties the memory; the counter of all labels ever printed stays.
    """

    def __init__(self, language: str, *, seconds: float = 0.0, lag: float = 0.0) -> None:
        self.language = language
        self.seconds, self.lag = seconds, lag
        self.printed: list[Printed] = []
        self.spoiled: list[str] = []
        self.left: float = ALWAYS
        self.has_ribbon = True
        self.is_open = self.is_paused = self.is_silent = False
        self.has_counter = True
        self.garbage = b""
        self.odometer = 1000
        self._forget()

    def _forget(self) -> None:
        self._reader: Reader = READERS[self.language]()
        self._waiting: deque[Command] = deque()
        self._canvas: list[Command] = []
        self._copies = 0
        self._done_at: float | None = None
        self._begins_at: float | None = None
        self._answers = b""

    def cut_power(self) -> None:
        """Off and on again: the memory is empty, a label half out is spoiled."""
        if self._done_at is not None:
            self.spoiled.append(self._hash())
        self._forget()

    @property
    def is_halted(self) -> bool:
        """Whether it can print nothing now."""
        return self.left <= 0 or not self.has_ribbon or self.is_open or self.is_paused

    @property
    def room(self) -> int:
        """Bytes it still takes."""
        return max(MEMORY - sum(len(command.data) for command in self._waiting), 0)

    @property
    def formats(self) -> int:
        """Labels that stand in memory, the one being printed aside."""
        return sum(command.copies for command in self._waiting if command.kind == "print") + max(self._copies - 1, 0)

    def receive(self, data: bytes, now: float) -> bytes:
        """Take bytes; answers what it says at once."""
        said = b""
        for command in self._reader.feed(data):
            if command.kind == "now":
                said += self._answer(command.data)
                continue
            if not self._waiting and not self._copies and self._begins_at is None:
                self._begins_at = now + self.lag
            self._waiting.append(command)
        return said

    def work(self, now: float) -> bytes:
        """Go on printing until `now` or until a label came out; answers what it says in turn."""
        while not self.is_halted:
            if self._copies:
                if not self._print(now):
                    break
                break  # one label at a time, so that who watches sees each
            if not self._waiting or (self._begins_at is not None and now < self._begins_at):
                break
            self._begins_at = None
            self._obey(self._waiting.popleft())
        said, self._answers = self._answers, b""
        return said

    def _obey(self, command: Command) -> None:
        if command.kind == "clear":
            self._canvas.clear()
        elif command.kind == "draw":
            self._canvas.append(command)
        elif command.kind == "ask":
            self._answers += self._answer(command.data)
        elif any(one.picture or one.data.strip() for one in self._canvas):
            self._copies = command.copies

    def _print(self, now: float) -> bool:
        """Print, or go on printing; answers whether a label came out."""
        if self._done_at is None:
            self._done_at = now + self.seconds
        if now < self._done_at:
            return False
        self._done_at = None
        self._copies -= 1
        self.odometer += 1
        self.left -= 1
        pictures = tuple(command.picture for command in self._canvas if command.picture is not None)
        self.printed.append(Printed(len(self.printed) + 1, self._hash(), pictures))
        return True

    def _hash(self) -> str:
        return hashlib.sha256(b"\n".join(command.data for command in self._canvas)).hexdigest()

    # what it says

    def _answer(self, question: bytes) -> bytes:
        if self.is_silent:
            return b""
        if self.garbage:
            return self.garbage
        if self.language == "tspl":
            return self._tspl(question)
        if self.language == "zpl":
            return self._zpl(question)
        return self._escpos(question)

    def _tspl(self, question: bytes) -> bytes:
        is_printing = self._done_at is not None and not self.is_halted
        if question == b"\x1b!?":
            flags = (self.is_open, False, self.left <= 0, not self.has_ribbon, self.is_paused, is_printing)
            return bytes((sum(1 << bit for bit, is_set in enumerate(flags) if is_set),))
        if question == b"\x1b!S":
            media = 0x40 | (self.left <= 0) | (not self.has_ribbon) << 2 | self.is_open << 5
            message = b"`" if self.is_paused else b"P" if is_printing else b"E" if self.is_halted else b"@"
            return b"\x02" + message + b"@@" + bytes((media,)) + b"\x03\r\n"
        is_asked = self.has_counter and question.upper() == b"OUT @LABEL"
        return f"{self.odometer}\r\n".encode() if is_asked else b""

    def _zpl(self, question: bytes) -> bytes:
        if question != b"~HS" and not self.has_counter:
            return b""
        if question != b"~HS":
            return f'"{self.odometer}"'.encode() if b"odometer.total_label_count" in question else b'"?"'
        if self.left <= 0 or not self.has_ribbon or self.is_open:
            return b""  # so says Zebra's guide: no answer comes while out of labels or ribbon, or open
        formats = 0 if self._begins_at is not None else self.formats
        one = f"030,0,{self.is_paused:d},0480,{formats:03d},0,0,0,000,0,0,0"
        two = f"000,0,0,0,1,2,6,0,{max(self._copies, 0):08d},1,000"
        return "".join(f"\x02{line}\x03\r\n" for line in (one, two, "1234,0")).encode()

    def _escpos(self, question: bytes) -> bytes:
        if question.startswith(b"\x1dr"):
            return b"\x00"
        out = self.left <= 0
        answers = {
            1: 0x12 | (self.is_halted << 3),
            2: 0x12 | (self.is_open << 2) | (out << 5),
            3: 0x12,
            4: 0x12 | (0x60 if out else 0) | (0x0C if self.left < 20 else 0),
        }
        return bytes((answers.get(question[2], 0x12),))


def print_out(language: str, data: bytes) -> list[Printed]:
    """What a printer would print from these bytes, without any printer."""
    engine = Engine(language)
    engine.receive(data, 0)
    before = -1
    while len(engine.printed) > before:
        before = len(engine.printed)
        engine.work(0)
    return engine.printed
