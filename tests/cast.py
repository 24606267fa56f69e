"""The cast: the people that tests know by name."""
