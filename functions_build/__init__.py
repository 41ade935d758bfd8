"""Builds what is uploaded to Lambda: one zip of our code, one layer of what it depends on."""
