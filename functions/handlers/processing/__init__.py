"""Accept payments and carry them to their end."""
