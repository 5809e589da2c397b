"""Pure decisions of purchasing: states, what to order, what an invoice says of a delivery, money, slips, scores."""
