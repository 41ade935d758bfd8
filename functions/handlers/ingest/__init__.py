"""Batch files of payments from the inbound bucket."""
