"""A metric of CloudWatch, and what is made of its values."""

from collections.abc import Mapping

from attrs import frozen

PERIOD_SECONDS = 300


@frozen(kw_only=True)
class Metric:
    """A metric of one resource.

    Attributes:
        dimensions: What tells the resource's metric from those of others.

        statistic: What is made of the values of a period.
    """

    namespace: str
    name: str
    dimensions: Mapping[str, str]
    statistic: str = "Sum"
