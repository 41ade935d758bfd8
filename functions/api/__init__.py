"""HTTP in and out: bodies, problem documents, the two proxy event shapes."""
