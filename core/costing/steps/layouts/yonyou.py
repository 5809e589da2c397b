"""Yonyou 用友: the text file of the general ledger tool of U8 and T3 (总账工具, 凭证引入).

Source of the form: published guides to that tool (sequence, type and length of its fields) and several public programs that
write such files, which agree. The first line says
填制凭证,V800; then one line an entry, fields parted by commas, missing ones left empty: date, voucher word, business number,
documents attached, summary (60 characters), account, debit, credit, quantity, foreign amount, rate, maker, settlement,
its number, its date, department, employee, customer, supplier. A voucher is known by date, word and number together; its
lines stand one after another. Text is in the Chinese code page (GB 18030), lines end in CR LF, and there is no quoting, so a
comma in a text becomes a full-width one. Department and supplier are codes that the ledger must know; a department's
code is not kept here, so its name stands there. An account has at most 15 digits there. It could not be tried here.
"""

from __future__ import annotations

from core.costing.steps.layouts.shared import FORM_UNSURE, TXT, named_file, rows_of
from core.costing.types.books import Journal, JournalFile, JournalLine, JournalVoucher
from core.i18n import Language, Text, _, verbatim

HEAD = "填制凭证,V800"
LONGEST_SUMMARY = 60
LONGEST_CODE = 15


def yonyou_file(journal: Journal, _language: Language) -> JournalFile:
    """One line an entry; the summary in Chinese, as the program is."""
    lines = [HEAD, *(",".join(_fields(journal, voucher, line)) for voucher, _place, line in rows_of(journal))]
    content = "".join(f"{line}\r\n" for line in lines).encode("gb18030")
    long = sorted({line.code for _voucher, _place, line in rows_of(journal) if len(line.code) > LONGEST_CODE})
    return named_file(journal, "-yonyou.txt", (TXT, content), (*((_too_long(long),) if long else ()), FORM_UNSURE))


def _too_long(codes: list[str]) -> Text:
    return _(
        "Yonyou takes account codes of at most {most} characters. Shorten these in the account map: {codes}.",
        most=LONGEST_CODE,
        codes=verbatim(", ".join(codes)),
    )


def _fields(journal: Journal, voucher: JournalVoucher, line: JournalLine) -> list[str]:
    words = plain(voucher.text.render("zh"))[:LONGEST_SUMMARY]
    return [
        voucher.day.isoformat(), plain(journal.settings.voucher_word), str(voucher.number), "0", words,
        plain(line.code), f"{line.debit:f}", f"{line.credit:f}", "", "", "", plain(journal.made_by), "", "", "",
        plain(line.section), "", "", plain(line.supplier_code),
    ]  # fmt: skip


def plain(text: str) -> str:
    """A text as a field that is not quoted: no comma, no line break, no character the code page lacks."""
    one_line = " ".join(text.split()).replace(",", "\N{FULLWIDTH COMMA}")
    return one_line.encode("gb18030", "replace").decode("gb18030")
