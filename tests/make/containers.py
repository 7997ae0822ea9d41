"""Put rows into files of many kinds, each by another hand than the one that reads them here."""

import quopri
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import xlsxwriter
import xlwt

from tests.make.workbooks import altered

Rows = Iterable[Sequence[object]]
Sheets = Mapping[str, Rows]

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def xlsx(sheets: Sheets) -> bytes:
    """Return a workbook of today."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_numbers": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, datetime.combine(cell, time()), day)
                else:
                    sheet.write(number, column, cell)
    book.close()
    return content.getvalue()


def xlsm(sheets: Sheets) -> bytes:
    """Return a workbook with a macro that would run when it is opened."""
    macro = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Attribute VB_Name\0Sub Auto_Open()\0" * 40
    return altered(
        xlsx(sheets),
        {
            "xl/vbaProject.bin": macro,
            "[Content_Types].xml": lambda body: body.replace(
                b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
            ),
        },
    )


def xls(sheets: Sheets, *, merges: Iterable[tuple[int, int, int, int]] = ()) -> bytes:
    """Return a workbook of before 2007; `merges` are blocks (top, bottom, left, right) of each sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, column, cell, *([day] if isinstance(cell, date) else []))
        for top, bottom, left, right in merges:
            sheet.merge(top, bottom, left, right)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def ods(sheets: Sheets, *, changes: Mapping[str, bytes] | None = None, tail: str = "") -> bytes:
    """Return an OpenDocument sheet as LibreOffice writes it: filled to the edge with repeated nothing.

    `tail` stands below the rows of each table; `changes` are parts to be put in or replaced.
    """
    tables = "".join(_table(name, rows, tail) for name, rows in sheets.items())
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        f' xmlns:office="{_OFFICE}" xmlns:table="{_TABLE}" xmlns:text="{_TEXT}" office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = b'<manifest:manifest xmlns:manifest="urn:x"/>'
    parts = {"content.xml": body.encode(), "META-INF/manifest.xml": manifest} | dict(changes or {})
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", parts.pop("mimetype", ODS_TYPE), ZIP_STORED)
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def _table(name: str, rows: Rows, tail: str) -> str:
    edge = '<table:table-cell table:number-columns-repeated="16370"/>'
    filled = "".join(
        f"<table:table-row>{''.join(map(_cell, row))}{edge}</table:table-row>" for row in rows
    )
    return (
        f'<table:table table:name="{escape(name)}">{filled}{tail}'
        '<table:table-row table:number-rows-repeated="1048500">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )


def _cell(cell: object) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def page(head: Sequence[str], people: Rows) -> str:
    """Return a page as offices' programs save it: attributes of all kinds, cells left open, a comment."""
    labels = "".join(f"<th rowspan=2>{label}" for label in head[:4])
    labels += '<th colspan="2">Kelahiran</th>' + "".join(f"<TH rowspan='2'>{x}" for x in head[6:])
    rows = "".join(
        "<tr height=20 style='mso-height:15pt'>"
        + "".join(f'<td class="xl65" x:str>{escape(str(cell))}<br/>&nbsp;' for cell in row)
        for row in people
    )
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        '<meta http-equiv=Content-Type content="text/html; charset=windows-1252">'
        "<style><!-- td {mso-number-format:'\\@'} --></style><title>Daftar <table></title></head>"
        f"<body><table border=1><!-- <tr><td>bukan baris --><tr><td colspan={len(head)}>DAFTAR USULAN"
        f"<tr>{labels}</tr><tr><td>Tempat Lahir<td>Tanggal Lahir</tr>{rows}</table></body></html>"
    )


def xml_2003(rows: Rows) -> bytes:
    """Return Excel's XML of 2003: empty cells are left out and the next one says where it stands."""
    lines: list[str] = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _xml_cell(cell, place) for place, cell in enumerate(row, start=1) if cell != ""
        )
        lines += [f'<Row ss:Index="{number}">{cells}</Row>'] if cells else []
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Peserta">'
        f"<Table><Column/>{''.join(lines)}</Table></Worksheet></Workbook>"
    ).encode()


def _xml_cell(cell: object, place: int) -> str:
    said = f"{cell.isoformat()}T00:00:00.000" if isinstance(cell, date) else escape(str(cell))
    return f'<Cell ss:Index="{place}"><Data ss:Type="String">{said}</Data></Cell>'


def envelope(text: str) -> bytes:
    """Return a page in the envelope of a mail, its letters escaped."""
    head = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=XX\r\n\r\n"
        "--XX\r\nContent-Location: file:///C:/daftar.htm\r\nContent-Type: text/html\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + quopri.encodestring(text.encode()) + b"\r\n--XX--\r\n"
