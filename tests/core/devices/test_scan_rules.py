"""What holds for every scan: nothing raises, messages come back as they were made, and biip agrees where it is right."""

from __future__ import annotations

import json
import string

import biip
import pytest
from biip.gs1_application_identifiers import GS1ApplicationIdentifier
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.devices import (
    PROFILE_NAMES,
    OwnCode,
    OwnKind,
    ScanKind,
    ScanWord,
    described_profile,
    named_profile,
    own_code,
    own_kind_name,
    parse_scan,
    profile_as_data,
    scan_as_json,
    scan_kind_name,
)
from core.devices.rules.scans import read_scan
from core.devices.rules.scans.cleaning import has_controls
from core.devices.rules.scans.own import read_own
from core.devices.rules.scans.store import price_check_digit, template_of
from core.devices.rules.scans.words import trouble
from core.errors import CoreError, InvalidInput
from core.gs1 import Identifier, identifier, identifiers
from core.gtin import check_digit, upc_a_of

GS = "\x1d"
SIGNS = string.ascii_letters + string.digits + "!\"%&'()*+,-./:;<=>?_"
BEGINNINGS = ("", "]C1", "]d2", "]Q1", "]E0", "]E3", "]I1", "]C0", "[)>\x1e06\x1d", "https://id.gs1.org/01/", "{", "(01)",
              "01", "00", "NKTI", "\x1d", "]e0")  # fmt: skip
PARTS = st.sampled_from(
    ["01", "04006381333931", "17261231", "17260230", "10", "21", GS, "AB12", "(10)", "(17)", "]C1", "]E0", "]e0", "]e1",
     "]Q3", "\x1e", "\x04", "{", "}", ":", ",", "/", "?", "&17=", "37", "3103", "001250", "7003", "7007", "4324", "8008", "99",
     "\u0664", "Ж", "番", "|", " ", "\n", "^]", "%2", "%20", "\ud800", "\x00", "http://a.b/", "https://id.gs1.org/01/", "[)>",
     "05", "P", "1P", "Q1", "7Q", "8P", "J", "JX", "9D", "10D", "2601", "0", "9", '"', '{"gtin":', "qty", "NKTI",
     "4006381333931", "000201", "6304"]
)  # fmt: skip
JUNK = st.one_of(st.text(), st.text(alphabet=SIGNS + GS), st.lists(PARTS, max_size=30).map("".join))


@given(st.sampled_from(BEGINNINGS), JUNK, st.sampled_from(("", *PROFILE_NAMES)))
@settings(max_examples=400)
def test_no_scan_raises_and_every_answer_is_json(beginning: str, junk: str, profile: str) -> None:
    scan = read_scan(beginning + junk, named_profile(profile), 2026)
    told = scan_as_json(scan)
    json.dumps(told, ensure_ascii=False).encode()
    assert set(told) != {"error"} or told["error"] in tuple(ScanWord)
    assert told and all(isinstance(value, str) for value in told.values())
    for one in scan.troubles:
        assert one.text.render("zh") and one.text.render("en")


@given(st.text(max_size=30))
def test_what_is_around_a_scan_changes_nothing(text: str) -> None:
    assume(text == text.strip())
    plain = parse_scan(text)
    assert scan_as_json(parse_scan(f"\x02{text}\r\n")) == scan_as_json(plain)


def values(known: Identifier) -> st.SearchStrategy[str]:
    """Right values of an identifier."""
    least, most = max(known.least - known.digits, 0), known.most - known.digits
    charset = {"n": string.digits, "x": SIGNS, "y": string.ascii_uppercase + "#-/", "z": string.ascii_letters + "_-"}
    head = st.text(string.digits, min_size=known.digits, max_size=known.digits)
    value = st.builds(str.__add__, head, st.text(charset[known.charset], min_size=least, max_size=most))
    start, end = known.checked
    if end:
        value = value.map(lambda text: text[: end - 1] + check_digit(text[start : end - 1]) + text[end:])
    return value.filter(bool)


