"""The scenes of the gallery: widgets with contents as on a working day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import InvalidInput
from core.i18n import Text, verbatim
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    Banner,
    Bar,
    BarChart,
    BridgeChart,
    BridgeStep,
    Button,
    CheckEdit,
    ChipSpec,
    Choice,
    CodeEdit,
    Column,
    DateEdit,
    DetailPanel,
    FigureCard,
    Form,
    Found,
    Keypad,
    KeysOverlay,
    Kind,
    Label,
    MoneyEdit,
    NoteEdit,
    Notice,
    PageBase,
    PdfView,
    QtyEdit,
    RecordPicker,
    RowTable,
    StatusLine,
    Tabs,
    TextEdit,
    Tile,
    TileGrid,
    WhyEntry,
    WhyFigure,
    WhyPanel,
    language,
    money_words,
    scrolled,
    show_toast,
)


def two(en: str, zh: str) -> str:
    """Sample words; a scene is made anew for each language."""
    return zh if language() == "zh" else en


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sample list."""

    id: int
    code: str
    name: str
    place: str
    qty: Decimal
    unit: str
    value: Decimal
    share: Decimal
    expires: date | None
    at: datetime
    state: BadgeLook


NAMES = (
    ("Tomato, fresh", "番茄"),
    ("Olive oil extra virgin 5 L", "特级初榨橄榄油 5 L"),
    ("Brake disc front, ventilated", "前制动盘（通风）"),
    ("Stainless screw M6x20", "不锈钢螺丝 M6x20"),
    ("Chicken thigh, boneless", "去骨鸡腿肉"),
    ("Soy sauce, light", "生抽"),
)
STATES = (
    (("Below safety", "低于安全库存"), Meaning.DANGER),
    (("Order soon", "尽快订货"), Meaning.SOON),
    (("Watch", "关注"), Meaning.WATCH),
    (("Enough", "充足"), Meaning.GOOD),
)


def make_lines(count: int) -> list[Line]:
    """Sample rows."""
    lines = []
    for n in range(count):
        words, meaning = STATES[n * 7 % 4]
        lines.append(
            Line(
                n,
                f"RAW-{n:04d}",
                two(*NAMES[n % 6]),
                two("Cold room A", "冷藏 A"),
                (Decimal(n * 37 % 200) - 10) / 8,
                two(("kg", "case", "pcs")[n % 3], ("kg", "箱", "个")[n % 3]),
                Decimal(n * 9173 % 200000) / 100,
                Decimal(n * 31 % 400 - 80) / 1000,
                None if n % 5 == 0 else date(2026, 11 + n % 2, n % 28 + 1),
                datetime(2026, 11, n % 28 + 1, 2, 42, tzinfo=UTC),
                BadgeLook(two(*words), meaning),
            )
        )
    return lines


def columns() -> list[Column]:
    """Every kind of column."""
    return [
        Column("code", two("Code", "编码"), 100),
        Column("name", two("Name", "名称"), 200, stretch=True),
        Column("place", two("Location", "库位"), 110, wide_only=True),
        Column("qty", two("On hand", "现有库存"), 120, kind=Kind.QTY, unit="unit", why=True),
        Column("value", two("Value, ¥", "金额（¥）"), 110, kind=Kind.MONEY, why=True),
        Column("share", two("Change", "涨跌"), 90, kind=Kind.PERCENT),
        Column("expires", two("Expires", "到期日"), 105, kind=Kind.DATE),
        Column("at", two("Last move", "最近变动"), 150, kind=Kind.INSTANT, muted=True, wide_only=True),
        Column("state", two("State", "状态"), 140, kind=Kind.BADGE),
    ]


