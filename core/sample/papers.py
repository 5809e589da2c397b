"""What was printed in the sample of late: the newest slips at the receiving desk, the stock list saved by the manager."""

from __future__ import annotations

from core import documents, stock
from core.documents import BOTH, NewPrint
from core.office import Office
from core.sample.world import World
from db.enums import PaperWay, PostingKind

DESK_PRINTER = "HP LaserJet 收货台"
PRINTED = ((PostingKind.RECEIPT, 3), (PostingKind.TRANSFER, 1), (PostingKind.WASTE, 1))


def print_some(world: World) -> None:
    """Slips on paper in both languages, and one list as a file."""
    desk = world.crew["storekeeper"]
    for kind, count in PRINTED:
        for row in reversed(desk.ask(stock.list_postings, kinds=(kind,), limit=count)):
            slip = desk.ask(stock.get_slip, posting_id=row.posting_id, language=BOTH)
            _keep(desk, slip, NewPrint("slip", "", language=BOTH, owner_kind="posting", owner_id=row.posting_id))
    office = world.crew["manager"]
    paper = office.ask(stock.get_stock_paper, filters=stock.StockFilter(with_stock=True), language="zh")
    _keep(office, paper, NewPrint("list", "", language="zh", way=PaperWay.FILE, printer="stock-list.pdf"))


def _keep(office: Office, paper: documents.Paper, made: NewPrint) -> None:
    office.do(
        documents.record_printed,
        paper=NewPrint(
            made.kind, f"{paper.title.render('zh')} {paper.number}".strip(), paper.number, made.language,
            made.owner_kind, made.owner_id, made.way, made.printer or DESK_PRINTER,
        ),
        content=documents.render_pdf(paper, made.language),
    )  # fmt: skip
