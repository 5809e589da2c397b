"""What crosses the door of alerts."""
