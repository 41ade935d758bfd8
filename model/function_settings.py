"""The approved variations of functions."""

from __future__ import annotations

from attrs import frozen

from model import order
from model.constraint import whole
from model.variation import Kind, variation


@frozen(kw_only=True)
class FunctionSettings:
    """How much of Lambda each function gets.

    Attributes:
        reserved_concurrency: What each function reserves that somebody waits for.

        background_concurrency: What each of the others reserves.
    """

    memory_mebibytes: int = variation(
        Kind.CAPACITY,
        whole(128, 10_240, "MiB"),
        order.MORE,
        unit="MiB",
        drives=("aws_lambda_function.memory_size",),
        reason="Memory buys processor share, which is sized for the load of the environment.",
    )
    reserved_concurrency: int = variation(
        Kind.CAPACITY,
        whole(1, 1000),
        order.MORE,
        drives=("aws_lambda_function.reserved_concurrent_executions",),
        reason="The share of the account's concurrency follows the load of the environment.",
    )
    background_concurrency: int = variation(
        Kind.CAPACITY,
        whole(1, 1000),
        order.MORE,
        drives=("aws_lambda_function.reserved_concurrent_executions",),
        when=lambda platform: any(function.background for function in platform.functions),
        reason="What nobody waits for needs less of the account's concurrency.",
    )
