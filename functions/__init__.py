"""What runs in Lambda: one folder per function, and the payment domain that they share."""
