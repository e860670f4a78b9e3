"""Planted bugs: the real text, changed in one place."""

from __future__ import annotations

from services.schema import FOLDER


def append_with(was: str, becomes: str) -> str:
    """The statement that puts a changed append function in place of the real one."""
    text = (FOLDER / "001_log.sql").read_text()
    function = text[text.index("CREATE FUNCTION suivi.append(") : text.index("END $$;") + len("END $$;")]
    return changed(changed(function, "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), was, becomes)


def changed(text: str, was: str, becomes: str) -> str:
    """Fails once the text has moved on and the bug no longer fits it."""
    assert text.count(was) == 1, "the twin no longer fits what it is a twin of"
    return text.replace(was, becomes)
