"""Terraform's expression language: parsed as a whole, with the place of everything in it."""
