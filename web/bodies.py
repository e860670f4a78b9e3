"""The body of a form without a file, as a browser sends it: application/x-www-form-urlencoded."""

from __future__ import annotations

from urllib.parse import parse_qs

from domain.errors import Invalid

MANY = 2000  # fields of a form


class FormTooLong(Invalid):
    """This form has too many fields. Nothing was recorded."""


def written(content: bytes, most: int = MANY) -> dict[str, list[str]]:
    """The fields, each with its values in their order, also what was left empty. Bytes that are no text become a mark that
    can be seen. Raises `FormTooLong`."""
    try:
        return parse_qs(content.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise FormTooLong() from error
