"""Settings from environment variables, all problems at once."""
