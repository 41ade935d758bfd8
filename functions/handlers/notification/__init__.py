"""Payment events to a signed webhook."""
