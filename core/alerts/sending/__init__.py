"""Handing messages to robots and gateways over HTTP: through commands, each message written down as being sent before the
receiver hears of it, in whichever thread calls."""
