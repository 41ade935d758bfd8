"""Runs Terraform in a working copy of a stack, and reads what it says."""
