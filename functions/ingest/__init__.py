"""Batch files: their lines, the payments in them, and what of them is rejected.

A file has up to 100,000 lines, more than a function can write to tables before its timeout. Lines
are validated as they stream by and sent 25 to a message; processing accepts each as if it had been
posted, with its own idempotency key. Rejects are written with line number and reason, never with
the line, which may hold a card number. Eight seconds before its timeout the function records the
last line that it read and fails; Lambda's retry goes on after that line.
"""
