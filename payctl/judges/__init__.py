"""Runs AWS's validators of CloudFormation on what is synthesized."""
