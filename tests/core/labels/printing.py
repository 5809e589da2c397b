"""Printers, jobs and people for tests of printing: what came out is told from the simulated printer's own record."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from core import devices, labels
from core.catalog import NewItem
from core.devices import DeviceEdit, DeviceRow, LabelPrinterSimulator
from core.labels import JobCard, Pace, Progress
from core.labels.sending.ink import job_bytes
from core.office import Office
from db.enums import DeviceKind, DeviceLink, LabelState, LabelSubject
from tests.factories import make_items

QUICK = Pace(window=10, look=0.002, patience=20)
LAYOUT = "shelf-60x40"


def make_priced(office: Office, count: int) -> tuple[int, ...]:
    """Items S-0001 and on that have all a shelf label needs."""
    return make_items(
        office,
        [
            NewItem(f"商品 {n}", "kg", f"S-{n:04d}", spec="500 g", sale_price=Decimal(n) + Decimal("0.50"))
            for n in range(1, count + 1)
        ],
    )


def make_printer(office: Office, address: str, language: str, name: str = "P1", **settings: Any) -> int:
    """A network printer."""
    new = DeviceEdit(DeviceKind.PRINTER, name, DeviceLink.TCP, address, language, settings)
    return office.do(devices.save_device, new=new)


def start(office: Office, ids: tuple[int, ...], device_id: int, copies: int = 1) -> int:
    """A job of shelf labels of these items."""
    jobs = office.do(
        labels.start_job, subject=LabelSubject.SHELF, ids=ids, layout=LAYOUT, copies=copies, device_id=device_id
    )
    assert len(jobs) == 1
    return jobs[0].job_id


class Paper:
    """Reads what came out of a printer: which label of the job each one is, by its running number."""

    def __init__(self, office: Office, job_id: int, printer: LabelPrinterSimulator) -> None:
        card: JobCard = office.ask(labels.get_job, job_id=job_id)
        assert card.row.device_id is not None
        device: DeviceRow = office.ask(devices.get_device, device_id=card.row.device_id)
        assert all(label.state is LabelState.QUEUED for label in card.labels)
        self._printer = printer
        self._numbers = {}
        for number, data in job_bytes(card, device).items():
            self._numbers[_hash_of(data, device.protocol)] = number
        assert len(self._numbers) == len(card.labels)

    def numbers(self) -> list[int]:
        """The running numbers of what lies there, in the order it came out."""
        return [self._numbers[one.sha256] for one in self._printer.printed]


def _hash_of(data: bytes, language: str) -> str:
    (out,) = devices.print_out(language, data)
    return out.sha256


class Killed(BaseException):
    """The program died."""


class Mortal:
    """An office whose program dies at its n-th command: nothing is written from then on, not even a farewell."""

    def __init__(self, office: Office, commands: int) -> None:
        self._office, self._left = office, commands

    def do(self, command: Callable[..., Any], **arguments: Any) -> Any:
        """Run a command, or die."""
        self._left -= 1
        if self._left < 0:
            raise Killed
        return self._office.do(command, **arguments)

    def ask(self, query: Callable[..., Any], **arguments: Any) -> Any:
        """Run a query."""
        return self._office.ask(query, **arguments)


class Storekeeper:
    """Stands at the printer: puts in a new roll when it says that it has none."""

    def __init__(self, printer: LabelPrinterSimulator) -> None:
        self._printer = printer
        self.heard: list[str] = []

    def __call__(self, progress: Progress) -> bool:
        if progress.is_held and self._printer.engine.left <= 0:
            self.heard.append(progress.words.render("en"))
            self._printer.load()
        return True
