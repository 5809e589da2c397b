"""Pure decisions of maintenance."""
