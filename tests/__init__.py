"""Every test of Steward; how they are made stands in ARCHITECTURE.md."""
