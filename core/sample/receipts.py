"""Pictures of receipts as a telephone takes them: a slip of paper on a table."""

from __future__ import annotations

import io
from datetime import date

from core.paths import resource

PAPER, TABLE, INK = "#fbf9f2", "#8a6f56", "#333338"
SIZE, EDGE, TILT = (420, 560), 34, 1.6


def draw_receipt(shop: str, day: date, kind: str, amount: str, document: str) -> bytes:
    """A receipt as a JPEG; the same facts give the same bytes."""
    from PIL import Image, ImageDraw, ImageFont

    fonts = {size: ImageFont.truetype(str(resource("fonts", "NotoSansSC-Regular.ttf")), size) for size in (20, 26, 40)}
    slip = Image.new("RGB", (SIZE[0] - 2 * EDGE, SIZE[1] - 2 * EDGE), PAPER)
    pen = ImageDraw.Draw(slip)
    middle = slip.width // 2
    pen.text((middle, 48), shop, INK, fonts[26], "mm")
    pen.text((middle, 88), "收 据  RECEIPT", INK, fonts[20], "mm")
    for row, text in enumerate((f"日期  {day:%Y-%m-%d}", f"票号  {document or '—'}", f"项目  {kind}")):
        pen.text((26, 138 + row * 42), text, INK, fonts[20])
    pen.line((26, 284, slip.width - 26, 284), INK, 2)
    pen.text((middle, 338), f"¥ {amount}", INK, fonts[40], "mm")
    pen.line((26, 392, slip.width - 26, 392), INK, 2)
    pen.text((middle, 436), "谢谢惠顾", INK, fonts[20], "mm")
    photo = Image.new("RGB", SIZE, TABLE)
    turned = slip.rotate(TILT, Image.Resampling.BICUBIC, expand=True, fillcolor=TABLE)
    photo.paste(turned, ((SIZE[0] - turned.width) // 2, (SIZE[1] - turned.height) // 2))
    file = io.BytesIO()
    photo.save(file, "JPEG", quality=70)
    return file.getvalue()