DATED = {"11", "12", "13", "15", "16", "17", "4324", "4325", "4326", "7003", "7006", "7007", "7011", "8008"}
FIELDS = st.sampled_from([one for one in identifiers() if one.ai not in {*DATED, "20"}])


@st.composite
def messages(draw: st.DrawFn) -> list[tuple[Identifier, str]]:
    """Fields that do not contradict each other."""
    chosen = draw(st.lists(FIELDS, min_size=1, max_size=6, unique_by=lambda one: one.ai[:3]))
    return [(one, draw(values(one))) for one in chosen]


@given(messages())
def test_a_message_comes_back_field_by_field(fields: list[tuple[Identifier, str]]) -> None:
    message = "]C1" + GS.join(one.ai + value for one, value in fields) + GS
    if len(fields) == 1:
        message += "20" + "01"
    found = dict(read_scan(message, named_profile(""), 2026).fields)
    assert found == {one.ai: value for one, value in fields} | ({"20": "01"} if len(fields) == 1 else {})


@given(messages())
def test_biip_reads_the_same_fields(fields: list[tuple[Identifier, str]]) -> None:
    fields = [(one, value) for one, value in fields if not (one.ai.startswith(("723", "7040", "7258", "8003", "432")))]
    assume(fields and not any("%" in value for _one, value in fields))
    theirs = biip.parse("]C1" + GS.join(one.ai + value for one, value in fields) + GS).gs1_message
    assume(theirs is not None)
    assert theirs is not None
    ours = read_scan("]C1" + GS.join(one.ai + value for one, value in fields) + GS + "2001", named_profile(""), 2026)
    assert [(one.ai.ai, one.value) for one in theirs.element_strings] == list(ours.fields)[:-1]


def test_the_identifiers_are_those_of_biip() -> None:
    for known in identifiers():
        theirs = GS1ApplicationIdentifier.extract(known.ai + "0" * 90)
        assert theirs.ai == known.ai
        assert theirs.separator_required is not known.is_predefined
    assert identifier("18") is None


@given(
    st.sampled_from([name for name in PROFILE_NAMES if name not in ("cn", "us")]),
    st.integers(20, 29),
    st.integers(0, 10**10),
)
def test_biip_reads_the_same_in_codes_of_scales(country: str, prefix: int, rest: int) -> None:
    digits = f"{prefix}{rest % 10**10:010d}"
    template = template_of(digits + "0", named_profile(country))
    if template is not None and "P" in template.pattern:
        place = template.pattern.index("P")
        digits = digits[:place] + price_check_digit(digits[place + 1 :]) + digits[place + 1 :]
    digits += check_digit(digits)
    ours = parse_scan(digits, named_profile(country))
    theirs = biip.parse(digits, config=biip.ParseConfig(rcn_region=country)).gtin
    assert theirs is not None
    assert (ours.kind is ScanKind.IN_STORE) is (template is not None)
    if template is not None and not ours.troubles:
        assert ours.item_code == theirs.item_reference
        assert (ours.net_weight_kg, ours.price) == (theirs.weight, theirs.price)  # type: ignore[attr-defined]
        assert ours.count == theirs.count  # type: ignore[attr-defined]
        assert ours.code == theirs.without_variable_measure().value


@given(st.integers(0, 10**6 - 1), st.sampled_from("01"))
def test_biip_reads_the_same_upc_e(body: int, system: str) -> None:
    theirs = biip.parse(f"{body:06d}").upc
    if theirs is not None and system == "0":
        assert upc_a_of(theirs.as_upc_e()) == theirs.as_upc_a()
        assert parse_scan("]E0" + theirs.as_upc_e()).gtin == "00" + theirs.as_upc_a()


