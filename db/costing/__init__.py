"""Months and their closing, budgets, accounts: one file each."""
