"""POST /validate."""
