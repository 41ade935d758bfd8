"""The AWS provider itself, in processes of their own: some five seconds together."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from slim_provider import activate

print(activate([Path("used.py")], cache=Path("cache")))
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket, S3BucketVersioning

app = App(outdir="out")
stack = TerraformStack(app, "stack")
AwsProvider(stack, "aws")
bucket = S3Bucket(stack, "bucket", versioning=S3BucketVersioning(enabled=True))
if "mistake" in sys.argv:
    S3Bucket(stack, "second", bucket=5)
if "late" in sys.argv:
    from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
    import cdktf_cdktf_provider_aws as aws

    SqsQueue(stack, "queue", name=bucket.bucket)
    aws.sns_topic.SnsTopic(stack, "topic")
    S3Bucket(stack, "second", bucket=bucket.id)
app.synth()
"""


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the program; its cache is in *folder*."""
    (folder / "used.py").write_text(
        "from cdktf_cdktf_provider_aws import provider, s3_bucket",
        encoding="utf-8",
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.pop("SLIM_PROVIDER", None)
    environment.pop("JSII_NODE", None)
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def synthesized(folder: Path) -> str:
    """Return what the program wrote."""
    return (folder / "out" / "stacks" / "stack" / "cdk.tf.json").read_text(encoding="utf-8")


def test_two_processes_build_at_once(tmp_path: Path) -> None:
    """Both use the slim package, say nothing, and leave one entry."""
    outcomes = [process.communicate() for process in (start(tmp_path), start(tmp_path))]

    assert outcomes == [("True\n", "")] * 2
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert '"aws_s3_bucket"' in synthesized(tmp_path)


def test_a_late_import_works(tmp_path: Path) -> None:
    """Resources of both kinds live in one stack; one line says that it cost more."""
    output, error = start(tmp_path, "late").communicate()

    assert output == "True\n"
    assert error == (
        "slim_provider: cdktf_cdktf_provider_aws.sqs_queue is outside of the used set; "
        "loading the full assembly as well\n"
    )
    for resource in ("aws_s3_bucket", "aws_sns_topic", "aws_sqs_queue"):
        assert f'"{resource}"' in synthesized(tmp_path)


def test_a_mistaken_type_is_still_an_error(tmp_path: Path) -> None:
    """The jsii kernel checks what the bindings no longer check."""
    process = start(tmp_path, "mistake")
    _, error = process.communicate()

    assert process.returncode == 1
    assert "number" in error
