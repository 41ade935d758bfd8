"""What must hold before Terraform gets a folder; the same for `main.py` and `payctl`."""
