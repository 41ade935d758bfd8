"""Logs, alarms and dashboards."""

from typing import Final

from audit.cloudformation.mapping import Mapped, Table
from audit.cloudformation.tables.reasons import TERRAFORM

WATCH: Final[Table] = {
    "aws_cloudwatch_dashboard": Mapped(type="AWS::CloudWatch::Dashboard"),
    "aws_cloudwatch_log_group": Mapped(
        type="AWS::Logs::LogGroup",
        names={"name": "LogGroupName"},
        unmapped={"skip_destroy": TERRAFORM},
        # The attribute Arn ends in `:*`, Terraform's does not.
        references={"arn": "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Ref}"},
    ),
    "aws_cloudwatch_metric_alarm": Mapped(type="AWS::CloudWatch::Alarm"),
}
