# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reader of spreadsheets and the check of what is in them."""

from __future__ import annotations

import importlib.util
import io
import struct
import sys
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._alocom import sheet
from ansible_collections.kariz.panels.plugins.module_utils._alocom.user_import import Sheet, heading, usernames

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
    assert [sheet.kind_of(name) for name in ("a.xlsx", "a.b.XLS", "کاربران.csv")] == ["xlsx", "xls", "csv"]
    for name in ("a.ods", "xlsx", "a.", "a.xlsx.zip"):
        with pytest.raises(sheet.SheetError, match="xlsx, xls, csv"):
            sheet.kind_of(name)


@pytest.mark.parametrize("kind", sheet.KINDS)
def test_not_what_the_name_says(kind):
    other = xlsx([["a"]]) if kind != "xlsx" else b"name,surname\n"
    for content in (b"", other, other[:40], b"PK\x03\x04" + b"\xff" * 300, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600):
        with pytest.raises(sheet.SheetError):
            sheet.read(kind, content)


def test_too_large(monkeypatch):
    monkeypatch.setattr(sheet, "MOST_BYTES", 100)
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
    monkeypatch.setattr(sheet, "MOST_UNPACKED", 1024 * 1024)
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
    monkeypatch.setattr(sheet, "xlrd", None)
    with pytest.raises(sheet.SheetError, match="xlrd"):
        sheet.read("xls", b"\xd0\xcf\x11\xe0")
    monkeypatch.setitem(sys.modules, "xlrd", None)
    spec = importlib.util.spec_from_file_location("sheet_without_xlrd", sheet.__file__)
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    assert fresh.xlrd is None


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
    (b"a;b\r\n1;2,5\r\n\r\n;\r\n3;4", [(1, ["a", "b"]), (2, ["1", "2,5"]), (5, ["3", "4"])]),
    (b"a\tb\n1\t2", [(1, ["a", "b"]), (2, ["1", "2"])]),
    (b'a,b\n"two\nlines",x\n3,4', [(1, ["a", "b"]), (2, ["two\nlines", "x"]), (3, ["3", "4"])]),
    (b"only\nx", [(1, ["only"]), (2, ["x"])]),
], ids=["bom", "semicolon", "tab", "lines", "one column"])
def test_csv(content, expected):
    assert texts(sheet.read("csv", content)) == expected


@pytest.mark.parametrize("content", ["نام,عنوان\n".encode("cp1256"), "name,surname\n".encode("utf-16"), b"a,\0b\n", b"a\n" + b"x" * 200000 + b"\n"],
                         ids=["windows", "utf-16", "nul", "endless"])
def test_csv_that_is_none(content):
    with pytest.raises(sheet.SheetError):
        sheet.read("csv", content)


# -- what is in it ---------------------------------------------------------------------------------------------------------


def checked(*rows, titles=TITLES):
    return Sheet([(number, [sheet.Cell(cell) for cell in cells]) for number, cells in enumerate([titles, *rows], 1)])


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
    made = checked(["س", "", "a b", "912", "x@y", "secre", "2"], ["aa", "bb", "ok", "۰۹۱۲۱۲۳۴۵۶۷", "", "", ""],
                   ["#N/A", "bb", "ok", "+989121234567", "", "", ""])
    assert made.problems == [
        "row 2, name: س is shorter than 2 characters", "row 2, surname: it is missing", "row 2, username: a b holds a space",
        "row 2, cellphone: 912 is not a mobile number such as 09121234567", "row 2, email: x@y is not an e-mail address",
        "row 2, password: it has less than 6 characters", "row 2, status: 2 is neither 0 nor 1",
        "row 3, cellphone: ۰۹۱۲۱۲۳۴۵۶۷ has to be written with the digits 0 to 9",
        "row 4, name: a formula failed: #N/A", "row 4, cellphone: +989121234567 is not a mobile number such as 09121234567",
        "row 4, username: ok is in row 3 already"]
    assert "secre," not in str(made.problems)


def test_titles():
    assert "name is missing" in checked(["b", "c"], titles=["surname", "username"]).problems[0]
    assert "name, surname, username are missing (found: x)" in checked(titles=["x", ""]).problems[0]
    assert "more than one column is cellphone" in checked(titles=[*TITLES, "موبایل"]).problems[0]
    assert checked(["aa", "bb", "cc", "zz"], titles=["name", "surname", "username", "grade"]).unknown == ["grade"]
    assert checked().problems == ["there is nobody under the titles"]
    assert "are missing" in Sheet([]).problems[0] and "are missing" in Sheet([(2, [sheet.Cell(title) for title in TITLES])]).problems[0]


def test_usernames_of_the_answer():
    assert usernames([{"username": "a", "password": "x"}, {}, "b"]) == ["a"]
    assert usernames('[{"username": "a"}]') == ["a"] and usernames({"0": {"username": "a"}}) == ["a"]
    assert usernames("array of json objects") == [] and usernames(None) == []
