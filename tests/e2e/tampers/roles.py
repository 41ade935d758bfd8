"""Hand-made changes to roles: who may take them, and what they may do."""

import json
from typing import Final

from audit.change import Class
from tests.e2e.tampers.hand import Hand, tamper

ANYBODY: Final = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}
ADMINISTRATOR: Final = "arn:aws:iam::aws:policy/AdministratorAccess"


@tamper(Class.DRIFT, "policy")
def edited_policy(hand: Hand) -> str:
    """IAM policy edited."""
    policy = hand.one("aws_iam_role_policy", having="validation")
    hand.client("iam").put_role_policy(
        RoleName=policy["role"], PolicyName=policy["name"], PolicyDocument=json.dumps(ANYBODY)
    )
    return policy.address


@tamper(Class.DRIFT, "managed_policy_arns")
def attached_policy(hand: Hand) -> str:
    """Administrator attached."""
    role = hand.one("aws_iam_role", having="notification")
    hand.client("iam").attach_role_policy(RoleName=role["name"], PolicyArn=ADMINISTRATOR)
    return role.address


@tamper(Class.DRIFT, "inline_policy")
def extra_policy(hand: Hand) -> str:
    """Inline policy added."""
    role = hand.one("aws_iam_role", having="status")
    hand.client("iam").put_role_policy(
        RoleName=role["name"], PolicyName="extra", PolicyDocument=json.dumps(ANYBODY)
    )
    return role.address


@tamper(Class.DRIFT, "permissions_boundary")
def no_boundary(hand: Hand) -> str:
    """Permission boundary removed."""
    role = hand.one("aws_iam_role", having="processing")
    hand.client("iam").delete_role_permissions_boundary(RoleName=role["name"])
    return role.address


@tamper(Class.DRIFT, "assume_role_policy")
def trust(hand: Hand) -> str:
    """Trust policy opened."""
    role = hand.one("aws_iam_role", having="flow_logs")
    trusted = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
    hand.client("iam").update_assume_role_policy(
        RoleName=role["name"],
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trusted]}),
    )
    return role.address


ROLES: Final = (edited_policy, attached_policy, extra_policy, no_boundary, trust)
