"""Has AWS's own judges of CloudFormation judge what is synthesized."""
