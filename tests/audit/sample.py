"""A small synthesized platform, shaped as cdktf writes it and obeying every rule."""

import json

from attrs import frozen

from audit.synthesized import Stack
from model.aws import ZONE_IDS
from model.variation import Variation
from tests.audit.sample_policies import Document
from tests.audit.sample_relations import relations
from tests.audit.sample_resources import resources

Approved = dict[str, Variation]
ACCOUNTS = {"dev": "123456789012", "staging": "234567890123", "prod": "345678901234"}
REGIONS = {"dev": "eu-west-1", "staging": "us-west-2", "prod": "us-east-1"}
MEMORY = {"dev": 512, "staging": 1024, "prod": 2048}
KEY_ID = "11111111-1111-4111-8111-111111111111"
RETENTION = {"dev": 30, "staging": 90, "prod": 365}


def synthesized(environment: str) -> Document:
    """Return what cdktf writes for *environment*."""
    sections = resources()
    for type_, named in relations().items():
        sections.setdefault(type_, {}).update(named)
    for type_, named in sections.items():
        for name, config in named.items():
            config["//"] = {"metadata": {"path": f"payments-{environment}/{name}"}}
            assert type_.startswith("aws_")
    region, account = REGIONS[environment], ACCOUNTS[environment]
    document: Document = json.loads(
        json.dumps(
            {
                "//": {"metadata": {"stackName": f"payments-{environment}", "version": "0.21.0"}},
                "locals": {
                    "identity_name": environment,
                    "identity_account_id": account,
                    "identity_region": region,
                    "deployment_name": environment,
                    "deployment_confirmation": "payments-prod" if environment == "prod" else "",
                    "deployment_peer_names": [name for name in ACCOUNTS if name != environment],
                    "deployment_peer_account_ids": [a for a in ACCOUNTS.values() if a != account],
                    "network_cidr": f"10.{len(environment)}.0.0/16",
                    "network_availability_zone_ids": list(ZONE_IDS[region][:3]),
                    "functions_memory_mebibytes": MEMORY[environment],
                    "logs_retention_days": RETENTION[environment],
                    "alarms_enabled": environment != "dev",
                },
                "output": {
                    "queue_url": {"value": "${aws_sqs_queue.payments_queue.url}"},
                    "peers": {"value": '${join(",", local.deployment_peer_names)}'},
                },
                "provider": {
                    "aws": [
                        {
                            "allowed_account_ids": ["${local.identity_account_id}"],
                            "region": "${local.identity_region}",
                            "default_tags": [
                                {"tags": {"Confirmation": '${var.confirmation == "" ? "-" : "-"}'}}
                            ],
                        }
                    ]
                },
                "resource": sections,
                "terraform": {
                    "backend": {
                        "s3": {
                            "bucket": f"payment-state-{environment}-{account}",
                            "key": "payments/terraform.tfstate",
                            "region": region,
                            "encrypt": True,
                            "kms_key_id": f"arn:aws:kms:{region}:{account}:key/{KEY_ID}",
                            "use_lockfile": True,
                        }
                    },
                    "required_providers": {"aws": {"source": "aws", "version": "5.100.0"}},
                    "required_version": ">= 1.11",
                },
                "variable": {
                    "confirmation": {
                        "ephemeral": True,
                        "default": "",
                        "type": "string",
                        "validation": [
                            {
                                "condition": "${!terraform.applying || "
                                'local.deployment_confirmation == "" || '
                                "var.confirmation == local.deployment_confirmation}",
                                "error_message": "Production needs its confirmation.",
                            }
                        ],
                    }
                },
            }
        )
    )
    return document


@frozen
class Platform:
    """The synthesized documents of a platform, free to be spoilt by a test."""

    documents: dict[str, Document]

    @property
    def stacks(self) -> dict[str, Stack]:
        """The documents as `audit` reads them, by environment."""
        return {
            name: Stack.from_json(f"payments-{name}", document)
            for name, document in self.documents.items()
        }

    def of(self, environment: str, type_: str) -> Document:
        """Return the first resource of a type in one environment."""
        config: Document = next(iter(self.documents[environment]["resource"][type_].values()))
        return config

    def everywhere(self, type_: str) -> list[Document]:
        """Return the first resource of a type in every environment."""
        return [self.of(name, type_) for name in self.documents]
