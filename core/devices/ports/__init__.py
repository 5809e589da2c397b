"""Open ports of scanners, scales and probes: each has a reader's thread of its own, looked after by `Listening`."""
