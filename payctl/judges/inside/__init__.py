"""What runs in the validators' environment; it imports nothing of ours."""
