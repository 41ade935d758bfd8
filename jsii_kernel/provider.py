"""What the provider's bindings do not say in Python: `provider.json`, read from their JavaScript.

The rules are few: an attribute is its property in snake case, a list is a list. The file has what
does not keep them; `tests/jsii_kernel/test_provider.py` reads all of the JavaScript and compares.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from attrs import frozen

from jsii_kernel.names import snake_case

PREFIX: Final = "@cdktf/provider-aws."
VERSION: Final = "20.1.0"
"""The version of the bindings that this was read from; others go to the stock kernel."""
TERRAFORM_VERSION: Final = "5.100.0"
"""The version of the provider, as the bindings ask Terraform for it."""


@frozen(kw_only=True)
class Facts:
    """What does not follow from the rules.

    Attributes:
        set_attributes: The properties that are sets, by class; cdktf hands them out as lists.

        set_blocks: The properties that are sets of blocks, by class.

        blocks_without_index: Classes of blocks of which there is one, and no list of one.

        written_with_nulls: Value classes whose every argument is written, as null if not given.

        irregular: The argument behind a property that cdktf renamed.
    """

    set_attributes: Mapping[str, str]
    set_blocks: Mapping[str, str]
    blocks_without_index: frozenset[str]
    written_with_nulls: frozenset[str]
    irregular: Mapping[str, str]


@cache
def facts() -> Facts:
    """Return the facts."""
    read = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    sets = {name: frozenset(found) for name, found in read.items() if isinstance(found, list)}
    return Facts(**{**read, **sets})


@cache
def terraform_name(property_: str) -> str:
    """Return the name of the Terraform argument or attribute behind *property_*."""
    return facts().irregular.get(property_) or snake_case(property_)


def is_set(mapping: Mapping[str, str], class_: str, property_: str) -> bool:
    """Tell whether one of the sets of `Facts` has *property_* of the class *class_*."""
    return property_ in mapping.get(class_.removeprefix(PREFIX), "").split()
