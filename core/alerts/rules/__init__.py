"""Pure decisions: what is watched, what an alert's life is, when people are told, what messages say."""
