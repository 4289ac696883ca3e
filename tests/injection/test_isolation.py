"""No belief is ever shown outside its user, agent and scope, whatever was done before."""

from wanderings import wander

WANDERINGS = 10_000 // 20


def test_no_belief_leaves_its_place_in_any_output() -> None:
    assert wander(WANDERINGS, seed=20_260_115) > WANDERINGS
