"""Planted bugs: the real text, changed in one place."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from services.schema import FOLDER

ONE_BY_ALL = """
    CREATE OR REPLACE FUNCTION suivi.append_one(
        p_command uuid, p_actor uuid, p_request bytea, p_stream uuid, p_version integer, p_topic text, p_data bytea
    ) RETURNS timestamptz LANGUAGE sql AS $$
        SELECT suivi.append(p_command, p_actor, p_request, ARRAY[p_stream], ARRAY[p_version], ARRAY[p_topic],
                            ARRAY[p_data], '{}', '{}', '{}', '{}', '{}', NULL)
    $$;
"""


def append_with(was: str, becomes: str) -> str:
    """The statements that put a changed append function in place of the real one, also for a single event."""
    text = (FOLDER / "001_log.sql").read_text()
    begin, end = text.index("CREATE FUNCTION suivi.append("), "END $$;"
    function = text[begin : text.index(end, begin) + len(end)]
    return changed(changed(function, "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), was, becomes) + ONE_BY_ALL


def planted(function: Callable[..., Any], was: str, becomes: str) -> Callable[..., Any]:
    """The function with a bug in it; it sees what its module sees."""
    text = changed(textwrap.dedent(inspect.getsource(function)), was, becomes)
    made: dict[str, Any] = {}
    exec("from __future__ import annotations\n" + text, function.__globals__, made)
    bug: Callable[..., Any] = made[function.__name__]
    return bug


def changed(text: str, was: str, becomes: str) -> str:
    """Fails once the text has moved on and the bug no longer fits it."""
    assert text.count(was) == 1, "the twin no longer fits what it is a twin of"
    return text.replace(was, becomes)
