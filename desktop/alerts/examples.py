"""States of the pages of alerts worth a picture, for the tour: nothing is sent and nothing is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from PySide6.QtWidgets import QWidget

from core.alerts import AlertRow, ChannelEdit, ChannelRow, ChannelSecret, MessageRow
from core.i18n import Name, Text, _
from core.words import AlertKind as K
from core.words import AlertState as S
from core.words import AlertUrgency as U
from core.words import ChannelKind, MessageState
from desktop.alerts.channels_page import ChannelsPage
from desktop.alerts.inbox_page import InboxPage
from desktop.alerts.messages_page import MessagesPage

TOMATO, SALMON, OIL = Name("番茄", "Tomatoes"), Name("三文鱼", "Salmon"), Name("菜籽油 5L", "Rapeseed oil 5 L")


def fill_inbox(page: QWidget) -> None:
    """One of every urgency and state."""
    shown = cast(InboxPage, page)
    shown.table.set_rows(_rows(shown.context.office.clock.now()))
    shown.show_content()


def _rows(now: datetime) -> list[AlertRow]:
    short = _("{qty} may be used, the safety stock is {floor}.", qty="1.5 kg", floor="8 kg")
    expired = _("{qty} expired after {day}. It must not be used: book it as waste.", qty="2.4 kg", day=now.date())
    above = _("{qty} is on hand, the maximum is {most}. Order less, or use it elsewhere.", qty="14", most="6")
    backup = _("This site was never backed up. Make a backup now, and have one made every night.")
    return [
        _row(5, K.BELOW_SAFETY, U.URGENT, (_item(TOMATO), short), S.OPEN, now),
        _row(4, K.EXPIRY, U.URGENT, (_("{item}, lot {lot}", item=SALMON, lot="L-0412"), expired), S.OPEN, now),
        _row(3, K.ABOVE_MAXIMUM, U.NORMAL, (_item(OIL), above), S.SNOOZED, now),
        _row(2, K.BACKUP_OLD, U.HIGH, (_("Backup of the site"), backup), S.ACKNOWLEDGED, now),
        _row(1, K.BELOW_SAFETY, U.LOW, (_item(OIL), short), S.CLOSED, now),
    ]


def _item(name: Name) -> Text:
    return Text("{item}", (("item", name),))


def _row(number: int, kind: K, urgency: U, said: tuple[Text, Text], state: S, now: datetime) -> AlertRow:
    title, words = said
    at = now - timedelta(hours=10 - number)
    return AlertRow(
        id=number, rule_id=1, kind=kind, urgency=urgency, title=title, words=words, subject_kind="item", subject_id=1,
        subject_part="", route="item", state=state, opened_at=at, told_at=at,
        snoozed_until=now + timedelta(hours=14) if state is S.SNOOZED else None,
        closed_at=now if state is S.CLOSED else None, decided_by="" if state is S.OPEN else "陈思远", note="",
        is_read=number < 5,
    )  # fmt: skip


def fill_channels(page: QWidget) -> None:
    """A channel of each kind people use most."""
    shown = cast(ChannelsPage, page)
    kitchen = ChannelEdit(ChannelKind.DINGTALK, "后厨钉钉群 Kitchen")
    mail = ChannelEdit(ChannelKind.MAIL, "店长邮箱 Manager", addresses=("chen@corner.example",), to_people=True)
    group = ChannelEdit(ChannelKind.WECOM, "企业微信群 WeCom")
    why = _("The receiver does not let us in (answer {status}). Check the channel's address.", status=404)
    sms = ChannelEdit(ChannelKind.SMS, "值班短信 On duty", is_on=False, addresses=("13800000000",))
    shown.table.set_rows(
        [
            ChannelRow(1, 1, kitchen, "a", "https://oapi.dingtalk.com/…", 0, 0),
            ChannelRow(2, 1, mail, "b", "chen@corner.example", 0, 0),
            ChannelRow(4, 1, group, "d", "https://qyapi.weixin.qq.com/…", 2, 0, why),
            ChannelRow(3, 1, sms, "c", "https://sms.example/…", 0, 1),
        ]
    )
    shown.show_content()


def open_trouble(page: QWidget) -> None:
    """The channel that does not get through, beside the list."""
    fill_channels(page)
    shown = cast(ChannelsPage, page)
    shown.table.select_where(lambda row: row.why is not None)
    row = shown.table.current_row()
    if row is not None:
        shown.open_channel(row, ChannelSecret("https://qyapi.weixin.qq.com/wrong"))


def fill_messages(page: QWidget) -> None:
    """One of which nobody knows, one that waits, one that was sent."""
    shown = cast(MessagesPage, page)
    rows = [_message(number, state, shown.context.office.clock.now()) for number, state in enumerate(_STATES, 1)]
    shown.table.set_rows(rows)
    shown.open_message(rows[0])


_STATES = (MessageState.UNSURE, MessageState.QUEUED, MessageState.FAILED, MessageState.SENT)


def _message(number: int, state: MessageState, now: datetime) -> MessageRow:
    why = _("The program ended while it was sending this message.") if state is MessageState.UNSURE else None
    question = None
    if state is MessageState.UNSURE:
        question = _(
            "Nobody knows whether this message arrived at {channel}. Look there; it is not sent again by itself.",
            channel="后厨钉钉群",
        )
    at = now - timedelta(hours=number)
    return MessageRow(
        id=number, channel_id=1, channel="后厨钉钉群", kind=ChannelKind.DINGTALK, address="", title="转角餐厅：3 条预警",
        body="番茄：可用 1.5 kg，安全库存 8 kg。", alerts=3, state=state, made_at=at, next_at=at, attempts=1,
        sent_at=at if state is MessageState.SENT else None, why=why, question=question,
    )  # fmt: skip
