"""Pure decisions on what devices send and how they are named."""
