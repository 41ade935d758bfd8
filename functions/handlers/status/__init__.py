"""GET /status/{transaction_id}."""
