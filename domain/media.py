"""Media types of the files that people attach, and the extensions by which names claim them."""

from __future__ import annotations

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
UNKNOWN = "application/octet-stream"
TEXT = "text/plain"

EXTENSIONS: dict[str, str] = {
    "application/pdf": "pdf",
    f"{OPEN_XML}wordprocessingml.document": "docx docm",
    f"{OPEN_XML}spreadsheetml.sheet": "xlsx xlsm",
    f"{OPEN_XML}presentationml.presentation": "pptx pptm",
    f"{OPEN_DOCUMENT}text": "odt",
    f"{OPEN_DOCUMENT}spreadsheet": "ods",
    f"{OPEN_DOCUMENT}presentation": "odp",
    "application/msword": "doc dot",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt pps",
    "application/vnd.ms-outlook": "msg",
    "application/rtf": "rtf doc",
    "message/rfc822": "eml mht mhtml",
    "image/png": "png",
    "image/jpeg": "jpg jpeg jpe jfif",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/tiff": "tif tiff",
    "image/bmp": "bmp",
    "image/heic": "heic heif",
    "image/svg+xml": "svg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/ogg": "ogg oga opus",
    "video/mp4": "mp4 m4v mov",
    "video/webm": "webm mkv",
    "application/zip": "zip",
    "application/gzip": "gz tgz",
    "application/x-7z-compressed": "7z",
    "application/vnd.rar": "rar",
    "application/x-msdownload": "exe dll scr com",
    "application/x-executable": "",
    "text/html": "html htm xhtml",
    "text/xml": "xml",
    "text/calendar": "ics",
    "text/vcard": "vcf",
    TEXT: "txt csv tsv md log json",
}
"""Media type -> the extensions of its names."""

_CLAIMED: dict[str, set[str]] = {}
for _type, _names in EXTENSIONS.items():
    for _name in _names.split():
        _CLAIMED.setdefault(_name, set()).add(_type)


def fits(name: str, type: str) -> bool:
    """Whether a file of that media type may bear that name: its extension claims it, or nothing that is known here."""
    claimed = _CLAIMED.get(name.rpartition(".")[2].lower() if "." in name else "")
    return claimed is None or type in claimed
MADE_HERE = "Suivi"
"""What a document that was written here says of itself (a keyword; of a page, what generated it): it stays when another
program saves it, and tells who reads it that its lines and headings are ours."""
