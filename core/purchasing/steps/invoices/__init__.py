"""Building blocks of invoices: entered, matched with receipts, corrected, taken back."""
