"""Papers as the domains will make them, for tests and for looking at."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal as D

from core.documents import (
    Bar,
    Chart,
    Column,
    CompanyHead,
    Fact,
    Line,
    Measure,
    Paper,
    PaperTable,
    Party,
    Signature,
    Total,
    Words,
)
from core.i18n import Text, verbatim

HEAD = CompanyHead("青禾餐饮管理有限公司 Green Rice Kitchen", ("上海市徐汇区漕溪北路 88 号 1 楼", "电话 021-5555 0188"))
NAMES = (
    ("新西兰安佳淡奶油 1L", "Anchor whipping cream 1L"),
    ("五常大米", "Wuchang rice"),
    ("番茄", "Tomato"),
    (
        "冷冻去骨鸡腿肉（每袋 2.5 kg，每箱 4 袋，清真认证，产地山东）",
        "Frozen boneless chicken leg, 4 bags of 2.5 kg",
    ),
    ("Åkerö äpple, Ørland ost & <b>ß</b> žluťoučký", "Apples"),
    ("特级初榨橄榄油", "Extra virgin olive oil"),
)
UNITS = (("瓶", "bottle"), "kg", ("箱", "case"), "L", ("个", "each"))


class Both(Text):
    """A text whose Chinese stands in the test and not in the catalogue."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en, (), zh)

    def render(self, language: str) -> str:
        return self.plural if language == "zh" else self.msgid


def name_of(index: int) -> Text:
    return Both(*NAMES[index % len(NAMES)])


def unit_of(index: int) -> Text | str:
    unit = UNITS[index % len(UNITS)]
    return unit if isinstance(unit, str) else Both(*unit)


RECEIPT_COLUMNS = (
    Column("line", Both("行", "No."), "number"),
    Column("code", Both("物料编码", "Code")),
    Column("item", Both("物料", "Item")),
    Column("lot", Both("批号", "Lot")),
    Column("expires_on", Both("有效期至", "Expires"), "date"),
    Column("qty", Both("数量", "Quantity"), "qty"),
    Column("unit_cost", Both("单价", "Unit cost"), "cost"),
    Column("amount", Both("金额", "Amount"), "money"),
)


def receipt_line(i: int) -> Line:
    qty = Measure(D(12 + i * 7) / D(4 if i % 5 == 1 else 1), unit_of(i))
    expires_on = date(2025, 12, 1 + i % 28) if i % 3 else None
    cost = D("38.5") + i
    return Line((i + 1, f"DRY-{i:03d}-A", name_of(i), f"L2506{i:02d}", expires_on, qty, cost, cost * (12 + i * 7)))


def receipt(lines: int = 8, **over: object) -> Paper:
    made: dict[str, object] = {
        "head": HEAD,
        "title": Both("采购入库单", "Goods receipt"),
        "number": "GR-2025-000123",
        "parties": (
            Party(
                Both("供应商", "Supplier"),
                "上海绿源食品贸易有限公司",
                ("联系人 王喆 138 0000 0000", "浦东新区川沙路 1200 号"),
            ),
            Party(Both("收货方", "Received by"), "徐汇店 · 干货仓", ("漕溪北路 88 号",)),
        ),
        "facts": (
            Fact(Both("日期", "Date"), date(2025, 6, 30), "date"),
            Fact(Both("送货单号", "Delivery note"), "SH-88-2291"),
            Fact(Both("过账时间", "Posted"), datetime(2025, 6, 30, 6, 5, tzinfo=UTC), "instant"),
            Fact(Both("经手人", "Handled by"), "李晓梅"),
        ),
        "body": (PaperTable(RECEIPT_COLUMNS, tuple(map(receipt_line, range(lines)))),),
        "totals": (
            Total(Both("货款", "Goods"), D("12345.6")),
            Total(Both("运费", "Freight"), D("-30")),
            Total(Both("合计", "Total"), D("12315.60"), strong=True),
        ),
        "remarks": "两箱外包装破损，已拍照；货物完好。Two cases with damaged wrapping, goods fine.",
        "signatures": (
            Signature(Both("送货人", "Delivered by")),
            Signature(Both("收货人", "Received by"), "李晓梅"),
            Signature(Both("审核", "Approved by")),
        ),
        "foot": Both("打印 2025-06-30 14:10 李晓梅", "Printed 2025-06-30 14:10 by Li Xiaomei"),
    }
    return Paper(**{**made, **over})  # type: ignore[arg-type]


def transfer(**over: object) -> Paper:
    columns = (
        Column("item", Both("物料", "Item")),
        Column("barcode", Both("条码", "Barcode"), "barcode"),
        Column("qty", Both("数量", "Quantity"), "qty"),
        Column("picked", Both("已拣", "Picked"), "tick"),
    )
    rows = tuple(Line((name_of(i), f"690123456{i:04d}", Measure(D(i + 1), unit_of(i)), i == 1)) for i in range(4))
    made: dict[str, object] = {
        "head": HEAD,
        "title": Both("调拨单", "Transfer"),
        "number": "TR-2025-000042",
        "facts": (
            Fact(Both("调出", "From"), "干货仓"),
            Fact(Both("调入", "To"), "冷藏库 A-02"),
            Fact(Both("日期", "Date"), date(2025, 6, 30), "date"),
        ),
        "body": (PaperTable(columns, rows),),
        "signatures": (Signature(Both("调出人", "Issued by")), Signature(Both("接收人", "Received by"))),
        "stamp": Both("草稿", "Draft"),
        "size": "A5",
    }
    return Paper(**{**made, **over})  # type: ignore[arg-type]


