"""Files that mean harm, made here: bombs, entities, links, loops, and what is merely broken."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

from tests.services.imports.documents import making

WORD = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


@cache
def docx() -> bytes:
    return making.as_docx("Plan")


@cache
def xlsx() -> bytes:
    return making.as_xlsx([["No", "Titre"], [1, "Eau"]])


@cache
def pdf() -> bytes:
    return making.as_pdf("Plan")


def changed(content: bytes, parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with some of its members replaced, or others beside them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def word(body: str, before: str = "", encoding: str = "utf-8") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{before}<w:document {W}><w:body>{body}</w:body></w:document>'
    return changed(docx(), {WORD: text.encode(encoding)})


def sheet(data: str, before: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<?xml version="1.0"?>{before}<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>'
    return changed(xlsx(), {"xl/worksheets/sheet1.xml": text.encode()})


def linked() -> bytes:
    info = zipfile.ZipInfo("word/media/x")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def lying() -> bytes:
    """A member larger than its entry in the directory says."""
    content = bytearray(changed(docx(), {WORD: b"<w:p>" + b" " * 3_000_000}))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(WORD.encode()))
    struct.pack_into("<I", content, at + 24, 100)
    return bytes(content)


def locked() -> bytes:
    content = bytearray(docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := content.find(mark, at)) >= 0:
            content[at + offset] |= 1
            at += 4
    return bytes(content)


def pages(objects: str, trailer: str = "/Root 1 0 R") -> bytes:
    return f"%PDF-1.4\n{objects}\ntrailer << {trailer} >>\n%%EOF\n".encode("latin-1")


def many_pages(count: int) -> bytes:
    kids = " ".join(f"{n} 0 R" for n in range(10, 10 + count))
    leaf = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R >>"
    leaves = "\n".join(f"{n} 0 obj {leaf} endobj" for n in range(10, 10 + count))
    drawn = "BT /F 9 Tf 50 700 Td (Une ligne) Tj ET"
    return pages(
        f"{CATALOG}\n2 0 obj << /Type /Pages /Kids [{kids}] /Count {count} >> endobj\n3 0 obj << /Length {len(drawn)} >>"
        f" stream\n{drawn}\nendstream endobj\n{leaves}"
    )


def stream(data: bytes, extra: str = "") -> bytes:
    head = (
        f"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1"
        " >> endobj\n3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font <<"
        " /F 5 0 R >> /XObject << /X 6 0 R >> >> >> endobj\n5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        f" endobj\n4 0 obj << /Length {len(data)} {extra} >> stream\n"
    ).encode()
    form = (
        b"6 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 5 >>"
        b" stream\n/X Do\nendstream endobj\n"
    )
    return head + data + b"\nendstream endobj\n" + form + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def squeezed(size: int) -> bytes:
    import zlib

    data = zlib.compress(b" " * size, 9)
    for _ in range(2):
        data = zlib.compress(data, 9)
    return data


CATALOG = "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj"
RULES = b"".join(b"%d %d m %d %d l S\n" % (n % 600, n % 777, (n * 7) % 600, n % 777) for n in range(150_000))
NESTED = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60
DEEP = "<w:sdt><w:sdtContent>" * 3000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 3000
PARAGRAPH = "<w:p><w:r><w:t>Une ligne de texte.</w:t></w:r></w:p>"

REFUSED: dict[str, Callable[[], bytes]] = {
    "docx: a bomb": lambda: changed(docx(), {WORD: b" " * 30_000_000}),
    "docx: many bombs": lambda: changed(docx(), {f"word/{n}.xml": bytes(900_000) for n in range(100)}),
    "docx: beyond 50 MB, stored": lambda: changed(docx(), {"a": bytes(10), "b": b"ab" * 30_000_000}),
    "docx: too many members": lambda: changed(docx(), {f"word/m{n}.xml": b"x" for n in range(300)}),
    "docx: a name outside": lambda: changed(docx(), {"../../etc/cron.d/x": b"x"}),
    "docx: an absolute name": lambda: changed(docx(), {"/etc/cron.d/x": b"x"}),
    "docx: a name with backslashes": lambda: changed(docx(), {"word\\..\\..\\x": b"x"}),
    "docx: a name of a drive": lambda: changed(docx(), {"C:/x": b"x"}),
    "docx: a link": linked,
    "docx: sizes that lie": lying,
    "docx: locked": locked,
    "docx: billion laughs": lambda: word("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", LAUGHS),
    "docx: an entity of a file": lambda: word("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", XXE),
    "docx: a definition elsewhere": lambda: word(PARAGRAPH, OUTSIDE),
    "docx: an entity in UTF-16": lambda: word(PARAGRAPH, XXE, "utf-16"),
    "docx: an entity in the styles": lambda: changed(docx(), {"word/styles.xml": f"{XXE}<x>&a;</x>".encode()}),
    "docx: an entity in the numbering": lambda: changed(docx(), {"word/numbering.xml": f"{XXE}<x>&a;</x>".encode()}),
    "docx: an entity in UTF-7": lambda: changed(docx(), {WORD: b'<?xml version="1.0" encoding="utf-7"?>+ADw-x/+AD4-'}),
    "docx: no body": lambda: changed(docx(), {WORD: f"<w:document {W}/>".encode()}),
    "docx: no XML": lambda: changed(docx(), {WORD: b"\xff\xfe\x00<w"}),
    "docx: tables in tables": lambda: word(NESTED),
    "docx: cut in half": lambda: docx()[: len(docx()) // 2] + b"word/document.xml",
    "docx: half a million paragraphs": lambda: word(PARAGRAPH * 200_000),
    "xlsx: a bomb": lambda: changed(xlsx(), {"xl/sharedStrings.xml": b" " * 40_000_000}),
    "xlsx: billion laughs": lambda: sheet("<row><c t='inlineStr'><is><t>&i;</t></is></c></row>", LAUGHS),
    "xlsx: an entity in the workbook": lambda: changed(xlsx(), {"xl/workbook.xml": f"{XXE}<x>&a;</x>".encode()}),
    "xlsx: an entity in relations": lambda: changed(xlsx(), {"_rels/.rels": f"{XXE}<x>&a;</x>".encode()}),
    "xlsx: a row far below": lambda: sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    "xlsx: no sheets": lambda: changed(xlsx(), {"xl/workbook.xml": b"<workbook/>"}),
    "xlsx: members missing": lambda: changed(xlsx(), {"xl/styles.xml": b"", "xl/worksheets/sheet1.xml": b""}),
    "xlsx: cells of nowhere": lambda: sheet('<row r="x"><c r="@@@"><v>1</v></c></row>'),
    "pdf: pages that hold themselves": lambda: pages(
        f"{CATALOG}\n2 0 obj << /Type /Pages /Kids [2 0 R] /Count 1 >> endobj"
    ),
    "pdf: tables that follow themselves": lambda: b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Prev 9 /Root 1 0 R >>"
    b"\nstartxref\n9\n%%EOF\n",
    "pdf: a form that draws itself": lambda: stream(b"/X Do"),
    "pdf: endless rules": lambda: stream(RULES + b"BT /F 9 Tf (mot) Tj ET"),
    "pdf: a bomb": lambda: stream(squeezed(400_000_000), "/Filter [/FlateDecode /FlateDecode /FlateDecode]"),
    "pdf: a length that is itself": lambda: pages(f"{CATALOG}\n4 0 obj << /Length 4 0 R >> stream\nx\nendstream endobj"),
    "pdf: nothing": lambda: b"%PDF-1.7\n%\xe2\xe3",
    "pdf: arrays in arrays": lambda: pages(f"1 0 obj {'[' * 200_000} endobj"),
    "pdf: 10,000 pages": lambda: many_pages(10_000),
    "pdf: locked": lambda: pages(
        CATALOG, "/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >>"
    ),
    "html: endless tags": lambda: b"<html>" + b"<p>x" * 500_000,
    "html: tables in tables": lambda: b"<html>" + b"<table><tr><td>" * 5_000 + b"x",
    "html: nothing but a script": lambda: b"<html><script>alert(1)</script></html>",
    "zip: nothing": lambda: b"PK\x03\x04" + bytes(100) + b"word/document.xml",
    "text: 10,000 pages": lambda: ("Une ligne de texte.\n" * 50 + "\f").encode() * 10_000,
}
"""What must be refused."""

HARMLESS: dict[str, Callable[[], bytes]] = {
    "docx: wrapped again and again": lambda: word(DEEP[: len(DEEP) // 1] + PARAGRAPH),
    "html: an entity of a file": lambda: f"{XXE}<html><p>&a; texte</p></html>".encode(),
    "html: an endless comment": lambda: b"<html><p>texte</p><!--" + b"-<!" * 20_000,
    "html: cells without end": lambda: b"<html><table>" + b"<td colspan=99999 rowspan=99999>x" * 2_000,
    "html: markup that is torn": lambda: b"<html><p>texte<![CDATA[<!DOCTYPE<<<&#xD800;&#99999999;",
    "xlsx: cells merged without end": lambda: sheet("<row r='1'><c r='A1' t='inlineStr'><is><t>x</t></is></c></row>"),
    "docx: a remote template": lambda: changed(
        docx(), {"word/_rels/settings.xml.rels": b'<Relationships><x Target="http://127.0.0.1:9/x"/></Relationships>'}
    ),
    "text: rows without end": lambda: ("a\tb" + "\tc" * 5_000 + "\n").encode() * 10,
}
"""What may be read or refused, and does no harm."""
