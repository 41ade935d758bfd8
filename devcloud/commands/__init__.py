"""One command of `payctl local` per file."""
