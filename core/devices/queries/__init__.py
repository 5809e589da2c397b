"""What a person can see of devices."""

from core.devices.queries.devices import get_device, list_devices

__all__ = ["get_device", "list_devices"]
