"""Handing one message to its receiver, whatever its channel is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.alerts.rules.gateway import gateway_answer, request_of
from core.alerts.rules.robots import dingtalk_url, robot_answer, robot_body
from core.alerts.sending.http import Request, send
from core.alerts.types.channels import ChannelSecret, Delivery, TakenMessage
from core.clock import Clock
from db.enums import ChannelKind


def hand_over(
    message: TakenMessage,
    secret: ChannelSecret,
    *,
    seconds: float,
    stop: Callable[[], bool] = lambda: False,
    clock: Clock | None = None,
) -> Delivery:
    """Send a message over its channel and say what became of it. The message's id goes along as Idempotency-Key, which
    receivers that know it use and all others pass over. Never raises for what a receiver or a network does."""
    if message.kind is ChannelKind.SMS:
        request, judge = _to_gateway(message, secret)
    else:
        request, judge = _to_robot(message, secret, clock or Clock())
    return send(request, judge, seconds=seconds, stop=stop)


def _to_robot(
    message: TakenMessage, secret: ChannelSecret, clock: Clock
) -> tuple[Request, Callable[[bytes], Delivery]]:
    is_signed = message.kind is ChannelKind.DINGTALK
    url = dingtalk_url(secret.url, secret.secret, clock.now()) if is_signed else secret.url
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.key}
    body = robot_body(message.kind, message.title, message.body, message.key)
    return Request("POST", url, headers, body), partial(robot_answer, message.kind)


def _to_gateway(message: TakenMessage, secret: ChannelSecret) -> tuple[Request, Callable[[bytes], Delivery]]:
    values = {
        "text": f"{message.title}\n{message.body}",
        "title": message.title,
        "to": message.address,
        "id": message.key,
        "secret": secret.secret,
    }
    method, url, headers, body = request_of(message.gateway, values)
    return Request(method, url, {**headers, "Idempotency-Key": message.key}, body), partial(
        gateway_answer, message.gateway
    )
