"""What runs in Lambda: `handlers/`, one package per function, and beside it what they share."""
