"""What people do with alerts, rules and channels, and the steps of a run that looks or sends."""
