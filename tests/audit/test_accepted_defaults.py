"""The accepted defaults are written so that each is accepted once."""

from audit.accepted_defaults import ACCEPTED


def test_once() -> None:
    """Each default is accepted once, for one reason."""
    keys = [(entry.type, entry.path) for entry in ACCEPTED]
    assert len(keys) == len(set(keys))
    assert ("*", "name_prefix") in keys
    newer = "rule.noncurrent_version_expiration.newer_noncurrent_versions"
    assert ("aws_s3_bucket_lifecycle_configuration", newer) in keys
    assert all(entry.type for entry in ACCEPTED)
