"""What leaves with an organisation that leaves Suivi (`docs/adr/0030-leaving.md`): the log as CloudEvents alone, or an
archive of everything, with tables and files."""

from services.leaving.going import FORMS, ForAdministrators, Form, Left, export, named_for

__all__ = ["FORMS", "ForAdministrators", "Form", "Left", "export", "named_for"]
