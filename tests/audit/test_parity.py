"""Nothing but approved variations may differ between environments."""

import time
from collections.abc import Callable

import pytest

from audit.errors import CouldNotCheckError
from audit.finding import ABSENT
from audit.parity import compare, compare_families
from audit.synthesized import Stack
from tests.audit.sample import Approved, Platform
from tests.audit.sample_policies import Document


def found(platform: Platform, approved: Approved) -> list[tuple[str, str]]:
    """Return where the comparison finds something, and in which attribute."""
    return [(finding.where, finding.path) for finding in compare(platform.stacks, approved)]


class TestCompare:
    """The comparison of one family."""

    def test_equal_environments(self, platform: Platform, approved: Approved) -> None:
        """Environments that differ only in approved locals and their backend are equal."""
        assert compare(platform.stacks, approved) == ()
        assert len({stack.digest for stack in platform.stacks.values()}) == 1

    @pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
    def test_changed_attribute(
        self, platform: Platform, approved: Approved, environment: str
    ) -> None:
        """An attribute changed in any environment is named with everyone's value."""
        platform.of(environment, "aws_lambda_function")["timeout"] = 29
        [finding] = compare(platform.stacks, approved)
        assert (finding.where, finding.path) == ("aws_lambda_function.process_function", "timeout")
        assert {"dev": 30, "staging": 30, "prod": 30, environment: 29} == finding.values

    def test_nested_attribute(self, platform: Platform, approved: Approved) -> None:
        """A change deep inside a resource is named by its path."""
        platform.of("prod", "aws_dynamodb_table")["attribute"][0]["type"] = "N"
        assert found(platform, approved) == [
            ("aws_dynamodb_table.transactions_table", "attribute[0].type")
        ]

    def test_removed_attribute(self, platform: Platform, approved: Approved) -> None:
        """An attribute that one environment lacks is absent there, which is not null."""
        del platform.of("prod", "aws_lambda_function")["kms_key_arn"]
        platform.of("staging", "aws_lambda_function")["kms_key_arn"] = None
        [finding] = compare(platform.stacks, approved)
        assert finding.values["prod"] is ABSENT
        assert finding.values["staging"] is None

    def test_changed_depends_on(self, platform: Platform, approved: Approved) -> None:
        """The order of creation is part of the body."""
        platform.of("prod", "aws_lambda_function")["depends_on"] = []
        assert found(platform, approved) == [("aws_lambda_function.process_function", "depends_on")]

    def test_comments_do_not_count(self, platform: Platform, approved: Approved) -> None:
        """The comments of cdktf may differ, a tag named like one may not."""
        platform.of("prod", "aws_sqs_queue")["//"] = {"metadata": {"path": "elsewhere"}}
        assert compare(platform.stacks, approved) == ()
        platform.of("prod", "aws_sqs_queue")["tags"]["//"] = "x"
        assert found(platform, approved) == [("aws_sqs_queue.payments_queue", "tags.//")]

    def test_added_resource(self, platform: Platform, approved: Approved) -> None:
        """A resource that only one environment has is named."""
        platform.documents["prod"]["resource"]["aws_sqs_queue"]["extra"] = {"name": "x"}
        [finding] = compare(platform.stacks, approved)
        assert finding.where == "aws_sqs_queue.extra"
        assert finding.values == {"dev": ABSENT, "staging": ABSENT, "prod": "(present)"}

    def test_removed_resource(self, platform: Platform, approved: Approved) -> None:
        """A resource that one environment lacks is named."""
        del platform.documents["dev"]["resource"]["aws_kms_key"]
        [finding] = compare(platform.stacks, approved)
        assert finding.where == "aws_kms_key.key"
        assert "absent in dev" in finding.message

    def test_renamed_resource(self, platform: Platform, approved: Approved) -> None:
        """A renamed resource is named by both its addresses."""
        queues = platform.documents["dev"]["resource"]["aws_sqs_queue"]
        queues["renamed"] = queues.pop("payments_queue")
        findings = compare(platform.stacks, approved)
        assert [finding.where for finding in findings] == [
            "aws_sqs_queue.payments_queue",
            "aws_sqs_queue.renamed",
        ]
        assert all("renamed?" in finding.message for finding in findings)

    @pytest.mark.parametrize(
        ("spoil", "where", "path"),
        [
            (
                lambda d: d["output"]["queue_url"].update(value="x"),
                "output.queue_url",
                "value",
            ),
            (lambda d: d["output"].pop("peers"), "output.peers", ""),
            (
                lambda d: d["provider"]["aws"][0].update(region="us-east-1"),
                "provider.aws",
                "[0].region",
            ),
            (
                lambda d: d["provider"]["aws"][0].update(max_retries=3),
                "provider.aws",
                "[0].max_retries",
            ),
            (
                lambda d: d["terraform"].update(required_version=">= 1.0"),
                "terraform.required_version",
                "",
            ),
            (
                lambda d: d["variable"]["confirmation"].update(default="payments-prod"),
                "variable.confirmation",
                "default",
            ),
            (lambda d: d.update(moved=[{"from": "a.b", "to": "a.c"}]), "moved", ""),
            (lambda d: d.update(data={"aws_vpc": {"x": {"id": "1"}}}), "data.aws_vpc.x", ""),
        ],
    )
    def test_other_blocks(
        self,
        platform: Platform,
        approved: Approved,
        spoil: Callable[[Document], object],
        where: str,
        path: str,
    ) -> None:
        """Outputs, provider, versions, variables, moves and data are compared too."""
        spoil(platform.documents["prod"])
        assert found(platform, approved) == [(where, path)]

    @pytest.mark.parametrize(("one", "other"), [(1, "1"), (1, True), (0, False), (1, 1.0)])
    def test_types(
        self, platform: Platform, approved: Approved, one: object, other: object
    ) -> None:
        """Values of different JSON types differ, even where Python holds them equal."""
        for environment, value in (("dev", one), ("staging", one), ("prod", other)):
            platform.of(environment, "aws_lambda_function")["timeout"] = value
        assert found(platform, approved) == [("aws_lambda_function.process_function", "timeout")]

    def test_no_stacks(self, approved: Approved) -> None:
        """Nothing to compare is not a proof."""
        with pytest.raises(CouldNotCheckError):
            compare({}, approved)


