# SPDX-License-Identifier: GPL-3.0-or-later
"""No form of a secret survives, in whatever encoding a server echoes it."""

from __future__ import annotations

import base64
import html
import json
import re
from pathlib import Path
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import ApiError
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import MASK, Redactor
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import shown

# Letters, digits, what URLs, JSON and HTML escape, Persian letters, and some beyond the basic plane.
LETTERS = st.one_of(st.sampled_from(list("abzXY019%/+=&?#\"'\\<>{}[]: ;,._-~\t\n\u200c") + list("رمزیك") + ["\U0001f511"]), st.characters(codec="utf-8"))
SECRETS = st.text(LETTERS, min_size=6, max_size=40).filter(lambda text: len(set(text)) > 3 and text.strip("* ") == text)
AROUND = st.text(max_size=12).filter(lambda text: "*" not in text)


PERSIAN, ARABIC = ({ord("0") + number: chr(first + number) for number in range(10)} for first in (0x6f0, 0x660))
LATIN = {ord(sign): chr(number) for table in (PERSIAN, ARABIC) for number, sign in table.items()}


def encodings(text):
    """Whole texts as a server may write them."""
    raw = text.encode()
    return {
        "plain": text, "quote": quote(text), "quote all": quote(text, safe=""), "plus": quote_plus(text), "query": urlencode({"q": text}),
        "json": json.dumps(text), "json utf-8": json.dumps(text, ensure_ascii=False), "json in json": json.dumps(json.dumps(text)),
        "json slashes": json.dumps(text).replace("/", "\\/"), "html": html.escape(text), "repr": repr(text), "hex": raw.hex(), "HEX": raw.hex().upper(),
        "base64": base64.b64encode(raw).decode(), "base64 url": base64.urlsafe_b64encode(raw).decode(),
        "lower escapes": re.sub("%[0-9A-F]{2}", lambda found: found[0].lower(), quote(text, safe="")),
        "php html": html.escape(text).replace("&#x27;", "&#039;"),
        "json upper": re.sub(r"\\u[0-9a-f]{4}", lambda found: "\\u" + found[0][2:].upper(), json.dumps(text)),
        "quote twice": quote(quote(text, safe=""), safe=""), "query twice": quote_plus(quote_plus(text)), "quote of scripts": quote(text, safe="!'()*"),
        "mended address": quote(text, safe="!#$&'()*+,/:;=?@[]~"), "json slashes in json": json.dumps(json.dumps(text).replace("/", "\\/")),
        "numbers in html": html.escape(text).encode("ascii", "xmlcharrefreplace").decode(), "numbers": text.encode("ascii", "xmlcharrefreplace").decode(),
        "hex numbers": re.sub("[^\0-\x7f]", lambda found: "&#x%x;" % ord(found[0]), html.escape(text)), "html of json": html.escape(json.dumps(text)),
        "html of json utf-8": html.escape(json.dumps(text, ensure_ascii=False)), "json of html": json.dumps(html.escape(text)),
        "bytes of python": repr(raw), "bytes as letters": raw.decode("latin-1"), "sql": text.replace("'", "''"),
        "folded": " ".join(text.split()) if " " in " ".join(text.split()) else text,
        "quotes with slashes": re.sub("['\"]", r"\\\g<0>", text), "all with slashes": re.sub(r"['\"\\]", r"\\\g<0>", text),
        "persian digits": text.translate(PERSIAN), "arabic digits": text.translate(ARABIC), "latin digits": text.translate(LATIN),
        "json of go": json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"),
    }


def shadow(secret):
    """The spellings of the secret itself, and the middle of its base64, to look for in what is left."""
    raw = secret.encode()
    found = {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], raw.hex()}
    for shift in range(3):
        code = base64.b64encode(b"\0" * shift + raw).decode()
        found.add(code[4:len(code) - 4])
    return {form for form in found if len(form) >= 6}


@given(SECRETS, AROUND, AROUND)
def test_no_form_survives(secret, before, after):
    redactor = Redactor()
    redactor.add(secret)
    for name, text in encodings(before + secret + after).items():
        left = redactor.text(text)
        assert not [form for form in shadow(secret) if form in left], (name, text, left)


