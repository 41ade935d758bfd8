"""What is not as the code says is found, and in which way it is not."""

import datetime as dt
from typing import Any

import pytest

from audit.change import Acceptance, Change, Class
from audit.drift import classify, findings
from audit.errors import CouldNotCheckError, UnknownFormatError
from audit.finding import ABSENT, Severity
from tests.audit.plan_document import entry, plan

TODAY = dt.date(2026, 11, 21)
FUNCTION = "aws_lambda_function.process"


def kinds(document: object) -> list[tuple[Class, str, str]]:
    """Return what is found in which class, where."""
    return [(c.kind, c.address, c.path) for c in classify(document, today=TODAY)]


def test_untouched() -> None:
    """A plan that does nothing and found nothing is no drift."""
    quiet = entry(FUNCTION, {"a": 1}, {"a": 1}, "no-op")
    assert classify(plan(changes=[quiet]), today=TODAY) == ()


def test_drift_that_is_planned_back() -> None:
    """A change by hand that the next deployment repairs is drift, and not pending too."""
    document = plan(
        [entry(FUNCTION, {"memory_size": 512}, {"memory_size": 128})],
        [entry(FUNCTION, {"memory_size": 128}, {"memory_size": 512})],
    )
    assert list(classify(document, today=TODAY)) == [
        Change(
            kind=Class.DRIFT,
            address=FUNCTION,
            path="memory_size",
            before=512,
            after=128,
            repaired=True,
        )
    ]


@pytest.mark.parametrize(
    ("address", "before", "after", "path"),
    [
        (FUNCTION, {"code_sha256": "a"}, {"code_sha256": "b"}, "code_sha256"),
        ("aws_security_group.g", {"ingress": []}, {"ingress": [{"from_port": 22}]}, "ingress"),
        (
            "aws_iam_role.r",
            {"managed_policy_arns": []},
            {"managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"]},
            "managed_policy_arns",
        ),
        ("aws_sqs_queue.q", {"tags": {"Owner": "a"}}, {"tags": {}}, "tags.Owner"),
        ("aws_kms_key.k", {"enable_key_rotation": True}, {"enable_key_rotation": False}, None),
        ("aws_lb.l", {"drop_invalid": None}, {"drop_invalid": False}, None),
    ],
)
def test_attacks_that_a_plan_does_not_show(
    address: str, before: object, after: object, path: str | None
) -> None:
    """Drift that no plan repairs is found although the plan is empty."""
    document = plan([entry(address, before, after)], [entry(address, after, after, "no-op")])
    [change] = classify(document, today=TODAY)
    assert change.kind is Class.DRIFT
    assert not change.repaired
    assert path in (change.path, None)
    [finding] = findings([change], today=TODAY)
    assert finding.severity is Severity.ERROR
    assert "no deployment repairs it" in finding.message


def test_gone() -> None:
    """What was deleted by hand is gone; that it is created again is not pending."""
    document = plan(
        [entry("aws_sqs_queue.q", {"name": "q"}, None, "delete")],
        [entry("aws_sqs_queue.q", None, {"name": "q"}, "create")],
    )
    assert kinds(document) == [(Class.GONE, "aws_sqs_queue.q", "")]


def test_pending() -> None:
    """What is planned without drift is code that is not deployed, a warning."""
    document = plan(
        changes=[
            entry("aws_sqs_queue.new", None, {"name": "q"}, "create"),
            entry("aws_sqs_queue.old", {"name": "q"}, None, "delete"),
            entry(
                FUNCTION,
                {"timeout": 30, "last_modified": "x"},
                {"timeout": 31},
                after_unknown={"last_modified": True},
            ),
        ],
        output_changes={"url": {"actions": ["update"]}, "same": {"actions": ["no-op"]}},
    )
    assert kinds(document) == [
        (Class.PENDING, FUNCTION, "timeout"),
        (Class.PENDING, "aws_sqs_queue.new", ""),
        (Class.PENDING, "aws_sqs_queue.old", ""),
        (Class.PENDING, "output.url", ""),
        (Class.NOISE, FUNCTION, "last_modified"),
    ]
    found = findings(classify(document, today=TODAY), today=TODAY)
    assert {f.severity for f in found} == {Severity.WARNING}


def test_drift_and_pending_of_one_resource() -> None:
    """New code and a change by hand at one resource are told apart by attribute."""
    document = plan(
        [entry(FUNCTION, {"memory_size": 512}, {"memory_size": 128})],
        [
            entry(
                FUNCTION,
                {"memory_size": 128, "timeout": 30},
                {"memory_size": 512, "timeout": 31},
            )
        ],
    )
    assert kinds(document) == [
        (Class.DRIFT, FUNCTION, "memory_size"),
        (Class.PENDING, FUNCTION, "timeout"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"tags": None}, {"tags": {}}),
        ({"tags": {}}, {}),
        ({"policy": ""}, {"policy": None}),
        ({"list": []}, {"list": None}),
        ({"last_modified": "a"}, {"last_modified": "b"}),
    ],
)
def test_noise(before: object, after: object) -> None:
    """Two ways of saying nothing are noise: kept, listed, no finding."""
    changes = classify(plan([entry(FUNCTION, before, after)]), today=TODAY)
    assert [change.kind for change in changes] == [Class.NOISE]
    assert findings(changes, today=TODAY) == ()


