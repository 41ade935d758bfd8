"""Batch files: their lines, the payments in them, and what of them is rejected."""