def make_page(with_panel: bool = True) -> PageBase:
    """A list page as pages will look."""
    page = PageBase(
        two("On hand", "现有库存"), two("What is where, how much of it, and what it is worth", "在哪里、有多少、值多少")
    )
    page.set_primary(two("Receive", "收货"), lambda: None, "receive")
    page.head.add_button(Button(two("Waste", "报损"), icon_name="waste"))
    page.add_more(two("Export", "导出"), lambda: None, "export")
    page.add_search(lambda _text: None)
    page.chips.add(ChipSpec("low", two("Below safety", "低于安全库存"), is_on=True))
    page.chips.add(ChipSpec("place", two("Location", "库位"), ((1, two("Cold room A", "冷藏 A")), (2, "B"))))
    page.chips.add(ChipSpec("lot", two("With lots", "按批次")))
    page.chips.set_value("place", 1)
    table = RowTable(columns(), name=two("Stock", "库存"))
    page.set_table(table)
    table.set_rows(make_lines(400))
    table.select_row(3)
    page.set_count(400, 100000)
    if with_panel:
        page.open_panel(make_panel())
    return page


def make_panel() -> DetailPanel:
    """A panel of one record."""
    line = make_lines(4)[3]
    panel = DetailPanel(line.name, line.code, line.state)
    panel.add_facts(
        [
            (two("On hand", "现有库存"), "12.625 kg"),
            (two("Category", "分类"), two("Vegetables", "蔬菜")),
            (two("Supplier", "供应商"), two("Green Valley Produce Ltd.", "绿谷农产品有限公司")),
            (
                two("Storage", "储存"),
                two("Chilled, 2 to 6 °C, away from ethylene sources", "冷藏，2–6 °C，远离乙烯来源"),
            ),
        ]
    )
    panel.add_section(two("Remark", "备注"), Label(two("Count by weight.", "按重量盘点。"), wrap=True))
    panel.add_action(Button(two("Issue", "领用"), icon_name="issue"))
    panel.add_action(Button(two("Transfer", "调拨"), icon_name="transfer"))
    panel.add_action(Button(two("Waste", "报损"), icon_name="waste", kind="danger"))
    return panel


def page_scene() -> QWidget:
    return make_page()


def keys_scene() -> QWidget:
    page = make_page(False)
    page.resize(1366, 768)
    everywhere: list[tuple[str, str]] = [("Ctrl+K", two("Search", "搜索")), ("Esc", two("Back", "返回")), ("?", "…")]
    KeysOverlay(page, [(two("On hand", "现有库存"), page.keys()), (two("Everywhere", "全局"), everywhere)]).show()
    return page


def empty_scene() -> QWidget:
    page = PageBase(two("Items", "物料"), two("Everything that is bought, made or sold", "采购、加工和销售的全部物料"))
    page.set_primary(two("New item", "新建物料"), lambda: None)
    page.set_empty(
        two("No items yet", "还没有物料"),
        two(
            "Items are what you buy, store, cook and sell. Enter the first one or import a list.",
            "物料是采购、储存、加工和销售的东西。新建一个，或导入清单。",
        ),
        [(two("New item", "新建物料"), lambda: None), (two("Import a list", "导入清单"), lambda: None)],
        "item",
    )
    page.show_empty()
    return page


def error_scene() -> QWidget:
    page = PageBase(two("Items", "物料"))
    page.show_error(two("The database does not answer. What you typed is kept.", "数据库无响应。已输入的内容仍保留。"))
    show_toast(page, two("Receipt R-0012 posted", "收货单 R-0012 已过账"))
    return page


def make_form() -> Form:
    """A form with every editor, some of them wrong."""
    form = Form()

    def complete(text: str, then: Callable[[list[Found]], None]) -> None:
        then([Found(1, "RAW-0001", two(*NAMES[0]), "12.5 kg"), Found(2, "RAW-0002", two(*NAMES[1]), "3")])

    form.add("code", two("Code", "编码"), CodeEdit(), required=True).set_value("RAW-0001")
    form.add("name", two("Name", "名称"), TextEdit(), required=True).set_value(two(*NAMES[1]))
    qty = QtyEdit()
    qty.set_units([("kg", "kg"), ("case", two("case of 12", "箱（12）"))])
    form.add("qty", two("Quantity", "数量"), qty).set_value(Decimal("12.5"))
    form.add("price", two("Unit price", "单价"), MoneyEdit(decimals=6)).set_value(Decimal("3.25"))
    form.add("expires", two("Expires", "到期日"), DateEdit(today=lambda: date(2026, 11, 21), never=True))
    options = [(n, two(*words)) for n, words in enumerate(NAMES)]
    form.add("category", two("Category", "分类"), Choice(options=options[:4], empty=two("None", "无")))
    form.add_heading(two("Where it goes", "去向"))
    form.add(
        "item", two("Item", "物料"), RecordPicker(two("Item", "物料"), complete), hint=two("Scan or type", "扫码或输入")
    )
    form.add("many", two("From many", "多项"), Choice(options=[(n, f"{two('Place', '库位')} {n}") for n in range(30)]))
    form.add("lots", two("Lots", "批次"), CheckEdit(two("Track lots", "按批次管理"))).set_value(True)
    form.add("note", two("Remark", "备注"), NoteEdit(), span=True)
    form.editor("price").set_error(
        two("A price cannot be below zero. Write 3.25 or leave it empty.", "单价不能为负。请填 3.25，或留空。")
    )
    form.show_error(InvalidInput(Text(two("This code is taken by Olive oil.", "编码已被“橄榄油”使用。")), field="code"))
    return form


