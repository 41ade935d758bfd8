"""What commands cost; run them with `python -m benchmarks.NAME`."""
