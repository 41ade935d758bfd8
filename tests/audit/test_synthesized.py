"""What is read from the disk is all that Terraform would read, or an error."""

import json
from pathlib import Path

import pytest

from audit.errors import SynthesisReadError
from audit.family import families
from audit.synthesized import FILE, Stack, read_stack, read_stacks
from tests.audit.sample import Platform


@pytest.fixture
def folder(tmp_path: Path, platform: Platform) -> Path:
    """Return a synthesized stack on the disk."""
    path = tmp_path / "cdktf.out" / "stacks" / "payments-dev"
    path.mkdir(parents=True)
    (path / FILE).write_text(json.dumps(platform.documents["dev"]), encoding="utf-8")
    return path


class TestStack:
    """A stack taken apart."""

    def test_parts(self, platform: Platform) -> None:
        """Locals and backend are beside the body, comments are nowhere."""
        stack = platform.stacks["dev"]
        assert "locals" not in stack.body
        assert "backend" not in stack.body["terraform"]
        assert stack.body["terraform"]["required_version"] == ">= 1.11"
        assert stack.backend["s3"]["key"] == "payments/terraform.tfstate"
        assert stack.locals["functions_memory_mebibytes"] == 512
        assert '"//"' not in json.dumps(stack.body)

    def test_digest(self, platform: Platform) -> None:
        """The digest changes with the body and with nothing else."""
        before = platform.stacks
        assert before["dev"].digest == before["prod"].digest
        platform.of("prod", "aws_lambda_function")["timeout"] = 31
        assert before["dev"].digest != platform.stacks["prod"].digest

    def test_resolved(self, platform: Platform) -> None:
        """Locals can be put in place of what refers to them; resources stay references."""
        [function] = platform.stacks["prod"].resolved.resources("aws_lambda_function")
        assert function.address == "aws_lambda_function.process_function"
        assert function.config["memory_size"] == 2048
        assert function.config["function_name"] == "payment-process-prod"
        assert function.config["role"] == "${aws_iam_role.process_role.arn}"


class TestReadStack:
    """Reading one folder."""

    def test_reads(self, folder: Path, platform: Platform) -> None:
        """What is on the disk is what was synthesized."""
        found, written = read_stack(folder), platform.stacks["dev"]
        assert (found.name, found.digest, found.locals) == (
            written.name,
            written.digest,
            written.locals,
        )

    @pytest.mark.parametrize(
        "name",
        [
            "cdk.tf",
            "extra.tf.json",
            "zz_override.tf.json",
            "terraform.tfvars",
            "x.auto.tfvars.json",
            "main.tofu",
        ],
    )
    def test_foreign_file(self, folder: Path, name: str) -> None:
        """A file that Terraform would read too is an error, unless the caller knows it."""
        (folder / name).write_text("", encoding="utf-8")
        with pytest.raises(SynthesisReadError, match="must not be there"):
            read_stack(folder)
        assert read_stack(folder, also_allowed=[name]).name == "payments-dev"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{",
            "[]",
            '"x"',
            '{"a": NaN}',
            '{"locals": {"a": 1, "a": 2}}',
            '{"locals": []}',
            '{"resource": {"aws_vpc": []}}',
            '{"terraform": 1}',
        ],
    )
    def test_unreadable(self, folder: Path, text: str) -> None:
        """What is no stack is an error, and no traceback of the parser's."""
        (folder / FILE).write_text(text, encoding="utf-8")
        with pytest.raises(SynthesisReadError, match="payments-dev"):
            read_stack(folder)

    def test_missing(self, tmp_path: Path) -> None:
        """A folder that is not there, or holds no stack, is an error."""
        with pytest.raises(SynthesisReadError):
            read_stack(tmp_path / "gone")
        with pytest.raises(SynthesisReadError):
            read_stack(tmp_path)


class TestReadStacks:
    """Reading everything."""

    def test_reads(self, folder: Path) -> None:
        """Stacks are found by name."""
        assert set(read_stacks(folder.parent.parent)) == {"payments-dev"}

    def test_nothing(self, tmp_path: Path) -> None:
        """No stack at all is an error."""
        with pytest.raises(SynthesisReadError, match="has none"):
            read_stacks(tmp_path)


def test_families() -> None:
    """Stacks are grouped by what is beside the environment in their names."""
    names = ["payments-dev", "payments-prod", "payments-state-dev", "pipeline", "payments-dev-pr42"]
    stacks = {name: Stack.from_json(name, {}) for name in names}
    grouped = families(stacks, ["dev", "prod"])
    assert {family: sorted(found) for family, found in grouped.items()} == {
        "payments-*": ["dev", "prod"],
        "payments-state-*": ["dev"],
        "payments-*-pr42": ["dev"],
    }


def test_a_backend_is_an_object() -> None:
    """A backend that Terraform could not read is no stack that anybody could judge."""
    with pytest.raises(SynthesisReadError, match=r"terraform\.backend\.s3 must be a JSON object"):
        Stack.from_json("x", {"terraform": {"backend": {"s3": ["x"]}}})
