"""Reading scans: what people scan all day, and what is no code at all."""

from __future__ import annotations

from core.devices import named_profile, parse_scan
from tests.bench.figures import Figure, milliseconds

GS, RS = "\x1d", "\x1e"
TYPICAL = {
    "EAN-13": "4006381333931",
    "GS1 with batch, expiry and weight": f"]C1019400638133393431030012501726123110AB12{GS}21S-1",
    "GS1 without its separator": "01108573260055401722081110A2021121092220084115197",
    "Digital Link": "https://id.gs1.org/01/04006381333931/10/AB12?17=261231",
    "supplier's bag": f"[)>{RS}06{GS}P596-777{GS}1PXAF4444{GS}Q3{GS}10D1452{GS}1TBF1103{GS}4LUS{RS}\x04",
    "weight of a scale": "2302148210869",
    "text": "红烧番茄 500g",
}
GARBAGE = {
    "digits": "1" * 100_000,
    "zeros": "\x00" * 100_000,
    "hanzi": "番" * 100_000,
    "4,000 of brackets": "(01)" * 1000,
    "4,000 of a message": "]C10104006381333931" + "21" * 1990,
}
GOAL, GOAL_GARBAGE = 1.0, 5.0


def run() -> list[Figure]:
    """The shortest of many runs of each."""
    profile = named_profile("no")
    named = [(f"a scan: {name}", raw, GOAL) for name, raw in TYPICAL.items()]
    named += [(f"refused: {name}", raw, GOAL_GARBAGE) for name, raw in GARBAGE.items()]
    return [
        Figure(name, milliseconds(lambda raw=raw: parse_scan(raw, profile), 50), goal=goal)  # type: ignore[misc]
        for name, raw, goal in named
    ]
