"""What a deployment of an API copies, as it is written: any change of it must deploy it again."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

PARTS_TO_COME: Final = "digest-of-api-parts-to-come"
"""What stands for the digest until every part is written; `synthesis.py` fills it in."""
_PARTS: Final = (
    "aws_api_gateway_integration",
    "aws_api_gateway_method",
    "aws_api_gateway_model",
    "aws_api_gateway_request_validator",
    "aws_api_gateway_resource",
    "aws_api_gateway_rest_api",
)


def parts_digest(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the parts of the API in *document*, a stack as synthesized."""
    parts = {
        f"{type_}.{name}": {key: value for key, value in config.items() if key != "//"}
        for type_ in _PARTS
        for name, config in document["resource"].get(type_, {}).items()
    }
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
