"""Which gateway a name stands for."""

from __future__ import annotations

from typing import Final

from functions.gateway.payment_gateway import PaymentGateway
from functions.gateway.sandbox_gateway import SandboxGateway

_GATEWAYS: Final[dict[str, type[PaymentGateway]]] = {"sandbox": SandboxGateway}

GATEWAY_RULE: Final = f"be one of {', '.join(_GATEWAYS)}"


def gateway_named(name: str) -> PaymentGateway:
    """Return the gateway *name*.

    Raises:
        ValueError: If there is none of that name.

    """
    if name not in _GATEWAYS:
        raise ValueError(name)
    return _GATEWAYS[name]()
