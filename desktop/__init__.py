"""The windows: everything Qt. They show and ask; every rule is in `core`, and this floor never imports `db`."""
