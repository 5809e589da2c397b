"""What an order's e-mail says in its subject line."""

from __future__ import annotations

from typing import get_args

import pytest

from core.purchasing.rules.files.order_mail import Subject, subject_of


@pytest.mark.parametrize("subject", get_args(Subject))
def test_a_subject_is_in_the_suppliers_language(subject: Subject) -> None:
    words = subject_of(subject, "PO-9", "转角 Bistro")
    chinese, english = words.render("zh"), words.render("en")
    assert chinese != english and "PO-9" in chinese and "PO-9" in english and " from 转角 Bistro" in english
