"""Settings report every problem at once."""

import pytest
from functions.configuration.variable import SettingsError, read_settings
from functions.handlers.notification.settings import NotificationSettings
from functions.handlers.processing.settings import ProcessingSettings
from functions.handlers.verification.settings import VerificationSettings

DATABASE = {
    "DATABASE_HOST": "db.example",
    "DATABASE_NAME": "payments",
    "DATABASE_USER": "payments",
    "DATABASE_PASSWORD_PARAMETER": "/payments/test/database/password",
}


class TestReadSettings:
    """Reading environment variables."""

    def test_reads_sections_that_are_there(self) -> None:
        """A database that is named is read with its defaults; parts not named are None."""
        found = read_settings(
            ProcessingSettings, {"ENVIRONMENT": "test", "PAYMENT_GATEWAY": "sandbox", **DATABASE}
        )
        assert found.payments.store.database is not None
        assert found.payments.store.database.port == 5432
        assert found.payments.store.transactions_table is None
        assert found.idempotency_table is None

    def test_lists_all_problems(self) -> None:
        """Missing, wrong and contradictory variables are reported together."""
        with pytest.raises(SettingsError) as caught:
            read_settings(ProcessingSettings, {"PAYMENT_GATEWAY": "bank"})
        assert caught.value.problems == (
            "ENVIRONMENT must be set, got nothing",
            "TRANSACTIONS_TABLE or DATABASE_HOST must be set, got neither",
            "PAYMENT_GATEWAY must be one of sandbox, got 'bank'",
        )

    def test_names_what_a_database_lacks(self) -> None:
        """A host with a port, a port that is none, and missing names are all reported."""
        environ = {"ENVIRONMENT": "x", "DATABASE_HOST": "db:5432", "DATABASE_PORT": "0"}
        with pytest.raises(SettingsError) as caught:
            read_settings(VerificationSettings, environ)
        assert set(caught.value.problems) == {
            "DATABASE_HOST must be a host name without a port, got 'db:5432'",
            "DATABASE_PORT must be a number from 1 to 65535, got '0'",
            "DATABASE_NAME must be set, got nothing",
            "DATABASE_USER must be set, got nothing",
        }

    def test_an_empty_variable_is_not_set(self) -> None:
        """Terraform writes an empty string where a platform has no such part."""
        found = read_settings(
            ProcessingSettings,
            {
                "ENVIRONMENT": "x",
                "PAYMENT_GATEWAY": "sandbox",
                "TRANSACTIONS_TABLE": "t",
                "PAYMENT_QUEUE_URL": "",
                "DATABASE_HOST": "",
            },
        )
        assert found.payments.payment_queue_url is None
        assert found.payments.store.database is None


class TestWebhookUrl:
    """Where webhooks may go."""

    @pytest.mark.parametrize("url", ["https://a.example/x?y=1", "http://127.0.0.1:80/"])
    def test_takes_https_and_loopback(self, url: str) -> None:
        """TLS everywhere but on this machine."""
        environ = {"ENVIRONMENT": "x", "WEBHOOK_URL": url, "WEBHOOK_SECRET_PARAMETER": "/s"}
        assert read_settings(NotificationSettings, environ).webhook_url == url

    @pytest.mark.parametrize(
        "url", ["http://a.example/", "ftp://a.example", "a.example", "https://"]
    )
    def test_refuses_the_rest(self, url: str) -> None:
        """Plain HTTP to another machine is refused."""
        environ = {"ENVIRONMENT": "x", "WEBHOOK_URL": url, "WEBHOOK_SECRET_PARAMETER": "/s"}
        with pytest.raises(SettingsError, match="WEBHOOK_URL must be an https address"):
            read_settings(NotificationSettings, environ)
