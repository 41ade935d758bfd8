"""What IAM's own parser, and those of the services, refuse in a policy, or read as nothing.

No linter checks all of it: a policy that linters accept can fail at the first apply.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from audit.iam.arn import Arn
from audit.iam.condition_grammar import condition_problems
from audit.iam.document import Document
from audit.iam.place import Role
from audit.iam.statement import Principal, Statement
from audit.iam.wildcard import Variable, is_open, tokens
from audit.template import has_expression

VERSION: Final = "2012-10-17"
OF_IAM: Final = (Role.IDENTITY, Role.BOUNDARY, Role.TRUST)
_SID: Final = re.compile(r"[A-Za-z0-9]*")
_ACTION: Final = re.compile(r"\*|[a-z0-9-]+:[A-Za-z0-9*?]+")
_TRUST_ACTION: Final = re.compile(r"sts:(AssumeRole\w*|TagSession|SetSourceIdentity|SetContext)")
_SERVICE: Final = re.compile(r"[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)")
_WITHOUT_RESOURCE: Final = ("ecr", "ecr-public")
"""Services whose policies name no resource: it is the one they belong to."""
_SINGLE_ACTIONS: Final = ("sns",)
"""Services that take no wildcard in an action: `Policy statement action out of service scope!`"""
_ALSO: Final = {
    "es": ("opensearch", "aoss"),
    "execute-api": ("apigateway",),
    "s3": ("s3express", "s3-object-lambda"),
    "kinesis": ("kinesis-analytics",),
    "secretsmanager": (),
}
_TAGS_A_GROUP: Final = frozenset(
    {"logs:tagresource", "logs:untagresource", "logs:listtagsforresource"}
)
"""They are asked for the ARN of a log group as it is; all others for the one with `:*`."""


def problems(document: Document) -> Iterator[str]:
    """Yield what would be refused, or would mean nothing, in a readable *document*."""
    if document.version != VERSION:
        said = document.version or "nothing, which means 2008-10-17"
        yield f"must say Version {VERSION}, says {said}"
    if not document.readable:
        yield "must have a statement, has none"
    yield from _size(document)
    for sid, count in Counter(one.sid for one in document.readable if one.sid).items():
        if count > 1:
            yield f"must have each Sid once, has {sid} {count} times"
    for statement in document.readable:
        yield from _statement(document, statement)


def _size(document: Document) -> Iterator[str]:
    text = re.sub(r"\s", "", document.text) if document.role in OF_IAM else document.text
    if document.place.most and len(text) > document.place.most:
        yield f"must have at most {document.place.most} characters, has {len(text)}"


def _statement(document: Document, statement: Statement) -> Iterator[str]:
    where = f"statement {statement.sid or '(without Sid)'}"
    for problem in (
        *_elements(document, statement),
        *_actions(document, statement),
        *_resources(document, statement),
        *(p for one in statement.conditions for p in condition_problems(one)),
        *(p for one in (*statement.principals, *statement.not_principals) for p in _principal(one)),
    ):
        yield f"{where}: {problem}"


def _elements(document: Document, statement: Statement) -> Iterator[str]:
    if document.role in OF_IAM and not _SID.fullmatch(statement.sid):
        yield f"Sid must be of letters and digits, is {statement.sid}"
    wants_principal = document.role in (Role.TRUST, Role.RESOURCE, Role.ENDPOINT)
    wants_resource = document.role is not Role.TRUST and (
        document.place.service not in _WITHOUT_RESOURCE
    )
    for element, wanted in (
        ("Principal", wants_principal),
        ("Action", True),
        ("Resource", wants_resource),
    ):
        found = statement.elements & {element, f"Not{element}"}
        if len(found) > 1:
            yield f"must have one of {element} and Not{element}, has both"
        elif wanted and not found:
            yield f"must have {element}, has none"
        elif found and not wanted:
            yield f"must not have {min(found)} in a policy of this kind ({document.role.value})"
    if "Principal" in statement.elements and not statement.principals:
        yield "Principal must name somebody, is empty"


def _actions(document: Document, statement: Statement) -> Iterator[str]:
    service = document.place.service
    services = (service, *_ALSO.get(service, ()))
    for action in (*statement.actions, *statement.not_actions):
        if has_expression(action):
            yield f"Action must be known before Terraform runs, is {action}"
        elif not _ACTION.fullmatch(action):
            yield f"Action must be * or service:Action with one service, is {action}"
        elif document.role is Role.TRUST:
            if not _TRUST_ACTION.fullmatch(action):
                yield f"Action must be sts:AssumeRole or its kind in a trust policy, is {action}"
        elif service and action != "*" and action.split(":")[0] not in services:
            yield f"Action must be of {service} here, is {action}"
        elif service in _SINGLE_ACTIONS and is_open(action):
            yield f"Action must be a single one of {service} here, is {action}"


def _resources(document: Document, statement: Statement) -> Iterator[str]:
    for resource in (*statement.resources, *statement.not_resources):
        if resource == "*":
            continue
        try:
            arn = Arn.parse(resource)
        except ValueError as error:
            yield (
                f"Resource {error}"
                if not has_expression(resource)
                else (f"Resource must be an ARN that is known before Terraform runs, is {resource}")
            )
            continue
        for problem in arn.problems():
            yield f"Resource {resource} {problem}"
        for field in (arn.partition, arn.service, arn.region, arn.account):
            if any(isinstance(token, Variable) for token in tokens(field)):
                yield f"Resource {resource} must have policy variables behind the fifth colon only"
        if statement.allows and document.role is not Role.RESOURCE:
            yield from _log_group(arn, statement)


def _log_group(arn: Arn, statement: Statement) -> Iterator[str]:
    """Judge the ARN of a log group, which IAM is asked for with `:*` behind its name."""
    asked = any(action.lower() not in _TAGS_A_GROUP for action in statement.actions)
    is_group = arn.service == "logs" and arn.kind == "log-group"
    if asked and is_group and ":" not in arn.name and not arn.name.endswith("*"):
        yield f"Resource {arn} must end in :*, or it matches no log group"


def _principal(principal: Principal) -> Iterator[str]:
    name = principal.name
    if principal.is_everybody or has_expression(name):
        return  # `public-access` judges whom it lets in.
    if principal.kind == "Service" and not _SERVICE.fullmatch(name):
        yield f"Principal must be a service such as lambda.amazonaws.com, is {name}"
    elif principal.kind == "AWS" and not re.fullmatch(r"\d{12}", name):
        try:
            arn = Arn.parse(name)
        except ValueError as error:
            yield f"Principal {error}"
            return
        if arn.service not in ("iam", "sts") or arn.region or is_open(name):
            yield f"Principal must be of iam or sts, without wildcards, is {name}"
