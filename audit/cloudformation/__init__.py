"""Says in CloudFormation what is synthesized for Terraform, for AWS's own judges to read."""
