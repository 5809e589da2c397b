"""Stock: rules, commands and queries."""
