"""What Lambda starts: one package per function."""
