"""All tests here read real logs that are not part of the project."""

import pytest


@pytest.fixture(autouse=True)
def needs_shared_data(shared_data):
    """Skips where the folder is absent."""


def pytest_collection_modifyitems(items):
    for item in items:
        if "shared_data" in item.path.parts:
            item.add_marker(pytest.mark.shared_data)
