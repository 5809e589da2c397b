"""What crosses the door of devices: records, readings, what a port says; scans stand in `scan`."""
