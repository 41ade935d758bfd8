"""What the tagging API still lists though nobody can remove it: AWS is done with it, or keeps it.

- RDS makes automated snapshots and copies tags to them; they go with the database.
- A key lives for days after its deletion was ordered.
- Deleted listeners, rules and target groups are listed for hours (aws/aws-cli#8197).
"""

from collections.abc import Callable, Mapping
from typing import Final

from botocore.exceptions import ClientError

from payctl.access import Access
from payctl.aws.refusal import asking

_NOT_FOUND: Final = "NotFound"
"""What the codes of all services have in common that say so."""
_GOING: Final = frozenset({"PendingDeletion", "PendingReplicaDeletion"})
_BALANCER_PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "listener": ("describe_listeners", "ListenerArns"),
    "listener-rule": ("describe_rules", "RuleArns"),
    "loadbalancer": ("describe_load_balancers", "LoadBalancerArns"),
    "targetgroup": ("describe_target_groups", "TargetGroupArns"),
}
"""How Elastic Load Balancing is asked for something, by the kind in its ARN."""


def is_lingering(access: Access, arn: str) -> bool:
    """Tell whether *arn*, which the tagging API lists, is nothing that anybody left behind.

    Raises:
        AccessError: When AWS refuses to tell, or does not answer.
    """
    service, kind = _parts(arn)
    lingers = _OF_SERVICE.get(service)
    if lingers is None:
        return False
    with asking(f"is {arn} still there?"):
        try:
            return lingers(access, kind, arn)
        except ClientError as error:
            if _NOT_FOUND in error.response["Error"]["Code"]:
                return True
            raise


def _snapshot(_: Access, kind: str, arn: str) -> bool:
    """Tell whether it is a snapshot of RDS's own, whose names begin with `rds:`."""
    return kind in ("snapshot", "cluster-snapshot") and ":rds:" in arn.partition(f":{kind}")[2]


def _key(access: Access, kind: str, arn: str) -> bool:
    if kind != "key":
        return False
    found = access.client("kms").describe_key(KeyId=arn)
    return found["KeyMetadata"]["KeyState"] in _GOING


def _balancer_part(access: Access, kind: str, arn: str) -> bool:
    operation, argument = _BALANCER_PARTS.get(kind, ("", ""))
    if not operation:
        return False
    getattr(access.client("elbv2"), operation)(**{argument: [arn]})
    return False


_OF_SERVICE: Final[Mapping[str, Callable[[Access, str, str], bool]]] = {
    "elasticloadbalancing": _balancer_part,
    "kms": _key,
    "rds": _snapshot,
}


def _parts(arn: str) -> tuple[str, str]:
    """Return the service of an ARN, and the kind of its resource."""
    _, _, service, _, _, resource = (*arn.split(":", 5), "", "", "", "", "")[:6]
    return service, resource.replace("/", ":").partition(":")[0]