@given(SECRETS)
def test_every_encoding_goes_whole(secret):
    """What is left is what the encoding itself puts around a text."""
    redactor = Redactor()
    redactor.add(secret)
    for name, text in encodings(secret).items():
        left = redactor.text(text)
        assert MASK in left and len(left) <= len(MASK) + 12, (name, text, left)


def test_a_secret_with_white_space_at_its_ends_takes_no_word_of_ours():
    redactor = Redactor()
    redactor.add("token\n", "two  words")
    assert redactor.text("api_token two words") == "api_token %s" % MASK


def test_what_steers_a_terminal_is_spelt_out():
    redactor = Redactor()
    redactor.add("se\x1bcret")
    assert redactor.text("a\x1b[31mb\x9b1m\x07\x08\x7f\u202ec\u2066 se\x1bcret\r\nd\ud800") == "a\\x1b[31mb\\x9b1m\\x07\\x08\\x7fc ********\\r\nd\ufffd"


@given(SECRETS, SECRETS)
def test_two_secrets(one, other):
    """Also when one is part of the other."""
    redactor = Redactor()
    redactor.add(one)
    redactor.add(other, one + other)
    left = redactor.text("%s %s %s" % (one, other, one + other))
    assert one not in left and other not in left


@given(SECRETS)
def test_a_secret_that_begins_like_another(secret):
    """The longer one goes whole; what is left of it would tell its end."""
    redactor = Redactor()
    redactor.add(secret, secret + "-and-its-end")
    assert "its-end" not in redactor.text("x %s-and-its-end y" % secret)


@given(SECRETS)
def test_nested(secret):
    redactor = Redactor()
    redactor.add(secret, None, "")
    thing = {"a": [secret, {"b": ("x" + secret, 5, None, True)}], secret: 1.5}
    left = redactor.clean(thing)
    assert secret not in json.dumps(left["a"], ensure_ascii=False) and left["a"][1]["b"][1:] == [5, None, True]
    # Keys are names: a password that is part of one must not change it.
    assert set(left) == {"a", secret}


@given(st.text(), SECRETS)
def test_other_text_stays(text, secret):
    assume(secret.lower() not in "nothing of it")
    redactor = Redactor()
    redactor.add(secret)
    assert redactor.text("nothing of it") == "nothing of it"
    empty = Redactor()
    assert empty.text(text) == shown(text)


@pytest.mark.parametrize("secret", ["7", "ab"])
def test_short_secrets(secret):
    """A secret of one or two letters cannot be cut out of every word; alone it is masked."""
    redactor = Redactor()
    redactor.add(secret)
    assert redactor.text(secret) == MASK and redactor.text("about 70 people") == "about 70 people"


def test_numbers_are_secrets_too():
    redactor = Redactor()
    redactor.add(123456)
    assert "123456" not in redactor.text("code=123456;")


@given(SECRETS, st.data())
def test_secrets_that_overlap(secret, data):
    """Where the end of one is the beginning of another, the letters of both go."""
    shared = data.draw(st.integers(1, len(secret) - 1))
    other = secret[-shared:] + "*end-of-the-other"
    redactor = Redactor()
    redactor.add(secret, other)
    assert redactor.text("a %s b" % (secret + other[shared:])) == "a %s b" % MASK


class Counted(str):
    """A text that counts how often a part of it is looked at."""

    looked = 0

    def __getitem__(self, place):
        Counted.looked += 1
        return str(self)[place]


@pytest.mark.parametrize("alike", ["pass-%06d", "%06d-pass"])
def test_text_is_read_once_for_any_number_of_secrets(alike):
    """With passwords of one kind (the worst case: all begin alike) a text costs what it costs with one."""
    looks = []
    for count in (1, 5000):
        redactor = Redactor()
        redactor.add(*[alike % number for number in range(count)])
        text = Counted("pass-x " * 30 + alike % (count - 1) + " and 0000 words")
        Counted.looked = 0
        assert redactor.text(text) == str(text).replace(alike % (count - 1), MASK)
        looks.append(Counted.looked)
    assert looks[1] <= 4 * looks[0]


