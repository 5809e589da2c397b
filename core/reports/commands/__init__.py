"""What people do with saved views and schedules, and the steps of a pass that makes what is due."""
