"""How an environment's account is reached: which credentials, which endpoint.

Nothing is configured for it in the project. For the environment `dev` of `payments`:

- `PAYCTL_ENDPOINT_URL_DEV`, or else `AWS_ENDPOINT_URL`, names an emulator.
- `PAYCTL_PROFILE_DEV` names a profile; or else one called `payments-dev` in `~/.aws/config`;
  or else whatever the usual AWS variables say.

A wrong account cannot be reached by accident: the provider allows only the environment's own.
"""

import os
from collections.abc import Mapping
from typing import Any, Final, Self

import boto3
import botocore.session
from attrs import field, frozen
from botocore.config import Config

from model.environment import Environment

_CREDENTIALS: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
_CONFIG: Final = Config(
    connect_timeout=5, read_timeout=20, retries={"max_attempts": 3}, s3={"addressing_style": "path"}
)


@frozen(kw_only=True)
class Access:
    """The way into one account.

    Attributes:
        endpoint: Where an emulator listens, empty for AWS itself.

        profile: A profile of the AWS configuration, empty for none.
    """

    region: str
    account_id: str
    endpoint: str = ""
    profile: str = ""
    _variables: Mapping[str, str] = field(factory=dict, repr=False)

    @classmethod
    def to(cls, platform: str, environment: Environment) -> Self:
        """Find the way into *environment* of *platform*."""
        name = environment.identity.name
        endpoint = os.environ.get(f"PAYCTL_ENDPOINT_URL_{name.upper()}") or os.environ.get(
            "AWS_ENDPOINT_URL", ""
        )
        profile = os.environ.get(f"PAYCTL_PROFILE_{name.upper()}", "")
        if not (endpoint or profile):
            known = botocore.session.Session().available_profiles
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

    @property
    def is_emulator(self) -> bool:
        """Whether this leads to an emulator, not to AWS."""
        return bool(self.endpoint)

    def client(self, service: str, *, region: str = "") -> Any:
        """Return a boto3 client of *service*, in the environment's region or another."""
        keys: dict[str, Any] = {}
        if self.is_emulator:
            keys = {
                "aws_access_key_id": self._variables[_CREDENTIALS[0]],
                "aws_secret_access_key": self._variables[_CREDENTIALS[1]],
                "endpoint_url": self.endpoint,
            }
        session = boto3.Session(profile_name=self.profile or None)
        return session.client(service, region_name=region or self.region, config=_CONFIG, **keys)


def _variables(endpoint: str, profile: str, region: str) -> dict[str, str]:
    found = {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
    if endpoint:
        found["AWS_ENDPOINT_URL"] = endpoint
        for name in _CREDENTIALS:
            found[name] = os.environ.get(name, "test")
    if profile:
        # Terraform would take keys left over in the shell before the profile, boto3 would not.
        found |= {"AWS_PROFILE": profile} | dict.fromkeys((*_CREDENTIALS, "AWS_SESSION_TOKEN"), "")
    return found
