"""Reading scans: `read_scan` tries what a scan may be in the order of certainty; each file reads one kind."""

from core.devices.rules.scans.reading import read_scan

__all__ = ["read_scan"]