def count_sheet(lines: int = 40) -> Paper:
    columns = (
        Column("bin", Both("库位", "Bin")),
        Column("code", Both("物料编码", "Code")),
        Column("item", Both("物料", "Item")),
        Column("unit", Both("单位", "Unit")),
        Column("counted", Both("实盘数", "Counted"), "blank"),
        Column("recount", Both("复盘数", "Recount"), "blank"),
    )
    rows: list[Line] = []
    for i in range(lines):
        if i % 10 == 0:
            rows.append(Line((Both(f"干货仓 / A-{i // 10 + 1:02d}", f"Dry store / A-{i // 10 + 1:02d}"),), "group"))
        rows.append(Line((f"A-{i // 10 + 1:02d}-{i % 10:02d}", f"DRY-{i:03d}-A", name_of(i), unit_of(i))))
    return Paper(
        HEAD,
        Both("盘点表", "Count sheet"),
        "CT-2025-000007",
        facts=(Fact(Both("截至", "As of"), date(2025, 6, 30), "date"), Fact(Both("盘点人", "Counted by"), "")),
        body=(PaperTable(columns, tuple(rows)),),
        signatures=(Signature(Both("盘点人", "Counted by")), Signature(Both("复核人", "Checked by"))),
    )


def month_review() -> Paper:
    figures = ("opening", "receipts", "usage", "waste", "closing")
    titles = (("期初", "Opening"), ("收货", "Receipts"), ("耗用", "Usage"), ("报损", "Waste"), ("期末", "Closing"))
    columns = (
        Column("item", Both("物料", "Item")),
        *(Column(key, Both(*title), "money") for key, title in zip(figures, titles, strict=True)),
        Column("share", Both("占比", "Share"), "percent"),
    )
    rows: list[Line] = []
    for group in range(3):
        rows.append(Line((Both("干货", "Dry goods"),), "group"))
        rows += [
            Line((name_of(i), D(i * 100), D("2310.5"), D("-1800.25"), D(0), D("510.25"), D("0.125"))) for i in range(6)
        ]
        rows.append(
            Line((Both("小计", "Subtotal"), D(1500), D("13863"), D("-10801.5"), D(0), D("3061.5"), D(1)), "subtotal")
        )
        del group
    bars = (
        Bar(Both("过期", "Expired"), D("1830.5"), Both("12 笔", "12 entries")),
        Bar(Both("加工损耗", "Trim"), D("912")),
        Bar(verbatim("A very long reason that nobody will ever be able to read in one line of a chart"), D("404.1")),
        Bar(Both("盘盈", "Count gain"), D("-312.75")),
    )
    return Paper(
        HEAD,
        Both("月度分析", "Month review"),
        "2025-06",
        facts=(
            Fact(Both("期间", "Period"), "2025-06-01 – 2025-06-30"),
            Fact(Both("耗用", "Usage"), D("32404.5"), "money"),
        ),
        body=(
            Words(
                Both(
                    "耗用比上月多 4.2%，主要是大米涨价。", "Usage was 4.2% above last month, mostly the price of rice."
                )
            ),
            Chart(Both("按原因的损耗 (¥)", "Waste by reason (¥)"), bars),
            PaperTable(columns, tuple(rows), Both("按物料", "By item")),
        ),
        coded=False,
        landscape=True,
    )


def nasty() -> Paper:
    words = (
        "<b>bold?</b> & <para> ]]> &amp; %s {x} \\n",
        "emoji 🍅🍚 👨‍👩‍👧 ☕️ flag 🇸🇪",
        "rare 䶮 龑 𬱖 镕 㼆 𠮷 한국 ไทย עברית",
        "=1+1 \x00\x07 tab\there\nnew line",
        "W" * 120,
        "很长的没有空格的中文名称" * 12,
        "x " * 2000,
    )
    columns = (
        Column("n", Both("行", "No."), "number"),
        Column("a", Both("内容", "Content")),
        Column("b", Both("数量", "Qty"), "qty"),
    )
    rows = tuple(Line((i, text, D("-1234567.891234"))) for i, text in enumerate(words))
    return Paper(
        CompanyHead("<i>名称</i> 很长很长的公司名称有限责任公司" * 4, words[:3]),
        Both("单据 <u>标题</u> 很长很长很长很长很长很长的标题", "Document <u>title</u>"),
        "入库-2025-😀-1",
        facts=tuple(Fact(Both("标签", "Label"), text[:200]) for text in words),
        body=(PaperTable(columns, rows), PaperTable(columns, ()), Chart(None, ())),
        totals=(Total(Both("合计", "Total"), D("-99999999999.99"), strong=True),),
        remarks="备注 <br/> " * 400,
        stamp=Both("已冲销", "Reversed"),
    )
