"""The scheduled comparison of what is deployed with the blueprint [G5]."""

from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from constructs import Construct

from constructs_lib.compute.access import Access
from constructs_lib.context import Context
from constructs_lib.data.bucket import Bucket
from constructs_lib.delivery.build_project import BuildProject, Work
from constructs_lib.delivery.command_lines import DRIFT
from constructs_lib.identity.permission_boundary import PermissionBoundary
from constructs_lib.identity.policy import Statement, trust
from constructs_lib.identity.role import Role
from constructs_lib.observability.alert_topic import AlertTopic
from constructs_lib.observability.build_alarm import build_alarm
from constructs_lib.site import Site
from model.governance import GovernanceSpec
from model.names import ANY, SOURCE_ARCHIVE


def drift_check_boundary(context: Context) -> PermissionBoundary:
    """Return a boundary that also allows to start the check, and to become the auditor."""
    may_check = Statement(
        sid="DriftCheck",
        actions=["codebuild:StartBuild", "sts:AssumeRole"],
        resources=[
            context.arn("codebuild", f"project/{context.name(ANY)}"),
            context.environment.identity.audit_role_arn,
        ],
    )
    return PermissionBoundary.create(context, also=[may_check])


def drift_check(
    scope: Construct, id_: str, *, site: Site, spec: GovernanceSpec, bucket: Bucket
) -> None:
    """Start the check on a schedule; what it finds, and that it failed, goes to the alert topic.

    The auditor, a role that is there before, reads, and needs `sns:Publish` on that topic and
    `kms:GenerateDataKey` with its key.
    """
    node = Construct(scope, id_)
    identity = site.environment.identity
    project = BuildProject.create(
        node,
        "check",
        site=site,
        kind="drift-check",
        work=Work(commands=DRIFT),
        access=Access(
            statements=(
                bucket.read(),
                Statement(
                    sid="BecomeAuditor",
                    actions=["sts:AssumeRole"],
                    resources=[identity.audit_role_arn],
                ),
            ),
            variables={
                "PLATFORM": site.platform.name,
                "ENVIRONMENT": identity.name,
                "ROLE_ARN": identity.audit_role_arn,
            },
        ),
        source=f"{bucket.name}/{SOURCE_ARCHIVE}",
    )
    _on_schedule(node, site, spec, project)
    topic = AlertTopic.create(node, "alerts", site=site)
    build_alarm(node, "failed", site=site, topic=topic, project=project.name, kind="drift-check")


def _on_schedule(node: Construct, site: Site, spec: GovernanceSpec, project: BuildProject) -> None:
    hours = spec.drift_check_hours
    rule = CloudwatchEventRule(
        node,
        "schedule",
        name=site.name("drift-check"),
        description="Compares what is deployed with the blueprint",
        schedule_expression=f"rate({hours} hour{'s' if hours > 1 else ''})",
        state="ENABLED",
        tags=site.tags,
    )
    starter = Role.create(
        node,
        "starter",
        site=site,
        kind="drift-schedule",
        trust=trust("events.amazonaws.com", site.environment.identity.account_id),
        statements=[
            Statement(sid="StartCheck", actions=["codebuild:StartBuild"], resources=[project.arn])
        ],
    )
    CloudwatchEventTarget(
        node,
        "target",
        rule=rule.name,
        target_id="drift-check",
        arn=project.arn,
        role_arn=starter.arn,
    )
