"""The context object that Lambda passes to handlers."""

from attrs import frozen


@frozen(kw_only=True)
class LambdaContext:
    """A Lambda context with a fixed time left."""

    function_name: str = "payment-function"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-west-1:123456789012:function:payment-function"
    aws_request_id: str = "8b7f9f3e-3e0f-4a52-9f7b-0e6a2f1f0c11"
    remaining_milliseconds: int = 30_000

    def get_remaining_time_in_millis(self) -> int:
        """Return the time left, in milliseconds."""
        return self.remaining_milliseconds
