"""Text files as tables: encodings told apart, delimiters found, quotes obeyed."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.importing.rules.delimited import decode, delimiter_of, read_delimited

CHINESE = "编码,名称,单位\nA-1,番茄 (新鲜),千克\nB-2,牛奶,升\nC-3,花椒油,瓶\n"
WESTERN = "code;name\nA;Jalapeño\nB;Crème fraîche\nC;Süßkartoffel\nD;Käse, gerieben\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_chinese_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding)) == CHINESE


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-16-be"])
def test_western_letters_are_not_taken_for_chinese(encoding: str) -> None:
    assert decode(WESTERN.encode(encoding)) == WESTERN


def test_a_marked_file_is_read_by_its_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be")) == CHINESE


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=50))
def test_utf8_is_always_utf8(text: str) -> None:
    assert decode(text.encode()) == text


def test_rare_signs_of_gb18030_are_read_among_everyday_ones() -> None:
    text = "名称,备注\n" + "番茄酱,常温保存,每箱十二瓶,供应商张三\n" * 3 + "𠮷野家,镕基\n"
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\x81\x8d\x8f\x90\x9d" * 20, b"a\0\0\0\0b"])
def test_what_is_no_text_gets_a_sentence(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="Save it as XLSX, or as CSV in UTF-8"):
        decode(content)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a,b,c\n1,2,3", ","), ("a;b;c\n1,5;2;3", ";"), ("a\tb\n1\t2", "\t"), ("a|b\n1|2", "|"), ("alone\n1", ",")],
)
def test_the_delimiter_is_the_one_that_makes_most_columns(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_quotes_hold_delimiters_and_lines() -> None:
    assert read_delimited('a,b\n"1,5","two\nlines ""x"""\r\n') == [["a", "b"], ["1,5", 'two\nlines "x"']]


def test_what_a_spreadsheet_says_of_its_delimiter_is_no_row() -> None:
    assert read_delimited("sep=;\na;b\n1;2\n") == [["a", "b"], ["1", "2"]]


def test_empty_lines_keep_their_place() -> None:
    assert read_delimited("a\n\n1\n") == [["a"], [], ["1"]]


def test_a_quotation_mark_that_stays_open_is_named_with_its_line() -> None:
    with pytest.raises(InvalidInput, match="at line 3"):
        read_delimited('a,b\n1,2\n"3,4\n5,6\n')
