"""How an environment's account is reached: which credentials, which endpoint.

Nothing is configured for it in the project. For the environment `dev` of `payments`:

- `PAYCTL_ENDPOINT_URL_DEV`, or else `AWS_ENDPOINT_URL`, names an endpoint that is not AWS's own.
  No profile is read then, so that it never receives real credentials.
- `PAYCTL_PROFILE_DEV` names a profile; or else one called `payments-dev` in `~/.aws/config`;
  or else whatever the usual AWS variables say.

A wrong account cannot be reached by accident: the provider allows only the environment's own.
"""

import os
from collections.abc import Mapping
from typing import Any, Final, Self

from attrs import field, frozen

from model.environment import Environment
from payctl.endpoint import AWS, Endpoint, endpoint_at

_CREDENTIALS: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
_CONFIG: Final[Mapping[str, Any]] = {
    "connect_timeout": 5,
    "read_timeout": 20,
    "retries": {"max_attempts": 3},
    "s3": {"addressing_style": "path"},
}


@frozen(kw_only=True)
class Access:
    """The way into one account.

    Attributes:
        endpoint: What answers for the account.

        profile: A profile of the AWS configuration, empty for none.
    """

    region: str
    account_id: str
    endpoint: Endpoint = AWS
    profile: str = ""
    _variables: Mapping[str, str] = field(factory=dict, repr=False)

    @classmethod
    def to(cls, platform: str, environment: Environment) -> Self:
        """Find the way into *environment* of *platform*."""
        name = environment.identity.name
        own = os.environ.get(f"PAYCTL_ENDPOINT_URL_{name.upper()}")
        endpoint = endpoint_at(own or os.environ.get("AWS_ENDPOINT_URL", ""))
        profile = os.environ.get(f"PAYCTL_PROFILE_{name.upper()}", "")
        if endpoint.is_aws and not profile:
            from botocore.session import Session  # noqa: PLC0415  a quarter of a second

            known = Session().available_profiles
            profile = f"{platform}-{name}" if f"{platform}-{name}" in known else ""
        return cls(
            region=environment.identity.region,
            account_id=environment.identity.account_id,
            endpoint=endpoint,
            profile=profile,
            variables=_variables(endpoint, profile, environment.identity.region),
        )

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variables for Terraform and other programs."""
        return self._variables

    def client(self, service: str, *, region: str = "") -> Any:
        """Return a boto3 client of *service*, in the environment's region or another."""
        import boto3  # noqa: PLC0415  as above
        from botocore.config import Config  # noqa: PLC0415  as above

        keys: dict[str, Any] = {}
        if not self.endpoint.is_aws:
            keys = {
                "aws_access_key_id": self._variables[_CREDENTIALS[0]],
                "aws_secret_access_key": self._variables[_CREDENTIALS[1]],
                "endpoint_url": self.endpoint.url,
            }
        session = boto3.Session(profile_name=self.profile or None)
        return session.client(
            service, region_name=region or self.region, config=Config(**_CONFIG), **keys
        )


def _variables(endpoint: Endpoint, profile: str, region: str) -> dict[str, str]:
    found = {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
    if not endpoint.is_aws:
        found["AWS_ENDPOINT_URL"] = endpoint.url
        for name in _CREDENTIALS:
            found[name] = os.environ.get(name, "test")
        return found | dict(endpoint.variables)
    if profile:
        # Terraform would take keys left over in the shell before the profile, boto3 would not.
        found |= {"AWS_PROFILE": profile} | dict.fromkeys((*_CREDENTIALS, "AWS_SESSION_TOKEN"), "")
    return found
