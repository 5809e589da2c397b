"""Scanners, scales, probes and printers of this PC: a page of the place Settings, a light in the footer.

Also here: what takes scans off the keyboard (`wedge`, `native`) and what keeps the ports open (`hub`). The page is
imported when it is first opened, so that starting the program does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from desktop.context import AppContext
from desktop.shell.registry import Action, Light, LightState, Page, ShellRegistry, Variant

__all__ = ["register"]

ROUTE = "settings.devices"


def register(registry: ShellRegistry) -> None:
    """Bring the page, its actions and the light to the shell."""
    variants = (
        Variant("full", {"part": "list"}, prepare=_example("fill")),
        Variant("live", {"part": "live"}, prepare=_example("scan_some")),
        Variant("log", {"part": "log"}, prepare=_example("scan_some")),
        Variant("error", {"part": "list", "text": "pulled"}, prepare=_example("pull_out")),
        Variant("calibrate", {"is_calibrating": True}),
        Variant("doctor", {"is_calibrating": True, "text": "doctor"}, prepare=_example("diagnose_one")),
        Variant("add", {"is_adding": True}),
        Variant("simulate", {"is_simulating": True}),
    )
    registry.add_page(Page(ROUTE, _("Devices"), "settings", None, _page, 50, icon="scan", variants=variants))
    for key, title, args, words in (
        ("devices.open", _("Devices"), {}, "scanner scale printer probe 设备 扫码枪 秤 打印机"),
        ("devices.calibrate", _("Calibrate a scanner"), {"is_calibrating": True}, "scanner doctor 校准 扫码枪"),
        ("devices.test", _("Test a scanner"), {"part": "live"}, "live test 扫码 测试"),
    ):
        registry.add_action(Action(key, title, None, _going(args), icon="scan", words=words))
    registry.add_light(Light("scanner", _light, ROUTE))


def _going(args: dict[str, Any]) -> Callable[..., None]:
    return lambda context, **_more: context.shell.go(ROUTE, **args)


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.devices.page import DevicesPage

    return DevicesPage(context, **args)


def _example(name: str) -> Callable[[QWidget], None]:
    def prepare(page: QWidget) -> None:
        from desktop.devices import examples

        getattr(examples, name)(page)

    return prepare


def _light(context: AppContext, owner: QWidget, tell: Callable[[LightState], None]) -> None:
    from desktop.devices.light import watch_scanners

    watch_scanners(context, owner, tell)
