"""Translates what is synthesized for Terraform to CloudFormation, for AWS's validators."""
