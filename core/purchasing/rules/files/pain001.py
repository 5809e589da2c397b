"""Payments as a SEPA credit transfer file, pain.001 (ISO 20022), as banks of the euro area take it.

Source: ISO 20022 pain.001.001.09 and .03; EPC132-08, SEPA credit transfer, customer to bank.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Literal
from xml.etree import ElementTree as ET

from core.iban import is_creditor_reference
from core.purchasing.rules.files.payments import Payer, Payment, PaymentRun, ready

Version = Literal["09", "03"]
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001."


def payment_file(run: PaymentRun, version: Version = "09", spell: Callable[[str], str] | None = None) -> bytes:
    """The file for the bank, UTF-8. `version` 03 is for banks that have not moved to 09. Raises Rejected."""
    checked = ready(run, spell)
    document = ET.Element("Document", {"xmlns": NAMESPACE + version})
    initiation = ET.SubElement(document, "CstmrCdtTrfInitn")
    _header(initiation, checked)
    batch = ET.SubElement(initiation, "PmtInf")
    _batch(batch, checked, version)
    for payment in checked.payments:
        _transfer(ET.SubElement(batch, "CdtTrfTxInf"), payment, version)
    ET.indent(document)
    body = ET.tostring(document, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _header(parent: ET.Element, run: PaymentRun) -> None:
    header = ET.SubElement(parent, "GrpHdr")
    _say(header, "MsgId", run.key)
    _say(header, "CreDtTm", run.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _sums(header, run)
    _say(header, "InitgPty/Nm", run.payer.name)


def _batch(batch: ET.Element, run: PaymentRun, version: Version) -> None:
    _say(batch, "PmtInfId", run.key)
    _say(batch, "PmtMtd", "TRF")
    _say(batch, "BtchBookg", "true")
    _sums(batch, run)
    _say(batch, "PmtTpInf/SvcLvl/Cd", "SEPA")
    _say(batch, "ReqdExctnDt/Dt" if version == "09" else "ReqdExctnDt", run.pay_on.isoformat())
    _say(batch, "Dbtr/Nm", run.payer.name)
    _say(batch, "DbtrAcct/Id/IBAN", run.payer.iban)
    _bank_of_payer(batch, run.payer, version)
    _say(batch, "ChrgBr", "SLEV")


def _bank_of_payer(batch: ET.Element, payer: Payer, version: Version) -> None:
    """The payer's bank must be named, be it as unknown; the receiver's may be left out."""
    if payer.bic:
        _say(batch, f"DbtrAgt/FinInstnId/{_bic(version)}", payer.bic)
    else:
        _say(batch, "DbtrAgt/FinInstnId/Othr/Id", "NOTPROVIDED")


def _transfer(transfer: ET.Element, payment: Payment, version: Version) -> None:
    _say(transfer, "PmtId/EndToEndId", payment.key)
    _say(transfer, "Amt/InstdAmt", f"{payment.amount:.2f}").set("Ccy", "EUR")
    if payment.bic:
        _say(transfer, f"CdtrAgt/FinInstnId/{_bic(version)}", payment.bic)
    _say(transfer, "Cdtr/Nm", payment.name)
    _say(transfer, "CdtrAcct/Id/IBAN", payment.iban)
    if is_creditor_reference(payment.purpose):
        reference = ET.SubElement(ET.SubElement(ET.SubElement(transfer, "RmtInf"), "Strd"), "CdtrRefInf")
        _say(reference, "Tp/CdOrPrtry/Cd", "SCOR")
        _say(reference, "Ref", payment.purpose)
    elif payment.purpose:
        _say(transfer, "RmtInf/Ustrd", payment.purpose)


def _sums(parent: ET.Element, run: PaymentRun) -> None:
    _say(parent, "NbOfTxs", str(len(run.payments)))
    _say(parent, "CtrlSum", f"{run.total:.2f}")


def _bic(version: Version) -> str:
    return "BICFI" if version == "09" else "BIC"


def _say(parent: ET.Element, path: str, words: str) -> ET.Element:
    for name in path.split("/"):
        parent = ET.SubElement(parent, name)
    parent.text = words
    return parent
