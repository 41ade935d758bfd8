"""The command line: the only place that prints, runs Terraform or talks to AWS."""