def form_scene() -> QWidget:
    page = PageBase(two("New item", "新建物料"))
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(16, 8, 16, 16)
    column.setSpacing(12)
    banner = Banner(
        two("The database does not answer. The form stays as it is.", "数据库无响应，表单内容保留。"), Meaning.DANGER
    )
    banner.add_button(Button(two("Try again", "重试")))
    column.addWidget(banner)
    column.addWidget(Notice(two("Two items have nearly this name.", "有两个物料名称相近。"), Meaning.SOON))
    column.addWidget(make_form(), 1)
    row = QHBoxLayout()
    row.addWidget(Button(two("Save", "保存"), kind="primary", key="F9"))
    row.addWidget(Button(two("Cancel", "取消")))
    row.addWidget(Button(two("Delete", "删除"), kind="danger", icon_name="trash"))
    grey = Button(two("Approve", "审核"))
    grey.setEnabled(False)
    row.addWidget(grey)
    row.addWidget(Button(two("Show history", "查看历史"), kind="link"))
    row.addStretch(1)
    column.addLayout(row)
    status = StatusLine()
    words = verbatim(two("Receipt R-0012 posted, 12 lines", "收货单 R-0012 已过账，共 12 行"))
    status.say(words, [(two("Undo", "撤销"), lambda: None), (two("Print", "打印"), lambda: None)])
    column.addWidget(status)
    page.set_content(scrolled(inner))
    page.show_content()
    return page


REASONS = (
    ("reason-expired", "Expired", "过期"),
    ("reason-spoiled", "Spoiled", "变质"),
    ("reason-over-prepped", "Over-prepped", "备货过量"),
    ("reason-cooking-error", "Cooking error", "制作失误"),
    ("reason-dropped", "Dropped, broken", "打翻破损"),
    ("reason-customer-return", "Customer return", "顾客退菜"),
    ("reason-quality", "Quality fail", "质检不合格"),
    ("reason-staff-meal", "Staff meal", "员工餐"),
    ("reason-other", "Other", "其他"),
)


def touch_scene() -> QWidget:
    page = PageBase(two("Waste", "报损"), two("Today ¥ 86.40 in 7 entries", "今日 7 笔，共 ¥ 86.40"))
    items = TileGrid(
        [Tile(n, two(*words), "12.5 kg") for n, words in enumerate(NAMES)], columns=2, digits=False, keeps=True
    )
    items.set_current(2)
    reasons = TileGrid([Tile(n, two(en, zh), "", icon) for n, (icon, en, zh) in enumerate(REASONS)], columns=3)
    keypad = Keypad([("kg", "kg"), ("g", "g"), ("portion", two("portion", "份")), ("tray", two("tray", "盘"))])
    for typed in "3*12+5":
        keypad.press(typed)
    body = QWidget()
    row = QHBoxLayout(body)
    row.setContentsMargins(16, 0, 16, 16)
    row.setSpacing(16)
    row.addWidget(items, 3)
    row.addWidget(keypad, 3)
    right = QVBoxLayout()
    right.addWidget(reasons, 1)
    post = Button(two("Post waste", "报损"), icon_name="check", kind="big")
    right.addWidget(post)
    row.addLayout(right, 4)
    page.set_content(body)
    page.show_content()
    return page


