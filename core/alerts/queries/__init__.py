"""What people see of alerts, rules, channels and messages."""
