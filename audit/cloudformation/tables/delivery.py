"""Builds, pipelines and the record of configurations."""

from typing import Final

from audit.cloudformation.mapping import Mapped, NotJudged, Table
from audit.cloudformation.tables.reasons import NO_TAGS

_ACTION: Final = "stage.action"

DELIVERY: Final[Table] = {
    "aws_codebuild_project": Mapped(
        type="AWS::CodeBuild::Project",
        names={
            "build_timeout": "TimeoutInMinutes",
            "environment.environment_variable": "EnvironmentVariables",
        },
        constants={"logs_config.cloudwatch_logs": {"Status": "ENABLED"}},
    ),
    "aws_codepipeline": Mapped(
        type="AWS::CodePipeline::Pipeline",
        names={
            "stage": "Stages",
            _ACTION: "Actions",
            f"{_ACTION}.category": "ActionTypeId.Category",
            f"{_ACTION}.input_artifacts": "InputArtifacts[].Name",
            f"{_ACTION}.output_artifacts": "OutputArtifacts[].Name",
            f"{_ACTION}.owner": "ActionTypeId.Owner",
            f"{_ACTION}.provider": "ActionTypeId.Provider",
            f"{_ACTION}.version": "ActionTypeId.Version",
        },
    ),
    "aws_config_config_rule": Mapped(
        type="AWS::Config::ConfigRule",
        names={"name": "ConfigRuleName"},
        unmapped={"tags": NO_TAGS},
    ),
    "aws_config_configuration_recorder": Mapped(type="AWS::Config::ConfigurationRecorder"),
    "aws_config_configuration_recorder_status": NotJudged(
        "CloudFormation starts the recorder with the delivery channel"
    ),
    "aws_config_delivery_channel": Mapped(type="AWS::Config::DeliveryChannel"),
}
