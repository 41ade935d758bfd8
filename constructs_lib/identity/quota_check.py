"""Asks, when a plan is made, whether the account has the quotas that it is said to have."""

from constructs_lib.site import Site
from model.quota import QUOTAS


def quota_check(site: Site) -> None:
    """Refuse a plan where Service Quotas grants less than the environment declares."""
    for quota in QUOTAS:
        name = quota.setting.rpartition(".")[2]
        declared = site.expression(quota.setting)
        site.stack.add_override(
            f"data.aws_servicequotas_service_quota.{name}",
            {
                "service_code": quota.service_code,
                "quota_code": quota.quota_code,
                "lifecycle": {
                    "postcondition": [
                        {
                            "condition": f"${{self.value >= {declared}}}",
                            "error_message": (
                                f"{quota.setting} is ${{{declared}}}, which AWS must have granted: "
                                "ask Service Quotas for it "
                                f"({quota.service_code} {quota.quota_code}), and plan again."
                            ),
                        }
                    ]
                },
            },
        )
