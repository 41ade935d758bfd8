"""Asks, when a plan is made, whether AWS still offers the version of the database."""

from constructs_lib.site import Site
from model.parts import DatabaseSpec


def engine_check(site: Site, spec: DatabaseSpec) -> None:
    """Refuse a plan with a version that AWS retires, unless the platform keeps it on purpose.

    AWS upgrades a retired minor version by itself, even where that is switched off, and then finds
    no way back to the pinned one: every apply after that would fail.
    """
    engine = spec.kind.value
    if any(one.what.startswith(f"{engine} ") for one in site.platform.acknowledged):
        return
    site.stack.add_override(
        "data.aws_rds_engine_version.database",
        {
            "engine": engine,
            "version": spec.engine_version,
            "include_all": True,
            "lifecycle": {
                "postcondition": [
                    {
                        "condition": '${self.status == "available"}',
                        "error_message": (
                            f"AWS retires {engine} {spec.engine_version}: raise "
                            "DatabaseSpec.engine_version to a version that it offers, "
                            '${join(", ", self.valid_minor_targets)}.'
                        ),
                    }
                ]
            },
        },
    )
