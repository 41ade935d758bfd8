"""Prints the schemas of CloudFormation types as JSON: `schemas.py REGION TYPE…`."""

import json
import sys

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER


def main(region: str, types: list[str]) -> None:
    """Write each type's schema, as cfn-lint has it with its corrections."""
    found = {type_: PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, type_) for type_ in types}
    json.dump({type_: schema.schema for type_, schema in found.items()}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
