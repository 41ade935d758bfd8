"""POST /verify-payment."""
