"""What must hold before Terraform gets a folder: one judge, for `main.py` and `payctl` alike."""
