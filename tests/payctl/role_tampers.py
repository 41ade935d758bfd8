"""Hand-made changes to roles: who may take them, and what they may do."""

import json
from typing import Final

from audit.drift import Class
from tests.payctl.hand import Hand, Tamper, Touched

ANYBODY: Final = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}
ADMINISTRATOR: Final = "arn:aws:iam::aws:policy/AdministratorAccess"


def _role(hand: Hand, name: str) -> Touched:
    return hand.one("aws_iam_role", having=name)


def edited_policy(hand: Hand) -> str:
    """IAM policy edited."""
    policy = hand.one("aws_iam_role_policy", having="validation")
    hand.client("iam").put_role_policy(
        RoleName=policy["role"], PolicyName=policy["name"], PolicyDocument=json.dumps(ANYBODY)
    )
    return policy.address


def attached_policy(hand: Hand) -> str:
    """Administrator attached."""
    role = _role(hand, "notification")
    hand.client("iam").attach_role_policy(RoleName=role["name"], PolicyArn=ADMINISTRATOR)
    return role.address


def extra_policy(hand: Hand) -> str:
    """Inline policy added."""
    role = _role(hand, "status")
    hand.client("iam").put_role_policy(
        RoleName=role["name"], PolicyName="extra", PolicyDocument=json.dumps(ANYBODY)
    )
    return role.address


def no_boundary(hand: Hand) -> str:
    """Permission boundary removed."""
    role = _role(hand, "processing")
    hand.client("iam").delete_role_permissions_boundary(RoleName=role["name"])
    return role.address


def trust(hand: Hand) -> str:
    """Trust policy opened."""
    role = _role(hand, "flow_logs")
    trusted = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
    hand.client("iam").update_assume_role_policy(
        RoleName=role["name"],
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trusted]}),
    )
    return role.address


ROLES: Final = (
    Tamper(name="IAM policy edited", kind=Class.DRIFT, does=edited_policy),
    Tamper(name="administrator attached", kind=Class.DRIFT, does=attached_policy),
    Tamper(name="inline policy added", kind=Class.DRIFT, does=extra_policy),
    Tamper(name="permission boundary removed", kind=Class.DRIFT, does=no_boundary),
    Tamper(name="trust policy opened", kind=Class.DRIFT, does=trust),
)
