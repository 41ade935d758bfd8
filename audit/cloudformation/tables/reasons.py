"""Reasons that several tables share."""

from typing import Final

TERRAFORM: Final = "it tells Terraform how to work, and AWS nothing"
CHANGE: Final = "it is said with a change, and CloudFormation says it itself"
NO_TAGS: Final = "CloudFormation tags no such resource"
WRITE_ONLY: Final = "it tells Terraform when to send the secret again"
