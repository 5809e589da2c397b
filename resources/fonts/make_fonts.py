"""Make the two fonts of Steward from their published originals.

    python -m venv fonts-venv && fonts-venv/bin/pip install fonttools pypinyin-dict
    fonts-venv/bin/python resources/fonts/make_fonts.py

Needs npm, which fetches the two packages named below into a temporary folder; pypinyin-dict is read for its list of
the 8,105 characters of China's general standard of 2013. Nothing of this is needed to run Steward.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HAN = ("@expo-google-fonts/noto-sans-sc", "0.4.3")
LATIN = ("@expo-google-fonts/source-sans-3", "0.4.1")
WEIGHTS = {
    "Regular": ("400Regular/NotoSansSC_400Regular.ttf", "400Regular/SourceSans3_400Regular.ttf", "gbk"),
    "Bold": ("700Bold/NotoSansSC_700Bold.ttf", "700Bold/SourceSans3_700Bold.ttf", "gb2312"),
}
HERE = Path(__file__).resolve().parent
FEATURES = ["ccmp", "locl", "kern", "mark", "liga", "pwid", "fwid", "hwid", "palt", "halt"]
# Latin, Greek, Cyrillic; punctuation, super- and subscripts, currencies; letterlike, number forms, arrows, mathematics;
# circled numbers, box drawing, shapes, signs, ticks; Chinese punctuation, full-width forms, the replacement mark.
RANGES = (
    (0x20, 0x7F), (0xA0, 0x250), (0x2C6, 0x2DE), (0x384, 0x3D0), (0x400, 0x460), (0x1E00, 0x1F00),
    (0x2000, 0x2070), (0x2070, 0x20C1), (0x2100, 0x2200), (0x2200, 0x2300), (0x2460, 0x2500),
    (0x2500, 0x2600), (0x2600, 0x27C0), (0x3000, 0x3040), (0xFF00, 0xFFF0),
)  # fmt: skip
REPLACEMENT = 0xFFFD
QUOTES = (0x2018, 0x2019, 0x201C, 0x201D)


def charset(encoding: str) -> set[int]:
    """Every character a Chinese double-byte encoding can write."""
    found: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                found.update(map(ord, bytes((lead, trail)).decode(encoding)))
            except UnicodeDecodeError:
                continue
    return found


def wanted(encoding: str) -> set[int]:
    """What one weight should hold; the originals decide what they can give of it.

    The general standard of 2013 is in both: names of people and places stay within it, but not within GB2312 or GBK.
    """
    from pypinyin_dict.pinyin_data.ktghz2013 import pinyin_dict as standard

    signs = {code for first, last in RANGES for code in range(first, last)} | {REPLACEMENT}
    return charset(encoding) | signs | set(standard)


def fetch(folder: Path) -> Path:
    """Let npm put both packages into `folder`; the folder they stand in."""
    names = [f"{name}@{version}" for name, version in (HAN, LATIN)]
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *names], cwd=folder, check=True)
    return folder / "node_modules"


def subset(path: Path, codes: set[int]) -> Any:
    """The font with only `codes`, without hinting and without the tables of vertical text."""
    from fontTools import subset as subsetting

    options = subsetting.Options(hinting=False, layout_features=FEATURES, recalc_timestamp=False, glyph_names=False)
    options.drop_tables += ["vmtx", "vhea", "VORG"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    font = subsetting.load_font(str(path), options)
    work = subsetting.Subsetter(options=options)
    work.populate(unicodes=sorted(codes))
    work.subset(font)
    return font


def add_glyph(font: Any, code: int, glyph: Any, advance: int) -> None:
    """Put one more glyph at the end of the font and map `code` to it."""
    name = f"uni{code:04X}.st"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = font.getGlyphOrder()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"].metrics[name] = (advance, getattr(glyph, "xMin", 0) if glyph.numberOfContours else 0)
    for table in font["cmap"].tables:
        if table.format in (4, 12) and (table.format == 12 or code <= 0xFFFF):
            table.cmap[code] = name


def add_latin(font: Any, latin: Any, codes: set[int]) -> int:
    """Add the letters and signs the Chinese font lacks; its own Latin has the same design, drawn larger.

    The scale is the ratio of both fonts' figures, so that added superscripts and letters sit among the others.
    """
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    have, give, glyphs = font.getBestCmap(), latin.getBestCmap(), latin.getGlyphSet()
    scale = font["hmtx"][have[ord("0")]][0] / latin["hmtx"][give[ord("0")]][0]
    missing = sorted(code for code in codes if code in give and code not in have)
    for code in missing:
        shape, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[give[code]].draw(shape)
        shape.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        add_glyph(font, code, pen.glyph(), round(latin["hmtx"][give[code]][0] * scale))
    return len(missing)


def narrow_quotes(font: Any) -> None:
    """Let curly quotes take their proportional shapes: the full-width ones tear an English word (it’s) apart."""
    table = font["GSUB"].table
    lookups = {i for r in table.FeatureList.FeatureRecord if r.FeatureTag == "pwid" for i in r.Feature.LookupListIndex}
    narrow: dict[str, str] = {}
    for index in lookups:
        for part in table.LookupList.Lookup[index].SubTable:
            narrow.update(getattr(part, "ExtSubTable", part).mapping)
    for unicode_table in font["cmap"].tables:
        for code in QUOTES:
            if code in getattr(unicode_table, "cmap", {}):
                unicode_table.cmap[code] = narrow.get(unicode_table.cmap[code], unicode_table.cmap[code])


def add_replacement(font: Any) -> None:
    """Draw U+FFFD, a diamond with a question mark cut out: it stands on paper for a character no font has."""
    from fontTools.pens.reverseContourPen import ReverseContourPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    middle, reach, centre = 500, 480, 370
    corners = ((middle, centre + reach), (middle + reach, centre), (middle, centre - reach), (middle - reach, centre))
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    question = font.getBestCmap()[ord("?")]
    width, scale = font["hmtx"][question][0], 0.75
    shift = (scale, 0, 0, scale, middle - width * scale / 2, centre - 370 * scale)
    font.getGlyphSet()[question].draw(TransformPen(ReverseContourPen(pen), shift))
    add_glyph(font, REPLACEMENT, pen.glyph(), 1000)


def sign(font: Any, latin: Any) -> None:
    """Say in the font's own names what it is made of."""
    owner, added = (source["name"].getDebugName(0) for source in (font, latin))
    for record in list(font["name"].names):
        if record.nameID == 0:
            record.string = f"{owner} Added Latin glyphs: {added}"
        elif record.nameID == 5:
            record.string = f"{record.toUnicode()}; subset with added Latin glyphs"


def make(weight: str, packages: Path) -> Path:
    """Make one weight beside this script."""
    from fontTools.ttLib import TTFont

    han, other, encoding = WEIGHTS[weight]
    codes = wanted(encoding)
    font, latin = subset(packages / HAN[0] / han, codes), TTFont(packages / LATIN[0] / other)
    narrow_quotes(font)
    added = add_latin(font, latin, codes)
    add_replacement(font)
    sign(font, latin)
    target = HERE / f"NotoSansSC-{weight}.ttf"
    font.save(target)
    count, size = len(font.getBestCmap()), target.stat().st_size
    sys.stdout.write(f"{target.name}: {count} characters, {added} of them added, {size:,} bytes\n")
    return target


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        packages = fetch(Path(folder))
        for weight in WEIGHTS:
            make(weight, packages)
        texts = [(packages / name / "LICENSE_FONT").read_text(encoding="utf-8") for name, _version in (HAN, LATIN)]
    notice = texts[1].splitlines()[0]
    (HERE / "OFL.txt").write_text(f"{notice}\n\n{texts[0]}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
