"""How soon one program hears what another posted, on both databases."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from core import stock
from core.changes import Changes
from core.office import Office
from core.stock import NewLine
from tests.bench.figures import Figure
from tests.bench.ledger import ledger_of
from tests.factories import make_item
from tests.helpers.sites import make_site, postgres_server

TIMES = 20


def run() -> list[Figure]:
    """The longest of twenty waits from the answer of a posting to the other program's news."""
    figures = []
    with TemporaryDirectory() as folder:
        site = Path(folder, "news.db")
        shutil.copyfile(ledger_of(10_000), site)
        figures.append(Figure("news to another program, SQLite", _longest(str(site)), goal=1000))
    with _postgres_site() as url:
        figures.append(Figure("news to another program, PostgreSQL", _longest(url), goal=1000))
    return figures


@contextmanager
def _postgres_site() -> Iterator[str]:
    with postgres_server() as server:
        url = server.create()
        make_site(url)
        yield url
        server.drop(url)


def _longest(site: str) -> float:
    heard = threading.Event()

    def hear(changes: Changes) -> None:
        if changes.station == "sender" and "stock" in changes.topics:
            heard.set()

    waits = []
    with Office.open(site, station="sender") as sender, Office.open(site, station="listener") as listener:
        sender.sign_in_as_system()
        listener.subscribe(hear)
        item = make_item(sender, code="NEWS-1")
        for _number in range(TIMES):
            heard.clear()
            sender.do(stock.receive_goods, lines=(NewLine(item, Decimal(1), value=Decimal(1)),))
            started = time.perf_counter()
            if not heard.wait(10):
                raise TimeoutError("the other program heard nothing for ten seconds")
            waits.append((time.perf_counter() - started) * 1000)
    return max(waits)
