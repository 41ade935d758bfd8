"""What the platform does with a payment, composed from the parts."""