@given(st.sampled_from(list(OwnKind)), st.text(min_size=1, max_size=80))
def test_our_own_codes_come_back(kind: OwnKind, value: str) -> None:
    assume(value.strip() and not has_controls(value))
    printed = own_code(kind, value)
    assert set(printed) <= set(string.ascii_uppercase + string.digits)
    for sent in (printed, printed.lower(), f"]Q1{printed}", f"]C0{printed}\r\n"):
        assert parse_scan(sent).own == OwnCode(kind, value)
    assert scan_as_json(parse_scan(printed))["own"] == kind.value


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890", "ABCDEFGHIJKLMNOPQRSTUVWXZY1234567890"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890", "QBCDEFGHIJKL?NOPARSTUVZXYW&é\"'(-è_çà"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890", "ФИСВУАПРШОЛДЬТЩЗЙКЫЕГМЦЧНЯ1234567890"),
    ],
)  # fmt: skip
def test_our_own_codes_survive_keyboards_of_other_countries(here: str, there: str) -> None:
    for kind in OwnKind:
        for value in ("P-042137", "AZQW-MY/1", "冷库 3", "x_1.2"):
            sent = own_code(kind, value).translate(str.maketrans(here, there))
            assert parse_scan(sent).own == OwnCode(kind, value)


@given(st.text(string.ascii_uppercase + string.digits, max_size=20))
def test_another_companys_code_is_not_taken_for_ours(text: str) -> None:
    own = read_own(text)
    assert own is None or own_code(own.kind, own.value).startswith("NKT")
    assert parse_scan("NKTI" + "P042137" + "00").own is None


@pytest.mark.parametrize("value", ["", "  ", "x" * 81, "\ud800", "a\x00"])
def test_a_code_that_cannot_be_printed_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput):
        own_code(OwnKind.ITEM, value)


def test_what_is_looked_up_is_what_the_catalogue_keeps() -> None:
    assert parse_scan("036000291452").code == "0036000291452"
    assert parse_scan("]C10100000096385074").code == "96385074"
    assert parse_scan("]C10114006381333938").code == "14006381333938"
    assert parse_scan("04252614").codes == ("0042100005264", "04252614")
    assert parse_scan("2302148210869", named_profile("no")).codes == ("2302148200006", "021482")
    assert parse_scan("10002346").codes == ("10002346",), "a wrong check digit may be somebody's own number"
    assert parse_scan("134567890123456789").codes == ()


def test_every_kind_and_word_has_its_sentence() -> None:
    for language in ("zh", "en"):
        assert all(scan_kind_name(kind).render(language) for kind in ScanKind)
        assert all(own_kind_name(kind).render(language) for kind in OwnKind)
        assert all(trouble(word, "1", "2").text.render(language) for word in ScanWord)


def test_pounds_are_exact_and_rounded_for_the_ledger() -> None:
    scan = parse_scan("]C101040063813339313201000011")
    assert (str(scan.net_weight_kg), str(scan.weight_to_book)) == ("0.498951607", "0.498952")


def test_a_profile_is_kept_as_data() -> None:
    data = {
        "country": "no", "separator": "|", "prefix": "~", "suffix": "#", "characters": {"é": "2"}, "code_ids": {"d": "]E0"},
        "templates": [{"pattern": "29IIIIIVVVVVC", "measure": "weight", "decimals": 3, "amount_decimals": 2}],
    }  # fmt: skip
    profile = described_profile(data)
    assert profile_as_data(profile) == data
    assert described_profile(None) == named_profile("") == described_profile("")
    assert parse_scan("~d4006381333931#\r\n", profile).gtin == "04006381333931"
    assert parse_scan("]C1010400638133393110A|1726é1é31", profile).expiry is None
    digits = "291234501250"
    assert str(parse_scan(digits + check_digit(digits), profile).net_weight_kg) == "1.250"


@pytest.mark.parametrize(
    "data",
    [5, [], "xx", {"country": 5}, {"templates": {}}, {"templates": [5]}, {"templates": [{"pattern": "20"}]},
     {"templates": [{"pattern": "29IIIIIVVVVVC", "measure": "length"}]}, {"characters": []}],
)  # fmt: skip
def test_a_profile_that_is_none_is_refused(data: object) -> None:
    with pytest.raises(CoreError):
        described_profile(data)