class TestLocals:
    """The locals, where alone something may differ."""

    def test_missing_local(self, platform: Platform, approved: Approved) -> None:
        """A local that one environment lacks is named."""
        del platform.documents["prod"]["locals"]["network_cidr"]
        [finding] = compare(platform.stacks, approved)
        assert finding.where == "local.network_cidr"
        assert finding.values["prod"] is ABSENT

    def test_not_approved(self, platform: Platform, approved: Approved) -> None:
        """A local that differs without approval is named with its values."""
        del approved["functions_memory_mebibytes"]
        [finding] = compare(platform.stacks, approved)
        assert finding.where == "local.functions_memory_mebibytes"
        assert finding.values == {"dev": 512, "staging": 1024, "prod": 2048}

    def test_equal_without_approval(self, platform: Platform, approved: Approved) -> None:
        """A local that is the same everywhere needs no approval."""
        for document in platform.documents.values():
            document["locals"]["blueprint"] = "abc"
        assert compare(platform.stacks, approved) == ()

    def test_equal_with_approval(self, platform: Platform, approved: Approved) -> None:
        """A variation whose values happen to be equal is fine."""
        for document in platform.documents.values():
            document["locals"]["functions_memory_mebibytes"] = 512
        assert compare(platform.stacks, approved) == ()

    def test_type_of_a_variation(self, platform: Platform, approved: Approved) -> None:
        """An approved variation has the same type everywhere."""
        platform.documents["prod"]["locals"]["functions_memory_mebibytes"] = "2048"
        assert found(platform, approved) == [("local.functions_memory_mebibytes", "")]

    def test_stale_approval(self, platform: Platform, approved: Approved) -> None:
        """An approval of something that no stack has is named."""
        approved["queue_gone"] = approved["identity_name"]
        assert found(platform, approved) == [("local.queue_gone", "")]


class TestBackend:
    """The backend, which is beside the body."""

    def test_encryption(self, platform: Platform, approved: Approved) -> None:
        """How state is kept is the same everywhere, where it is kept is not."""
        platform.documents["dev"]["terraform"]["backend"]["s3"]["encrypt"] = False
        assert found(platform, approved) == [("terraform.backend", "s3.encrypt")]

    def test_missing_lock(self, platform: Platform, approved: Approved) -> None:
        """A lock that one environment lacks is named."""
        del platform.documents["dev"]["terraform"]["backend"]["s3"]["use_lockfile"]
        assert found(platform, approved) == [("terraform.backend", "s3.use_lockfile")]

    def test_other_type(self, platform: Platform, approved: Approved) -> None:
        """A backend of another type is named."""
        platform.documents["dev"]["terraform"]["backend"] = {"local": {"path": "x"}}
        assert found(platform, approved) == [("terraform.backend", "")]

    def test_shared_place(self, platform: Platform, approved: Approved) -> None:
        """Two environments must not overwrite each other's state."""
        backend = platform.documents["dev"]["terraform"]["backend"]
        platform.documents["prod"]["terraform"]["backend"] = backend
        [finding] = compare(platform.stacks, approved)
        assert set(finding.values) == {"dev", "prod"}


class TestCompareFamilies:
    """Several families that share their approvals."""

    def test_approvals_are_shared(self, platform: Platform, approved: Approved) -> None:
        """An approval is stale only when no family has its local."""
        state = {
            name: Stack.from_json(f"payments-state-{name}", {"locals": {"only_here": name}})
            for name in platform.stacks
        }
        approved["only_here"] = approved["identity_name"]
        families = {"payments-*": platform.stacks, "payments-state-*": state}
        assert compare_families(families, approved) == ()
        assert compare(platform.stacks, approved) != ()

    def test_missing_stack(self, platform: Platform, approved: Approved) -> None:
        """A family that one environment lacks is named."""
        state = {"dev": Stack.from_json("payments-state-dev", {})}
        findings = compare_families({"a": platform.stacks, "b": state}, approved)
        assert [f.message.rpartition(" ")[2] for f in findings] == ["staging", "prod"]


def test_speed(platform: Platform, approved: Approved) -> None:
    """Three environments of 200 resources are compared in well under a second."""
    for document in platform.documents.values():
        queues = document["resource"]["aws_sqs_queue"]
        queues.update({f"queue_{n}": dict(queues["payments_queue"]) for n in range(200)})
    platform.of("prod", "aws_sqs_queue")["name"] = "x"
    stacks = platform.stacks
    start = time.perf_counter()
    assert len(compare(stacks, approved)) == 1
    assert time.perf_counter() - start < 0.5
