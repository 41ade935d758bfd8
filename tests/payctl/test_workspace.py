"""Working copies of several environments are made at the same time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from payctl.access import Access
from payctl.terraform.workspace import Workspace
from tests.conftest import Synthesis


def test_environments_share_archives_without_getting_in_each_others_way(
    payments: Synthesis, tmp_path: Path
) -> None:
    """`payctl drift` prepares all of them at once, and each finds every archive whole."""
    access = Access(region="eu-west-1", account_id="123456789012")
    stacks = [payments.stack(name) for name in ("dev", "staging", "prod")] * 4
    with ThreadPoolExecutor(len(stacks)) as pool:
        made = pool.map(
            lambda stack: (
                Workspace.prepare(payments.output, stack, access=access, cache=tmp_path).folder
            ),
            stacks,
        )
        (archives,) = {folder.parent.parent / "archives" for folder in made}
    for archive in (payments.output / "archives").glob("*.zip"):
        assert (archives / archive.name).read_bytes() == archive.read_bytes()
    assert len(list(archives.iterdir())) == len(list((payments.output / "archives").glob("*.zip")))
