"""Payment files: account numbers proved, letters the bank takes, sums that are those of the payments."""

from __future__ import annotations

import csv
import io
import string
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import CoreError, InvalidInput, Rejected
from core.iban import (
    LENGTHS,
    check_bic,
    check_digits,
    check_iban,
    is_creditor_reference,
    spaced,
)
from core.purchasing.rules.files.bank_text import ALLOWED, bank_id, bank_text
from core.purchasing.rules.files.pain001 import NAMESPACE, Version, payment_file
from core.purchasing.rules.files.payment_list import Transfer, transfer_faults, transfers_csv
from core.purchasing.rules.files.payments import Payer, Payment, PaymentRun

GOOD = ("IE29AIBK93115212345678", "DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606",
        "NL91ABNA0417164300", "NO9386011117947", "MT84MALT011000012345MTLCAST001S")  # fmt: skip
PAYER = Payer("Küche am Markt", "IE29 AIBK 9311 5212 3456 78", "AIBKIE2D")
ONE = Payment("INV-17", "Bäckerei Groß & Søn", "DE89 3704 0044 0532 0130 00", Decimal("120.50"), "Invoice 4711/2026")
TWO = Payment("INV-18", "上海食品 Foods", "NL91ABNA0417164300", Decimal("0.01"), "RF18 5390 0754 7034", "ABNANL2A")
RUN = PaymentRun("PP-5", PAYER, date(2026, 11, 25), datetime(2026, 11, 22, 3, 40, tzinfo=UTC), (ONE, TWO))
accounts = st.sampled_from(sorted(LENGTHS)).flatmap(
    lambda country: st.text(string.digits + string.ascii_uppercase, min_size=LENGTHS[country] - 4, max_size=LENGTHS[country] - 4)
    .map(lambda account: country + check_digits(country, account) + account)
)  # fmt: skip


def values(content: bytes, name: str) -> list[str]:
    root = ET.fromstring(content)
    return [one.text or "" for one in root.iter() if str(one.tag).endswith("}" + name)]


@pytest.mark.parametrize("iban", GOOD)
def test_known_account_numbers_are_right(iban: str) -> None:
    assert check_iban(spaced(iban).lower()) == iban


@given(accounts)
def test_made_account_numbers_are_right(iban: str) -> None:
    assert check_iban(iban) == iban


@given(accounts, st.data())
def test_one_wrong_character_is_found(iban: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(2, len(iban) - 1))
    kind = string.digits if iban[place].isdigit() else string.ascii_uppercase
    sign = data.draw(st.sampled_from(kind.replace(iban[place], "")))
    with pytest.raises(InvalidInput):
        check_iban(iban[:place] + sign + iban[place + 1 :])


@given(accounts, st.data())
def test_two_neighbouring_digits_changed_round_are_found(iban: str, data: st.DataObject) -> None:
    pairs = [place for place in range(2, len(iban) - 1) if iban[place : place + 2].isdigit()]
    place = data.draw(st.sampled_from(pairs))
    first, second = iban[place], iban[place + 1]
    assume(first != second and place != 3)
    with pytest.raises(InvalidInput):
        check_iban(iban[:place] + second + first + iban[place + 2 :])


@given(st.text(max_size=40))
def test_any_text_is_an_account_number_or_refused(text: str) -> None:
    for check in (check_iban, check_bic):
        try:
            assert check(text).isascii()
        except InvalidInput as fault:
            assert fault.text.render("zh") != str(fault)
    assert is_creditor_reference(text) in (True, False)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "no IBAN"),
        ("12345", "no IBAN"),
        ("ZZ29AIBK93115212345678", "begins with ZZ"),
        ("IE29AIBK9311521234567", "21 characters; one of IE has 22"),
        ("IE29AIBK93115212345687", "mistyped"),
    ],
)
def test_a_wrong_account_number_is_told_why(number: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_iban(number)
    assert said in str(caught.value)


def test_a_bank_has_eight_or_eleven_characters() -> None:
    assert check_bic("aibk ie2d") == "AIBKIE2D" and check_bic("DEUTDEFF500") == "DEUTDEFF500"
    for wrong in ("", "AIBKIE2", "AIBKIE2D5", "A1BKIE2D", "AIBKIE2DÄÄÄ"):
        with pytest.raises(InvalidInput):
            check_bic(wrong)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Bäckerei Groß & Søn", "Backerei Gross + Son"),
        ("Łódź “Café”", "Lodz 'Cafe'"),
        ("上海 Foods", "?? Foods"),
        ("Ｆｕｌｌ１２", "Full12"),
        ("//a//b/", "a/b"),
        ("line\nbreak\x00", "line break"),
        ("Кафе", "????"),
    ],
)
def test_words_are_said_in_the_letters_of_banks(words: str, said: str) -> None:
    assert bank_text(words, 70).words == said


def test_chinese_is_spelt_by_who_is_asked_to() -> None:
    said = bank_text("上海Foods", 70, lambda words: {"上海": "Shàng Hǎi"}[words])
    assert said.words == "Shang Hai Foods" and not said.is_lossy
    assert bank_text("上海", 70).is_lossy and bank_text("上海", 70).says_nothing


@given(st.text(max_size=120), st.integers(1, 140))
def test_only_letters_of_banks_come_out_and_never_too_many(words: str, longest: int) -> None:
    said = bank_text(words, longest).words
    assert set(said) <= ALLOWED and len(said) <= longest
    assert not said.startswith("/") and not said.endswith("/") and "//" not in said
    assert " " not in bank_id(words)


@given(st.text(st.characters(codec="ascii", categories=("L", "N")), max_size=60))
def test_plain_letters_stay_as_they_are(words: str) -> None:
    assert bank_text(words, 70).words == words


