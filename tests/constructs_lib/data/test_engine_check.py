"""A plan asks AWS for the pinned version of the database before anything is changed."""

from tests.conftest import Synthesize


def test_the_check_asks_for_what_the_database_is(synthesize: Synthesize) -> None:
    """Engine and version are those of the database, and only an offered one passes."""
    for platform, type_ in (("payments", "aws_rds_cluster"), ("postgres", "aws_db_instance")):
        body = synthesize(platform).stack("prod").body
        (database,) = body["resource"][type_].values()
        asked = body["data"]["aws_rds_engine_version"]["database"]
        assert (asked["engine"], asked["version"]) == (
            database["engine"],
            database["engine_version"],
        )
        (condition,) = asked["lifecycle"]["postcondition"]
        assert condition["condition"] == '${self.status == "available"}'


def test_a_version_that_is_kept_on_purpose_is_not_asked_for(synthesize: Synthesize) -> None:
    """The reference keeps a published version, and is warned of it at synthesis."""
    body = synthesize("aurora").stack("prod").body
    assert "aws_rds_engine_version" not in body["data"]
