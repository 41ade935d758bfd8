"""Asks AWS, through boto3, what Terraform does not tell."""