@pytest.mark.parametrize(("version", "bic"), [("09", "BICFI"), ("03", "BIC")])
def test_a_file_says_what_is_paid(version: Version, bic: str) -> None:
    content = payment_file(RUN, version)
    assert ET.fromstring(content).tag == f"{{{NAMESPACE}{version}}}Document"
    assert values(content, "NbOfTxs") == ["2", "2"] and values(content, "CtrlSum") == ["120.51", "120.51"]
    assert values(content, "InstdAmt") == ["120.50", "0.01"]
    assert values(content, "EndToEndId") == ["INV-17", "INV-18"]
    assert values(content, "IBAN") == ["IE29AIBK93115212345678", "DE89370400440532013000", "NL91ABNA0417164300"]
    assert values(content, bic) == ["AIBKIE2D", "ABNANL2A"]
    assert values(content, "Nm")[2:] == ["Backerei Gross + Son", "???? Foods"]
    assert values(content, "Ustrd") == ["Invoice 4711/2026"] and values(content, "Ref") == ["RF18539007547034"]
    assert values(content, "Dt" if version == "09" else "ReqdExctnDt") == ["2026-11-25"]
    assert payment_file(RUN, version) == content, "the same run is the same file"


def test_parts_stand_in_the_order_of_the_scheme() -> None:
    batch = ET.fromstring(payment_file(RUN)).find("./{*}CstmrCdtTrfInitn/{*}PmtInf")
    assert batch is not None
    assert [str(one.tag).rpartition("}")[2] for one in batch][:11] == [
        "PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt",
        "ChrgBr",
    ]  # fmt: skip
    transfer = batch.findall("{*}CdtTrfTxInf")[1]
    names = [str(one.tag).rpartition("}")[2] for one in transfer]
    assert names == ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"]


def test_a_payer_without_bank_code_is_said_to_be_so() -> None:
    assert values(payment_file(replace(RUN, payer=replace(PAYER, bic=""))), "Id")[-1:] != []
    assert "NOTPROVIDED" in values(payment_file(replace(RUN, payer=replace(PAYER, bic=""))), "Id")


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30))
def test_control_sums_are_the_sums_of_the_payments(cents: list[int]) -> None:
    payments = tuple(replace(ONE, key=f"P{number}", amount=Decimal(one).scaleb(-2)) for number, one in enumerate(cents))
    content = payment_file(replace(RUN, payments=payments))
    assert values(content, "CtrlSum") == [f"{Decimal(sum(cents)).scaleb(-2):.2f}"] * 2
    assert sum(map(Decimal, values(content, "InstdAmt"))) == Decimal(values(content, "CtrlSum")[0])


@given(st.text(max_size=50), st.text(max_size=50), st.text(max_size=200), st.decimals())
def test_any_payment_is_a_well_formed_file_or_refused(key: str, name: str, purpose: str, amount: Decimal) -> None:
    payment = Payment(key, name, GOOD[0], amount, purpose)
    try:
        content = payment_file(replace(RUN, payments=(payment,)))
    except CoreError as fault:
        assert fault.text.render("zh") != str(fault)
    else:
        assert len(values(content, "EndToEndId")[0]) <= 35
        assert Decimal(values(content, "CtrlSum")[0]) == amount


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": Decimal(0)}, "cannot be paid"),
        ({"amount": Decimal(-5)}, "cannot be paid"),
        ({"amount": Decimal("1.005")}, "euro and cents"),
        ({"amount": Decimal("1000000000")}, "cannot be paid"),
        ({"amount": Decimal("NaN")}, "euro and cents"),
        ({"iban": "IE00"}, "no IBAN"),
        ({"bic": "X"}, "no BIC"),
        ({"name": "上海"}, "Latin letters"),
        ({"key": "x" * 36}, "1 to 35"),
        ({"key": "付款"}, "1 to 35"),
        ({"key": "INV-18"}, "twice"),
    ],
)
def test_a_payment_that_cannot_be_made_is_told_with_its_row(wrong: dict[str, object], said: str) -> None:
    payment = replace(ONE, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Rejected) as caught:
        payment_file(replace(RUN, payments=(payment, TWO)))
    assert said in str(caught.value)
    assert said == "twice" or caught.value.errors[0].row == 1


def test_nothing_to_pay_and_a_wrong_own_account_are_told() -> None:
    with pytest.raises(Rejected) as caught:
        payment_file(replace(RUN, key="", payments=(), payer=replace(PAYER, iban="IE1")))
    assert [name in str(caught.value) for name in ("nothing to pay", "Our own account", "1 to 35")] == [True] * 3


def test_transfers_as_csv_keep_names_and_carry_no_formula() -> None:
    one = Transfer("INV-17", "上海食品 Foods", "6222 0210 0101 2345", "工商银行", "", Decimal("120.50"), "7月货款")
    evil = replace(one, name="=cmd()", key="INV-19")
    assert transfer_faults((one, evil)) == ()
    rows = list(csv.reader(io.StringIO(transfers_csv((one, evil), "CNY", RUN.pay_on, "zh").decode("utf-8-sig"))))
    assert rows[0][:3] == ["付款日期", "供应商", "账号"]
    assert rows[1][1:3] == ["上海食品 Foods", "6222021001012345"] and rows[1][5:7] == ["120.50", "CNY"]
    assert rows[2][1] == "'=cmd()"


def test_transfers_that_cannot_be_made_are_named() -> None:
    one = Transfer("INV-17", "Foods", "", "", "", Decimal(0), "")
    words = [text.render("en") for text in transfer_faults((one, one))]
    assert len(words) == 5 and "no bank account" in words[1] and "twice" in words[-1]
    assert [text.render("en") for text in transfer_faults(())] == ["There is nothing to pay."]
