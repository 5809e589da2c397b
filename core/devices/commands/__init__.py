"""What a person can do with devices."""

from core.devices.commands.devices import retire_device, save_device

__all__ = ["retire_device", "save_device"]