def make_cards() -> QHBoxLayout:
    """Five figures."""
    cards = QHBoxLayout()
    cards.setSpacing(12)
    trend = [Decimal(n * n % 17) for n in range(14)]
    for title, figure, unit, note, meaning in (
        (two("Stock value", "库存金额"), "¥128,430.55", "", two("as at 10:42", "截至 10:42"), Meaning.PLAIN),
        (two("Waste this week", "本周损耗"), "¥1,204.10", "", two("18 % over last", "比上周多 18 %"), Meaning.DANGER),
        (
            two("Below safety", "低于安全库存"),
            "14",
            two("items", "个物料"),
            two("order today", "今天订货"),
            Meaning.SOON,
        ),
        (two("Count accuracy", "盘点准确率"), "98.7", "%", two("above goal", "高于目标"), Meaning.GOOD),
        (two("Expiring in 3 days", "3 天内到期"), "6", two("lots", "个批次"), two("use first", "先用"), Meaning.WATCH),
    ):
        card = FigureCard(title)
        card.set_figure(figure, unit)
        card.set_note(note, meaning)
        card.set_trend(trend)
        cards.addWidget(card)
    return cards


def make_charts() -> QHBoxLayout:
    """A bridge behind tabs, and bars."""
    bridge = BridgeChart(
        two("From last month", "环比"),
        [
            BridgeStep("was", two("October", "10 月"), Decimal("52310.50"), True),
            BridgeStep("price", two("Price", "价格"), Decimal("1830.20")),
            BridgeStep("qty", two("Quantity", "数量"), Decimal("3120.00")),
            BridgeStep("mix", two("Mix", "结构"), Decimal("-940.75")),
            BridgeStep("waste", two("Waste", "损耗"), Decimal("-610.10")),
            BridgeStep("is", two("November", "11 月"), is_total=True),
        ],
        shown=money_words,
    )
    bars = BarChart(
        two("Waste by reason", "按原因"),
        [
            Bar(n, two(en, zh), Decimal(500 - n * 47), against=Decimal(300))
            for n, (_i, en, zh) in enumerate(REASONS[:6])
        ],
        shown=money_words,
    )
    tabs = Tabs(two("Charts", "图表"))
    tabs.add(two("From last month", "环比"), bridge)
    tabs.add(two("Lots", "批次"), QWidget())
    charts = QHBoxLayout()
    charts.addWidget(tabs, 1)
    charts.addWidget(bars, 1)
    return charts


def figures_scene() -> QWidget:
    page = PageBase(two("Today", "今日"), two("What needs a look before noon", "中午前要看的事"))
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(16, 8, 16, 16)
    column.setSpacing(12)
    column.addLayout(make_cards())
    column.addLayout(make_charts(), 1)
    page.set_content(body)
    page.show_content()
    page.open_panel(make_why(), 420)
    return page


def make_why(off: str = "0") -> WhyPanel:
    """A figure and its entries; `off` makes them disagree."""
    entries = [
        WhyEntry(
            n,
            f"{two('Receipt', '收货')} R-{n:04d}",
            Decimal(n * 13 % 40 - 8) / 4,
            datetime(2026, 11, n, tzinfo=UTC),
            unit="kg",
        )
        for n in range(1, 16)
    ]
    amount = sum((entry.amount for entry in entries), Decimal(off))
    sentence = two("Everything posted to this item at this place, up to now.", "该物料在此库位至今的全部流水。")
    return WhyPanel(WhyFigure(two("Tomato, on hand", "番茄现有库存"), amount, "kg", sentence=sentence), entries)


def sample_pdf() -> bytes:
    """A small PDF of three pages."""
    import io

    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 595))
    for number in range(1, 4):
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(48, 520, f"Goods receipt R-0012, page {number}")
        canvas.rect(48, 60, 324, 420)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pdf_scene() -> QWidget:
    view = PdfView()
    view.show_pdf(sample_pdf())
    view.set_zoom(1.0)
    return view


SCENES: dict[str, Callable[[], QWidget]] = {
    "page": page_scene,
    "keys": keys_scene,
    "empty": empty_scene,
    "error": error_scene,
    "form": form_scene,
    "touch": touch_scene,
    "figures": figures_scene,
    "pdf": pdf_scene,
}
