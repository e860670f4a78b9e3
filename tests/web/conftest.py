"""The town that most tests of the doors ask."""

from collections.abc import Iterator

import pytest

from services.schema import Urls
from tests.web.desk import Town, town


@pytest.fixture
def place(database: Urls) -> Iterator[Town]:
    with town(database) as found:
        yield found
