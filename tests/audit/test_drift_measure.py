"""Whether a deployment repairs a drift, and what was deployed as the measure of it."""

import datetime as dt

from audit.change import Class
from audit.drift import classify, unchanged_code
from tests.audit.plan_document import Json, entry, plan

TODAY = dt.date(2026, 11, 21)
FUNCTION = "aws_lambda_function.process"


class TestRepaired:
    """Whether a deployment repairs a drift is a question of the attribute."""

    def repaired(self, *changes: Json) -> dict[str, bool]:
        """Return it for code and ephemeral storage, changed by hand."""
        by_hand = entry(
            FUNCTION,
            {"code_sha256": "ours", "ephemeral_storage": [{"size": 512}]},
            {"code_sha256": "theirs", "ephemeral_storage": [{"size": 1024}]},
        )
        found = classify(plan([by_hand], list(changes)), today=TODAY)
        return {c.path.partition("[")[0]: c.repaired for c in found if c.kind is Class.DRIFT}

    def test_another_attribute_repairs_nothing(self) -> None:
        """A new timeout does not bring the code back."""
        update = entry(
            FUNCTION, {"timeout": 3}, {"timeout": 4}, after_unknown={"code_sha256": True}
        )
        assert self.repaired(update) == {"code_sha256": False, "ephemeral_storage": False}

    def test_the_attribute_itself_does(self) -> None:
        """The plan names it."""
        before, after = ({"ephemeral_storage": [{"size": size}]} for size in (1024, 512))
        assert self.repaired(entry(FUNCTION, before, after)) == {
            "code_sha256": False,
            "ephemeral_storage": True,
        }

    def test_another_archive_repairs_the_code(self) -> None:
        """It is uploaded."""
        before, after = ({"source_code_hash": name} for name in ("a", "b"))
        assert self.repaired(entry(FUNCTION, before, after))["code_sha256"]

    def test_a_replacement_repairs_everything(self) -> None:
        """It is made anew."""
        assert set(self.repaired(entry(FUNCTION, {}, {}, "delete", "create")).values()) == {True}


class TestBaseline:
    """The measure is what was deployed, whatever the state has become."""

    def document(self, **values: object) -> Json:
        """Return a plan that finds nothing, of a function with *values*."""
        resource = {
            "address": FUNCTION,
            "type": "aws_lambda_function",
            "mode": "managed",
            "values": values,
        }
        return plan(prior_state={"values": {"root_module": {"resources": [resource]}}})

    def test_a_refresh_hides_nothing(self) -> None:
        """Case `deploy-launders-drift`: the state has the stranger's value, the record has not."""
        laundered = self.document(timeout=99)
        assert classify(laundered, today=TODAY) == ()
        [change] = classify(laundered, baseline={FUNCTION: {"timeout": 30}}, today=TODAY)
        assert (change.kind, change.path, change.before, change.after) == (
            Class.DRIFT,
            "timeout",
            30,
            99,
        )

    def test_code_that_was_exchanged_is_found_without_any_record(self) -> None:
        """What was uploaded and what runs are both in the state."""
        [change] = classify(
            self.document(source_code_hash="ours", code_sha256="theirs"), today=TODAY
        )
        assert (change.path, change.before, change.after) == ("code_sha256", "ours", "theirs")
        assert not change.repaired

    def test_what_came_into_the_state_past_the_record(self) -> None:
        """Somebody imported it, or applied a part."""
        [change] = classify(self.document(timeout=1), baseline={}, today=TODAY)
        assert (change.kind, change.address) == (Class.UNRECORDED, FUNCTION)

    def test_where_the_code_is_what_was_deployed_nothing_is_pending(self) -> None:
        """A plan that changes something then repairs something."""
        pending = classify(
            plan(changes=[entry(FUNCTION, {"timeout": 99}, {"timeout": 30})]), today=TODAY
        )
        [change] = unchanged_code(pending)
        assert (change.kind, change.repaired) == (Class.DRIFT, True)
