"""Pure decisions of stock: no session, no clock, no reading or writing. `cost` values what moves."""
