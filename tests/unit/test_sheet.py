# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reader of spreadsheets and the check of what is in them."""

from __future__ import annotations

import importlib
import io
import struct
import sys
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._alocom.roster import Roster, heading, is_national_code
from ansible_collections.kariz.panels.plugins.module_utils._alocom.sheet import cells as limits
from ansible_collections.kariz.panels.plugins.module_utils._alocom.sheet import ods as ods_reader
from ansible_collections.kariz.panels.plugins.module_utils._alocom.sheet import reading as sheet
from ansible_collections.kariz.panels.plugins.module_utils._alocom.sheet import xls as old_sheet
from ansible_collections.kariz.panels.plugins.module_utils._alocom.sheet import xlsx as xlsx_file
from ansible_collections.kariz.panels.plugins.module_utils._alocom.sheet.cells import Cell
from ansible_collections.kariz.panels.plugins.module_utils._alocom.user_import import told_users

TITLES = ("name", "surname", "username", "cellphone", "email", "password", "status")


def xlsx(rows, start=1, sheets=("one",)):
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for name in sheets[1:]:
        book.create_sheet(name).append(["other"])
    for number, row in enumerate(rows, start):
        for column, value in enumerate(row, 1):
            if value is not None:
                book.active.cell(number, column, value)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def archive(parts, **more):
    """An xlsx file by hand: ``sheet`` is the XML of the only sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as handle:
        for name, text in dict(parts, **more).items():
            handle.writestr(name, text)
    return made.getvalue()


def by_hand(rows, shared=None, head=""):
    parts = {"xl/worksheets/sheet1.xml": head + '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData>'
                                                "</worksheet>" % rows}
    if shared is not None:
        parts["xl/sharedStrings.xml"] = '<sst xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">%s</sst>' % shared
    return archive(parts)


def texts(rows):
    return [(number, [str(cell) for cell in cells]) for number, cells in rows]


# -- kinds -----------------------------------------------------------------------------------------------------------------


def test_kinds():
    assert [sheet.kind_of(name) for name in ("a.xlsx", "a.b.XLS", "کاربران.csv", "a.ods")] == ["xlsx", "xls", "csv", "ods"]
    for name in ("a.txt", "xlsx", "a.", "a.xlsx.zip"):
        with pytest.raises(sheet.SheetError, match="xlsx, xls, ods, csv"):
            sheet.kind_of(name)


@pytest.mark.parametrize("kind", sheet.KINDS)
def test_not_what_the_name_says(kind):
    other = xlsx([["a"]]) if kind not in ("xlsx", "ods") else b"name,surname\n"
    for content in (b"", other, other[:40], b"PK\x03\x04" + b"\xff" * 300, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600):
        with pytest.raises(sheet.SheetError):
            sheet.read(kind, content)


def test_too_large(monkeypatch):
    monkeypatch.setattr(limits, "MOST_BYTES", 100)
    with pytest.raises(sheet.SheetError, match="more than"):
        sheet.read("csv", b"a" * 101)


# -- xlsx ------------------------------------------------------------------------------------------------------------------


def test_xlsx():
    rows = sheet.read("xlsx", xlsx([["نام", "n", None, "t"], [], ["سارا", 9121234567, None, "0912"], [True, 1.5, "", " "]], sheets=("one", "two")))
    assert texts(rows) == [(1, ["نام", "n", "", "t"]), (3, ["سارا", "9121234567", "", "0912"]), (4, ["1", "1.5", "", " "])]
    assert rows[1][1][1].number is True and rows[1][1][3].number is False


def test_the_first_sheet_is_the_first_in_the_book():
    book = openpyxl.Workbook()
    book.active.append(["second"])
    book.create_sheet("front", 0).append(["first"])
    made = io.BytesIO()
    book.save(made)
    assert texts(sheet.read("xlsx", made.getvalue())) == [(1, ["first"])]


def test_xlsx_by_hand():
    """Inline strings, runs, readings, numbers in scientific writing, cells and rows without names, gaps, other namespaces."""
    rows = sheet.read("xlsx", by_hand(
        '<row><c t="inlineStr"><is><t>in</t></is></c><c t="s"><v>0</v></c><c t="str"><f>A1</f><v>calc</v></c></row>'
        '<row r="5"><c r="B5"><v>9.121234567E9</v></c><c r="D5" t="e"><v>#N/A</v></c><c r="E5"/><c r="AA5" t="b"><v>1</v></c></row>'
        '<row><c r="??"><v>7</v></c></row>',
        '<si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si>'))
    assert texts(rows)[0] == (1, ["in", "rich", "calc"])
    assert rows[1][0] == 5 and rows[1][1][1] == "9121234567" and rows[1][1][3] == "#N/A" and rows[1][1][26] == "1" and len(rows[1][1]) == 27
    assert texts(rows)[2] == (6, ["7"])


@pytest.mark.parametrize("rows", ['<row><c t="s"><v>3</v></c></row>', '<row><c t="s"><v>x</v></c></row>', "<row><c><v>12a</v></c></row>", "<row>",
                                  "<row><c><v>inf</v></c></row>"])
def test_damaged(rows):
    with pytest.raises(sheet.SheetError):
        sheet.read("xlsx", by_hand(rows, "<si><t>only</t></si>"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding):
    bomb = '<?xml version="1.0" encoding="%s"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>' % encoding
    body = '<worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    with pytest.raises(sheet.SheetError, match="document type"):
        sheet.read("xlsx", archive({"xl/worksheets/sheet1.xml": (bomb + body).encode(encoding)}))
    with pytest.raises(sheet.SheetError, match="document type"):
        sheet.read("xlsx", by_hand("", head='<!DOCTYPE x SYSTEM "file:///etc/passwd">'))


def test_zip_bomb(monkeypatch):
    """What comes out counts, not what the archive says of itself."""
    monkeypatch.setattr(limits, "MOST_UNPACKED", 1024 * 1024)
    content = by_hand("<row><c><v>1</v></c></row>" + " " * (4 * 1024 * 1024))
    assert len(content) < 10000
    lying = content.replace(zipfile.ZipFile(io.BytesIO(content)).infolist()[0].file_size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    for bomb in (content, lying):
        with pytest.raises(sheet.SheetError, match="unpack"):
            sheet.read("xlsx", bomb)


def test_no_sheet():
    with pytest.raises(sheet.SheetError, match="no sheet"):
        sheet.read("xlsx", archive({"other.xml": "<x/>"}))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8), st.integers(-10 ** 12, 10 ** 12)),
                         min_size=1, max_size=5), max_size=6))
def test_as_openpyxl_reads_it(rows):
    rows = [["title"]] + [[None if isinstance(cell, str) and (not cell or cell.startswith("=")) else cell for cell in row] for row in rows]
    content = xlsx(rows)
    expected = {}
    for number, row in enumerate(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True), 1):
        cells = ["" if cell is None else str(cell) for cell in row]
        if any(cell.strip() for cell in cells):
            expected[number] = cells
    found = {number: [str(cell) for cell in cells] for number, cells in sheet.read("xlsx", content)}
    assert set(found) == set(expected)
    for number, cells in found.items():
        assert cells + [""] * (len(expected[number]) - len(cells)) == expected[number]


WHOLE = xlsx([TITLES, ["aa", "bb", "cc", 912]])
SHEET = '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12.5</v></c></row></sheetData></worksheet>'
SHARED = "<sst><si><t>text</t></si></sst>"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(1, 255)), min_size=1, max_size=5), st.integers(1, len(WHOLE)))
def test_damage_is_always_told(flips, cut):
    """A bit here and there, a cut: a message, never a traceback."""
    content = bytearray(WHOLE)
    for place, bits in flips:
        content[place] ^= bits
    for kind in sheet.KINDS:
        for damaged in (content, content[:cut]):
            try:
                sheet.read(kind, bytes(damaged))
            except sheet.SheetError:
                pass


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SHEET)), st.sampled_from(["", "<", ">", "&x;", "&#0;", "-1", "9" * 5000, "1e999", "nan", "\u0663", "</v>", 't="s"', "<!--", "A" * 9]),
       st.integers(0, 8))
def test_odd_xml_is_read_or_told(place, text, skipped):
    parts = {"xl/worksheets/sheet1.xml": SHEET[:place] + text + SHEET[place + skipped:], "xl/sharedStrings.xml": SHARED}
    try:
        sheet.read("xlsx", archive(parts))
    except sheet.SheetError:
        pass


# -- xls and csv -----------------------------------------------------------------------------------------------------------


def test_xls_needs_xlrd(monkeypatch):
    monkeypatch.setattr(old_sheet, "xlrd", None)
    with pytest.raises(sheet.SheetError, match="xlrd"):
        sheet.read("xls", b"\xd0\xcf\x11\xe0")
    monkeypatch.setitem(sys.modules, "xlrd", None)
    monkeypatch.delitem(sys.modules, old_sheet.__name__)
    assert importlib.import_module(old_sheet.__name__).xlrd is None


def record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def label(row, column, text):
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def xls(cells):
    """A workbook of one sheet as Excel 97 wrote it: records of cells in a stream, the stream in sectors of 512 bytes."""
    sheet_records = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + b"".join(cells) + record(0x0A, b"")
    bof = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 6)) + record(0x42, struct.pack("<H", 1200))
    name = struct.pack("<BB", 3, 0) + b"one"
    start = len(bof) + 4 + 6 + len(name) + 4
    stream = bof + record(0x85, struct.pack("<IBB", start, 0, 0) + name) + record(0x0A, b"") + sheet_records
    # Streams of less than 4096 bytes would live elsewhere.
    sectors = max(8, -(-len(stream) // 512))
    stream = stream.ljust(sectors * 512, b"\0")
    fat = [0xFFFFFFFD, 0xFFFFFFFE] + [number + 1 for number in range(2, sectors + 1)] + [0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))

    def entry(title, kind, child, first, size):
        coded = (title + "\0").encode("utf-16-le")
        return coded.ljust(64, b"\0") + struct.pack("<HBBIII16sI16sIII", len(coded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, b"", 0, b"", first, size, 0)
    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream)) + b"\0" * 256
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0,
                                                                          0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    return head + struct.pack("<128I", *fat) + folder + stream


def test_xls():
    content = xls([label(0, 0, "نام"), label(0, 1, "username"), label(2, 0, "سارا"), record(0x203, struct.pack("<HHHd", 2, 1, 0, 9121234567.0)),
                   record(0x203, struct.pack("<HHHd", 3, 0, 0, 1.5)), record(0x205, struct.pack("<HHHBB", 3, 1, 0, 1, 0)),
                   record(0x205, struct.pack("<HHHBB", 3, 2, 0, 0x2A, 1))])
    rows = sheet.read("xls", content)
    assert texts(rows) == [(1, ["نام", "username", ""]), (3, ["سارا", "9121234567", ""]), (4, ["1.5", "1", "#N/A"])]
    assert rows[1][1][1].number is True
    with pytest.raises(sheet.SheetError, match="cannot be read"):
        sheet.read("xls", content[:1500])


@pytest.mark.parametrize(("content", "expected"), [
    ("name,surname\nسارا,احمدی\n".encode("utf-8-sig"), [(1, ["name", "surname"]), (2, ["سارا", "احمدی"])]),
    ("نام,عنوان\nعلي,كاظمي\nپژمان,گچ\u200cبر\n".encode("cp1256"), [(1, ["نام", "عنوان"]), (2, ["علی", "کاظمی"]), (3, ["پژمان", "گچ\u200cبر"])]),
    ("نام\tعنوان\nعلی\tب\n".encode("utf-16"), [(1, ["نام", "عنوان"]), (2, ["علی", "ب"])]),
    (b"a;b\r\n1;2,5\r\n\r\n;\r\n3;4", [(1, ["a", "b"]), (2, ["1", "2,5"]), (5, ["3", "4"])]),
    (b"a\tb\n1\t2", [(1, ["a", "b"]), (2, ["1", "2"])]),
    (b'a,b\n"two\nlines",x\n3,4', [(1, ["a", "b"]), (2, ["two\nlines", "x"]), (3, ["3", "4"])]),
    (b"only\nx", [(1, ["only"]), (2, ["x"])]),
], ids=["bom", "windows", "utf-16", "semicolon", "tab", "lines", "one column"])
def test_csv(content, expected):
    assert texts(sheet.read("csv", content)) == expected


@pytest.mark.parametrize("content", ["name,é\n".encode("latin-1"), "name,surname\n".encode("utf-16-le"), b"a,\0b\n", b"\xff\xfea",
                                     b"a\n" + b"x" * 200000 + b"\n"], ids=["latin", "utf-16 without its mark", "nul", "half", "endless"])
def test_csv_that_is_none(content):
    with pytest.raises(sheet.SheetError):
        sheet.read("csv", content)


def test_encoding_that_is_said():
    windows, utf8 = "نام\nعلي\n".encode("cp1256"), "نام\nعلی\n".encode()
    assert texts(sheet.read("csv", windows, encoding="windows-1256")) == texts(sheet.read("csv", utf8, encoding="utf-8")) == [(1, ["نام"]), (2, ["علی"])]
    assert texts(sheet.read("csv", utf8.decode().encode("utf-16"), encoding="utf-16")) == [(1, ["نام"]), (2, ["علی"])]
    with pytest.raises(sheet.SheetError, match="not text in UTF-8"):
        sheet.read("csv", windows, encoding="utf-8")
    with pytest.raises(sheet.SheetError, match="no sheets"):
        sheet.read("csv", utf8, sheet="1")


# -- ods -------------------------------------------------------------------------------------------------------------------


def ods(tables, version="1.3"):
    """A file as LibreOffice writes it: ``{table: XML of its rows}``."""
    names = "".join(' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (short, short) for short in ("office", "table", "text"))
    body = "".join('<table:table table:name="%s"><table:table-column table:number-columns-repeated="9"/>%s</table:table>' % item for item in tables.items())
    return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml":
                    '<office:document-content%s office:version="%s"><office:body><office:spreadsheet>%s</office:spreadsheet></office:body>'
                    "</office:document-content>" % (names, version, body)})


def said(text, more=""):
    return '<table:table-cell office:value-type="string"%s><text:p>%s</text:p></table:table-cell>' % (more, text)


def test_ods():
    rows = (
        "<table:table-header-rows><table:table-row>" + said("نام") + said("username") + "</table:table-row></table:table-header-rows>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="9"/></table:table-row>'
        "<table:table-row>" + said('سا<text:span>را</text:span><text:s text:c="2"/>x<text:tab/><text:line-break/>')
        + '<table:table-cell office:value-type="float" office:value="9121234567"><text:p>9.12E+09</text:p></table:table-cell>'
          '<table:table-cell table:number-columns-repeated="2"/><table:covered-table-cell/>'
          '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>'
          '<table:table-cell office:value-type="string"><office:annotation><text:p>a comment</text:p></office:annotation><text:p>0912</text:p>'
          '<text:p>b</text:p>'
          '</table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
          '<table:table-row table:number-rows-repeated="2">' + said("again", ' table:number-columns-repeated="2"') + "</table:table-row>"
          '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>')
    content = ods({"یک": rows, "two": "<table:table-row>" + said("other") + "</table:table-row>"})
    found = sheet.read("ods", content)
    assert texts(found) == [(1, ["نام", "username"]), (5, ["سارا  x\t\n", "9121234567", "", "", "", "1", "0912\nb"]), (6, ["again"] * 2), (7, ["again"] * 2)]
    assert found[1][1][1].number is True and found[1][1][6].number is False
    assert texts(sheet.read("ods", content, "two")) == texts(sheet.read("ods", content, "2")) == [(1, ["other"])]
    with pytest.raises(sheet.SheetError, match="there is no sheet three; the file holds: یک, two"):
        sheet.read("ods", content, "three")


@pytest.mark.parametrize("content", [
    ods({}), archive({"other.xml": "<x/>"}), ods({"a": "<table:table-row>"}),
    ods({"a": '<table:table-row><table:table-cell office:value-type="float" office:value="x"/></table:table-row>'}),
    ods({"a": '<table:table-row table:number-rows-repeated="9999999">%s</table:table-row>' % said("x")})],
    ids=["no table", "no content", "xml", "number", "rows"])
def test_ods_that_is_none(content):
    with pytest.raises(sheet.SheetError):
        sheet.read("ods", content)


def test_odd_ods_is_read_or_told():
    whole = '<table:table-row table:number-rows-repeated="2">%s</table:table-row>' % said("x", ' table:number-columns-repeated="2"')
    for odd in ("-1", "0", "9" * 5000, "nan", "\u0663", ""):
        for text in (whole.replace('"2"', '"%s"' % odd, 1), whole.replace('repeated="2">', 'repeated="%s">' % odd)):
            assert {len(row) for _number, row in sheet.read("ods", ods({"a": text}))} <= {1, 2}
    assert ods_reader.MOST_COLUMNS < 1000


# -- sheets and columns ----------------------------------------------------------------------------------------------------


def test_sheets_of_a_book():
    content = xlsx([["first"]], sheets=("یک", "2", "three"))
    assert texts(sheet.read("xlsx", content, "three")) == [(1, ["other"])] and texts(sheet.read("xlsx", content, " یک ")) == [(1, ["first"])]
    assert texts(sheet.read("xlsx", content, "1")) == [(1, ["first"])] and texts(sheet.read("xlsx", content, "3")) == [(1, ["other"])]
    for wanted in ("4", "0", "Three!", ""):
        with pytest.raises(sheet.SheetError, match="the file holds: یک, 2, three"):
            sheet.read("xlsx", content, wanted)
    with pytest.raises(sheet.SheetError, match="there is no sheet two"):
        sheet.read("xls", xls([label(0, 0, "x")]), "two")
    assert texts(sheet.read("xls", xls([label(0, 0, "x")]), "one")) == [(1, ["x"])]


PEOPLE = [["نام و نام خانوادگی", "کد", "Family", "first", "موبایل", "mobile 2"], ["x", "u1", "احمدی", "سارا", "09121234567", "09121234568"]]


def rostered(rows, start=1, **options):
    return Roster([(number, [Cell(cell) for cell in cells]) for number, cells in enumerate(rows, start)], **options)


def test_columns_that_are_named():
    named = {"name": "FIRST", "surname": "family", "username": "كد", "cellphone": "Mobile 2"}
    made = rostered([["a title"], *PEOPLE], columns=named, header_row=2)
    assert made.problems == [] and made.unknown == ["نام و نام خانوادگی", "موبایل"] and made.rows == [3]
    assert made.people == [{"name": "سارا", "surname": "احمدی", "username": "u1", "cellphone": "09121234568", "email": "", "password": "", "status": ""}]
    assert rostered(PEOPLE, columns=dict(named, username="B")).people[0]["username"] == "u1"
    assert rostered(PEOPLE[1:], 1, columns={"name": "d", "surname": "c", "username": "B"}, header_row=0).people[0]["name"] == "سارا"
    # One column may be two things.
    assert rostered(PEOPLE, columns=dict(named, username="موبایل", cellphone="موبایل")).people[0]["username"] == "09121234567"


def test_columns_that_are_not_there():
    (first, *_more) = rostered(PEOPLE, columns={"name": "firsst"}).problems
    assert first.startswith("row 1: there is no column firsst (did you mean first?) for name (found: نام و نام خانوادگی, کد")
    assert "more than one column is called x" in rostered([["x", "X"]], columns={"name": "x"}).problems[0]
    assert "row 3 looks like the titles: give header_row: 3" in rostered([["list of"], ["a school"], TITLES, ["aa"]]).problems[-1]
    assert "row 5 must hold the titles" in rostered([TITLES], header_row=5).problems[0]
    assert "columns must name name, surname, username by letters" in rostered(PEOPLE, header_row=0).problems[0]


# -- what goes to the vendor -----------------------------------------------------------------------------------------------


def written(roster):
    book = openpyxl.load_workbook(io.BytesIO(roster.canonical()))
    assert book.sheetnames == ["users"]
    assert {(cell.data_type, cell.number_format) for row in book.active.iter_rows() for cell in row if cell.value is not None} == {("s", "@")}
    return [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]


@pytest.mark.parametrize("mobile", ["09121234567", "9121234567", "+989121234567", "00989121234567", "989121234567", "0912 123 4567", "0912-123-4567",
                                    "۰۹۱۲۱۲۳۴۵۶۷", "٠٩١٢١٢٣٤٥٦٧", "+98 (912) 123 45 67", "\u200e09121234567"])
def test_canonical_file(mobile):
    roster = rostered([["موبایل", "grade", "USERNAME", "نام", "Surname"], [mobile, "7", "s&<>\"'.1", " سارا\u200f", "گل\u200cپرور"],
                       ["", "", "=1+1", "علی", "راد"]])
    assert roster.problems == []
    assert written(roster) == [["name", "surname", "username", "cellphone", "email"], ["سارا", "گل\u200cپرور", "s&<>\"'.1", "09121234567", ""],
                               ["علی", "راد", "=1+1", "", ""]]
    assert roster.canonical() == roster.canonical()


def test_canonical_file_with_more_columns():
    roster = checked(["aa", "bb", "0012345678", "", "a@b.ir", "secret1", "TRUE"], ["cc", "dd", "u2", "", "", "", "۰"], ["ee", "ff", "u3", "", "", "", ""])
    assert roster.problems == [] and written(roster)[1:] == [
        ["aa", "bb", "0012345678", "", "a@b.ir", "secret1", "1"], ["cc", "dd", "u2", "", "", "", "0"], ["ee", "ff", "u3", "", "", "", ""]]
    assert [row[1] for row in sheet.read("xlsx", roster.canonical())][0] == ["name", "surname", "username", "cellphone", "email", "password", "status"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=6), min_size=1, max_size=30),
                min_size=1, max_size=5))
def test_what_is_written_is_read(rows):
    rows = [["title", *row] for row in rows]
    expected = list(enumerate(rows, 1))
    found = [(number, row + [""] * (len(expected[number - 1][1]) - len(row))) for number, row in texts(sheet.read("xlsx", xlsx_file.write(rows)))]
    assert found == expected


# -- what is in it ---------------------------------------------------------------------------------------------------------


def checked(*rows, titles=TITLES):
    return rostered([titles, *rows])


@pytest.mark.parametrize(("title", "column"), [
    (" NAME ", "name"), ("Surname", "surname"), ("نام", "name"), (" نام  خانوادگی", "surname"), ("نام\u200cخانوادگی", "surname"),
    ("نام كاربر\u064a", "username"), ("موبايل", "cellphone"), ("شماره موبایل", "cellphone"), ("تلفن همراه", "cellphone"), ("ایمیل", "email"),
    ("رمز عبور", "password"), ("status", "status"), ("first name", None), ("", None),
])
def test_headings(title, column):
    assert heading(title) == column


def test_good_rows():
    made = checked(["سارا", "احمدی", "sara", "09121234567", "s@x.ir", "secret1", "1"], ["علی", "رضایی", "ali", "9121234567", "", "", ""],
                   ["a b", "cd", "e.f", "", "", "", "true"], ["", "  ", "", "", "", "", ""])
    assert made.problems == [] and [person["username"] for person in made.people] == ["sara", "ali", "e.f"] and made.unknown == []


def test_problems():
    made = checked(["س", "", "a b", "912", "x@y", "secre", "2"], ["aa", "bb", "ok", "9.12123E+09", "", "", ""],
                   ["#N/A", "bb", "ok", "+98912123456", "", "", ""])
    assert made.problems == [
        "row 2, name: س is shorter than 2 characters", "row 2, surname: it is missing", "row 2, username: a b holds a space",
        "row 2, cellphone: 912 is not a mobile number such as 09121234567", "row 2, email: x@y is not an e-mail address",
        "row 2, password: it has less than 6 characters", "row 2, status: 2 is neither 0 nor 1",
        "row 3, cellphone: 9.12123E+09 became a number with a decimal point, so digits of it may be lost; format the column as text and type it again",
        "row 4, name: a formula failed: #N/A", "row 4, cellphone: +98912123456 is not a mobile number such as 09121234567",
        "row 4, username: ok is in row 3 already"]
    assert "secre," not in str(made.problems)


def test_titles():
    assert "name is missing" in checked(["b", "c"], titles=["surname", "username"]).problems[0]
    assert "name, surname, username are missing (found: x)" in checked(titles=["x", ""]).problems[0]
    assert "more than one column is cellphone" in checked(titles=[*TITLES, "موبایل"]).problems[0]
    assert checked(["aa", "bb", "cc", "zz"], titles=["name", "surname", "username", "grade"]).unknown == ["grade"]
    assert checked().problems == ["there is nobody under the titles"]
    assert "are missing" in Roster([]).problems[0] and "are missing" in rostered([TITLES], 2).problems[0]


def test_usernames_that_lost_something():
    """What a number has lost, and what nobody sees, is named by row before it becomes somebody's account."""
    number = Cell.of_number(12345678.0)
    rows = [["aa", "bb", number], ["cc", "dd", "ali\u200c.r"], ["ee", "ff", "\u200fsara"], ["gg", "hh", "0499370899"], ["ii", "jj", "84575948"],
            ["kk", "ll", "84575949"]]
    cells = [(place, [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]) for place, row in enumerate(rows, 2)]
    made = Roster([(1, [Cell(title) for title in TITLES[:3]])] + cells)
    assert made.problems == [
        "row 2, username: 12345678 is kept as a number, and a number has lost its zeros in front; format the column as text and type it again",
        "row 3, username: it holds a mark that nobody sees (U+200C); type it again",
        "row 4, username: it holds a mark that nobody sees (U+200F); type it again",
        "row 6, username: 84575948 seems to be a national code that has lost its zeros in front (0084575948)"]
    assert checked(["ii", "jj", "84575948", "", "", "", ""]).problems == [], "without any national code beside it, it is a number as good as another"
    marked = checked(["aa", "bb", "u1", "", "a\u200e@b.ir", "pass\u200bword", ""], ["aa", "bb", "u2", "", "", "a\x07b", ""]).problems
    assert marked == ["row 2, email: it holds a mark that nobody sees (U+200E); type it again",
                      "row 2, password: it holds a mark that nobody sees (U+200B); type it again", "row 3, password: it holds a control character"]


def test_national_codes():
    assert is_national_code("0499370899") and is_national_code("0084575948") and is_national_code("0790419904")
    assert not any(map(is_national_code, ("0499370898", "84575948", "1111111111", "04993708990", "abcdefghij")))


def test_users_of_the_answer():
    assert told_users([{"username": "a", "password": "x"}, {}, "b"]) == [{"username": "a", "password": "x"}]
    assert told_users('[{"username": "a"}]') == told_users({"0": {"username": "a"}}) == [{"username": "a"}]
    assert told_users("array of json objects") == [] and told_users(None) == []
