"""Parameters of algorithms."""

import pytest

from netlytics import parameters, registry
from netlytics.errors import UsageError

ENTRY = registry.algorithm("domain_traffic")


def test_defaults_hold_unless_something_is_given():
    assert parameters.effective(ENTRY, {}) == {"N": 50}
    assert parameters.effective(ENTRY, {"N": 40}) == {"N": 40}


@pytest.mark.parametrize("given", [{"N_TOP": 40}, {"N": 50, "N_TOP": 40}, {"N": 40, "N_TOP": 40}])
def test_an_alias_wins_over_the_default(given):
    assert parameters.effective(ENTRY, given) == {"N": 40}


def test_two_different_values_are_refused():
    with pytest.raises(UsageError, match="N twice"):
        parameters.effective(ENTRY, {"N": 30, "N_TOP": 40})


def test_an_unknown_parameter_names_the_nearest():
    with pytest.raises(UsageError, match="did you mean N_TOP"):
        parameters.effective(ENTRY, {"NTOP": 40})


@pytest.mark.parametrize("value", ["40", 4.5, True, None, [40]])
def test_a_value_of_another_type_is_refused(value):
    with pytest.raises(UsageError, match="expected a long"):
        parameters.effective(ENTRY, {"N": value})


def test_minus_one_is_all_and_less_is_refused():
    assert parameters.row_limit(ENTRY, -1) is None
    assert parameters.row_limit(ENTRY, 0) == 0
    with pytest.raises(UsageError, match="-1 for all"):
        parameters.row_limit(ENTRY, -2)