def test_unmanaged() -> None:
    """What the caller found and the state does not know is a finding."""
    changes = classify(
        plan(),
        outside=[Change(kind=Class.UNMANAGED, address="arn:aws:s3:::payment-extra-dev")],
        today=TODAY,
    )
    [finding] = findings(changes, today=TODAY)
    assert (finding.rule, finding.where) == ("drift-unmanaged", "arn:aws:s3:::payment-extra-dev")


def test_sensitive() -> None:
    """What Terraform calls sensitive is named and not shown."""
    drift = entry(
        "aws_ssm_parameter.p",
        {"value": "old"},
        {"value": "new"},
        before_sensitive={"value": True},
        after_sensitive={"value": True},
    )
    [change] = classify(plan([drift]), today=TODAY)
    assert (change.before, change.after) == ("(sensitive)", "(sensitive)")


def test_mask_that_hides_nothing() -> None:
    """Terraform masks blocks it does not hide; they are shown, as deep as they differ."""
    drift = entry(
        "aws_dynamodb_table.t",
        {"recovery": [{"enabled": True}]},
        {"recovery": [{"enabled": False}]},
        before_sensitive={"recovery": [{}]},
        after_sensitive={"recovery": [{}]},
    )
    [change] = classify(plan([drift]), today=TODAY)
    assert (change.path, change.before, change.after) == ("recovery[0].enabled", True, False)


def test_tags_all() -> None:
    """A tag that changed is one drift, its echo among all tags is noise."""
    tags = (
        {"tags": {"a": "1"}, "tags_all": {"a": "1"}},
        {"tags": {"a": "2"}, "tags_all": {"a": "2"}},
    )
    assert kinds(plan([entry(FUNCTION, *tags)])) == [
        (Class.DRIFT, FUNCTION, "tags.a"),
        (Class.NOISE, FUNCTION, "tags_all.a"),
    ]


def test_what_follows_from_what_is_gone() -> None:
    """A reference to what is made again is unknown; that follows and is not pending code."""
    gone = entry("aws_sqs_queue.q", {"name": "q"}, None, "delete")
    again = entry("aws_sqs_queue.q", None, {"name": "q"}, "create")
    unknown = {"letters": [{"arn": True}]}
    refers = entry(FUNCTION, {"letters": [{"arn": "x"}]}, {"letters": [{}]}, after_unknown=unknown)
    assert kinds(plan([gone], [again, refers])) == [
        (Class.GONE, "aws_sqs_queue.q", ""),
        (Class.NOISE, FUNCTION, "letters[0].arn"),
    ]
    assert kinds(plan(changes=[refers])) == [(Class.PENDING, FUNCTION, "letters[0].arn")]


def test_absent() -> None:
    """A key of a map that is new was absent before."""
    drift = entry(FUNCTION, {"tags": {"a": "1"}}, {"tags": {"a": "1", "b": "2"}})
    [change] = classify(plan([drift]), today=TODAY)
    assert (change.path, change.before, change.after) == ("tags.b", ABSENT, "2")


class TestAcceptance:
    """A drift of one attribute that is known and left for a time."""

    DOCUMENT = plan(
        [
            entry(FUNCTION, {"a": 1, "b": 1}, {"a": 2, "b": 2}),
            entry("aws_vpc.v", {"a": 1}, {"a": 2}),
        ]
    )

    def accept(
        self, address: str, *, path: str = "a", stack: str = "s", days: int = 0
    ) -> Acceptance:
        """Return an acceptance that counts for some more days."""
        return Acceptance(
            stack=stack,
            address=address,
            path=path,
            reason="Under investigation.",
            expires=TODAY + dt.timedelta(days=days),
        )

    def rules(self, *accepted: Acceptance) -> list[tuple[str, str, str]]:
        """Return the findings that are left."""
        changes = classify(self.DOCUMENT, stack="s", accepted=accepted, today=TODAY)
        return [(f.rule, f.where, f.path) for f in findings(changes, accepted, today=TODAY)]

    def test_one_attribute(self) -> None:
        """It accepts one attribute at one address of one stack, and nothing else."""
        assert self.rules(self.accept(FUNCTION)) == [
            ("drift-drift", f"s: {FUNCTION}", "b"),
            ("drift-drift", "s: aws_vpc.v", "a"),
        ]

    @pytest.mark.parametrize("days", [-1, 367])
    def test_expired_or_too_long(self, days: int) -> None:
        """After its last day, or with one more than a year away, it accepts nothing."""
        found = self.rules(self.accept(FUNCTION, days=days))
        assert ("drift-drift", f"s: {FUNCTION}", "a") in found
        assert ("accepted-drift", f"s: {FUNCTION}", "a") in found

    @pytest.mark.parametrize("more", [{"path": "c"}, {"stack": "other"}])
    def test_unused(self, more: dict[str, Any]) -> None:
        """Where nothing drifts it is a finding."""
        assert "accepted-drift" in {
            rule for rule, _, _ in self.rules(self.accept(FUNCTION, **more))
        }


@pytest.mark.parametrize("version", [None, "2.0", "1.9", 1.2])
def test_unknown_format(version: object) -> None:
    """A plan in an unknown format is an error and no clean bill."""
    with pytest.raises(UnknownFormatError):
        classify(plan(format_version=version), today=TODAY)


@pytest.mark.parametrize(("name", "value"), [("errored", True), ("complete", False)])
def test_incomplete(name: str, value: object) -> None:
    """A plan of a part, or a failed one, is an error."""
    with pytest.raises(CouldNotCheckError):
        classify({**plan(), name: value}, today=TODAY)
