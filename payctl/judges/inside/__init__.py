"""What runs in the judges' environment, and imports nothing of ours."""