def test_an_error_shows_foreign_text_only_through_a_redactor():
    """Until then not at all; then without secrets, and only after that without line breaks and cut."""
    secret = "two  spaces  and a\nline"
    redactor = Redactor()
    redactor.add(secret)
    for pad in range(260, 305):
        error = ApiError("create", foreign="x" * pad + secret)
        assert error.sentence() == "create" and "space" not in str(error.error)
        told = error.tell(redactor).sentence()
        assert not [part for part in ("two ", "spaces", "and a") if part in told], told
    assert ApiError("create", foreign={"a": [secret]}).tell(redactor).message == 'create: {"a": ["%s"]}' % MASK
    assert ApiError("create", foreign="").tell(redactor).message == "create: no text"
    again = ApiError("create", foreign="y").tell(redactor)
    assert again.tell(redactor).message == "create: y"


def test_no_vendor_folds_or_cuts_foreign_text():
    """That is done once, after redaction, in the core."""
    folder = Path(__file__).resolve().parents[2] / "plugins/module_utils"
    users = {path.relative_to(folder).parts[0] for path in folder.rglob("*.py") if re.search(r"\bexcerpt\b", path.read_text(encoding="utf-8"))}
    assert users == {"_core"}


#: How others write the secret a'ک"/< : spelled out by hand, so that no function of ours or of the library decides what is right.
SPELLINGS = [
    "a'ک\"/<", "a%27%DA%A9%22%2F%3C", "a%27%DA%A9%22/%3C", "a%27%da%a9%22%2f%3c", "a%27%da%a9%22/%3c", "a\\'ک\"/<",
    "a'ک\"/&lt;", "a&#x27;ک&quot;/&lt;", "a&#39;ک&quot;/&lt;", "a&#039;ک&quot;/&lt;", "a&apos;ک&quot;/&lt;",
    "a'\\u06a9\\\"/<", "a'ک\\\"/<", "a'\\u06a9\\\"\\/<", "a'ک\\\"\\/<", "a'\\\\u06a9\\\\\\\"/<", "a'\\u06A9\\\"/<",
    "a\\u0027\\u06a9\\u0022/\\u003c", "a\\u0027\\u06A9\\u0022/\\u003C", "6127daa9222f3c", "6127DAA9222F3C", "YSfaqSIvPA"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_each_spelling_goes_whole(spelling):
    redactor = Redactor()
    redactor.add("a'ک\"/<")
    assert redactor.text("x%sy" % spelling) == "x%sy" % MASK


def test_spaces_in_a_form_are_plus_signs():
    redactor = Redactor()
    redactor.add("two words")
    assert redactor.text("q=two+words&r") == "q=%s&r" % MASK


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_as_much_of_base64_goes_as_depends_on_nothing_else(shift):
    redactor = Redactor()
    redactor.add("twelve-bytes")
    for encode, letters in ((base64.b64encode, b"xyz"), (base64.urlsafe_b64encode, b"\xff\xfe\xfd")):
        code = encode(letters[:shift] + b"twelve-bytes" + letters).decode()
        left = redactor.text(code)
        assert left.count(MASK) == 1 and len(code) - len(left.replace(MASK, "")) == (16, 15, 15)[shift], left


def test_what_is_short():
    """Three letters go anywhere, also at the very end; encoded ones from four on, where the code is long enough to be no accident."""
    redactor = Redactor()
    redactor.add("abc")
    assert redactor.text("xabcx abc") == "x%sx %s" % (MASK, MASK) and redactor.text("ab") == "ab" and redactor.text("616263 YWJj") == "616263 YWJj"
    redactor.add("wxyz")
    assert redactor.text("7778797a and 7778797A and d3h5eg") == "%s and %s and %s" % (MASK, MASK, MASK)
    # Four letters of base64 may stand in any word.
    assert redactor.text("d4eX") == "d4eX"
    redactor.add("ab", "")
    assert redactor.text("ab") == MASK and redactor.text("xab") == "xab" and redactor.text("") == ""


def test_a_text_by_itself_and_what_is_none():
    redactor = Redactor()
    redactor.add("secret-word")
    assert redactor.clean("a secret-word") == "a " + MASK and redactor.clean(["secret-word", ("secret-word",)]) == [MASK, [MASK]]
    assert redactor.clean(5) == 5 and redactor.clean(None) is None and redactor.clean(True) is True


def test_a_secret_that_no_encoding_can_hold_is_masked_all_the_same():
    redactor = Redactor()
    redactor.add("canary\ud800x")
    assert redactor.text("a canary\ud800x b") == "a ******** b" and redactor.text(repr("canary\ud800x")) == "'********'"
