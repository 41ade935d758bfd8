"""A stream is decided before it is sent, and is what was asked for."""

from collections import Counter

from devcloud.traffic_plan import Mix, TrafficPlan

MIX = Mix(duplicates_percent=10, declines_percent=5, poison_percent=1)


def test_the_mix_is_exact() -> None:
    """Of 2,000 requests 200 are repeats, 100 are declined and 20 are poison."""
    plan = TrafficPlan.random(2000, MIX, seed=7)
    originals = {payment.key: payment for payment in plan.payments}
    assert len(plan.payments) == 1980
    assert plan.unique_count == 1780
    assert plan.poison_count == 20
    assert Counter(p.token for p in originals.values())["tok_decline"] == 100


def test_repeats_come_after_what_they_repeat_and_are_the_same() -> None:
    """A repeat with another body would be refused, as it should."""
    forms: dict[str, object] = {}
    for payment in TrafficPlan.random(500, MIX, seed=7).payments:
        assert forms.setdefault(payment.key, payment.form) == payment.form


def test_the_same_seed_gives_the_same_stream() -> None:
    """A stream that found something can be sent again."""
    assert TrafficPlan.random(50, MIX, seed=3) == TrafficPlan.random(50, MIX, seed=3)
    assert TrafficPlan.random(50, MIX, seed=3) != TrafficPlan.random(50, MIX, seed=4)
