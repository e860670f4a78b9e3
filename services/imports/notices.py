"""What is said to a person of a file that cannot be read, and of a document that could only be read in part.

Facts: `name` of the file; `line` and `column` from 1; numbers of resolutions and words as printed."""

from __future__ import annotations

from domain.errors import Invalid


class FileMissing(Invalid):
    """There is no file “{name}” at that place: check its name and its folder."""


class FolderGiven(Invalid):
    """“{name}” is a folder: give one file, a text in UTF-8."""


class NotAFile(Invalid):
    """“{name}” is not an ordinary file: save the text in a file in UTF-8 and give that one."""


class NotAllowedToRead(Invalid):
    """“{name}” cannot be opened by your account: ask for permission to read it, or make a copy that belongs
    to you."""


class EmptyFile(Invalid):
    """“{name}” holds no text: give the text of the document, in UTF-8."""


class TooLarge(Invalid):
    """“{name}” is larger than {limit} MB: give the text alone, without images, or cut it into several
    files."""


class WideEncoding(Invalid):
    """“{name}” is encoded in UTF-16 or UTF-32: open it in a text editor, choose “Save as…”, then the
    encoding UTF-8."""


class NotUtf8(Invalid):
    """“{name}” is not in UTF-8: line {line}, column {column} holds a character of another encoding, probably
    Windows-1252. Open it in a text editor, choose “Save as…”, then the encoding UTF-8."""


class Garbled(Invalid):
    """The accents of “{name}” were damaged before it came here, first at line {line}, column {column}: go
    back to the original document and save its text again in UTF-8."""


class BinaryFile(Invalid):
    """“{name}” is not a text (line {line} holds unreadable data): give a text file in UTF-8."""


class OtherFormat(Invalid):
    """“{name}” is in the format {kind}, which is not read here: give it as DOCX, PDF with its text, XLSX, CSV, HTML, or a
    text in UTF-8."""


class NoHeading(Invalid):
    """No heading of a resolution was found in “{name}”: one is expected for each, such as “RÉSOLUTION 17”
    alone on a line, with the title under it."""


class NumberTwice(Invalid):
    """Resolution {number} has two headings, at lines {first} and {line}: keep one, or correct the number."""


class NoReport(Invalid):
    """Nothing is reported under resolution {number} (line {line}): it is kept without a follow-up."""


class NoTitle(Invalid):
    """Resolution {number} (line {line}) has no title: its heading stands for it."""


class TitlesUncounted(Invalid):
    """Line {line} heads several resolutions ({numbers}), but the titles found are not as many ({titles}): each
    number has the whole title. Titles are expected to be set apart by “ – ”."""


class HeadingUnread(Invalid):
    """Line {line} looks like a heading, but no number could be read in “{heading}”: it was kept as text of
    what comes before it."""


class StrayText(Invalid):
    """The text before the first resolution, from line {line} on, belongs to no case: it was kept apart."""
