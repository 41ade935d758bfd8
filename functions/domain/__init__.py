"""The payment domain: pure values and rules, no I/O."""
