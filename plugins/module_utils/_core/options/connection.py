# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options: one specification for modules and plugins, with the vendor's own environment behind it."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
from urllib.parse import urlsplit

from ansible.module_utils.errors import AnsibleFallbackNotFound

from ..text.letters import excerpt
from .check import OptionsError, Problem, no_text

#: Options that every vendor has, with type and default.
COMMON = {
    "api_timeout": ("float", 30.0),
    "api_deadline": ("float", None),
    "api_retries": ("int", 5),
    "validate_certs": ("bool", True),
    "ca_path": ("path", None),
    "api_concurrency": ("int", 8),
    "api_token_cache": ("bool", True),
}
#: Requests at once: each one has a thread and a connection.
MOST_AT_ONCE = 256
_USER = re.compile(r"(?<=//)[^/?#]*@")


def variable(vendor, option):
    """Return the environment variable behind an option, such as ``VENDOR_API_URL``."""
    return "%s_%s" % (vendor.upper(), option.upper())


def from_environment(name):
    """Return the value of an environment variable: a ``fallback`` of an argument specification.

    An empty variable counts as not set: automation controllers set every variable of a credential, blank inputs as empty text.
    """
    value = os.environ.get(name)
    if not value:
        raise AnsibleFallbackNotFound
    return value


def connection_options(vendor, credentials, secrets, url=None, **more):
    """Return the argument specification of a vendor's connection options.

    :arg credentials: options that only :func:`settle` may take from the environment, because what the task gives decides which.
    :arg secrets: names that are never logged.
    :arg url: default of ``api_url``; None makes it required (from the task or the environment).
    :arg more: further options: argument specifications.
    """
    spec: dict = {"api_url": {"type": "str"}}
    if url:
        spec["api_url"]["default"] = url
    for name in credentials:
        spec[name] = {"type": "str", "no_log": name in secrets}
    for name, (kind, default) in COMMON.items():
        spec[name] = {"type": kind}
        if default is not None:
            spec[name]["default"] = default
        if name in ("api_token_cache",):
            spec[name]["no_log"] = False
    spec.update(more)
    for name, entry in spec.items():
        if name not in credentials:
            entry["fallback"] = (from_environment, [variable(vendor, name)])
    return spec


def nearest(levels, credentials, account):
    """Return the credentials to use out of several levels (the task, a plugin's configuration, the environment), the nearest first.

    A token of a farther level never joins nearer credentials, and farther credentials never join a nearer token unless that level names the
    account as well: either may belong to somebody else. Other credentials complete each other.

    :arg levels: mappings of option names to values; empty values count as not given.
    :arg credentials: the options to choose, ``api_token`` among them.
    :arg account: those that together name an account, such as ``api_username``; empty for a vendor that knows nothing but tokens.
    """
    found: dict = {}
    for level in levels:
        here = {name: level[name] for name in credentials if level.get(name)}
        if found:
            here.pop("api_token", None)
            if "api_token" in found and not (account and all(found.get(name) for name in account)):
                break
        for name, value in here.items():
            found.setdefault(name, value)
    return found


def settle(vendor, names, params, credentials, environ=None, account=("api_username",), headers=()):
    """Return the connection options with the vendor's environment applied, checked.

    :arg account: see :func:`nearest`, which says which credentials count.
    :arg headers: pairs of an option that travels in a header and the encoding in which it does.
    :raises OptionsError: options are missing or out of range; the message names each.
    """
    environ = os.environ if environ is None else environ
    settled = {name: params.get(name) for name in names}
    surroundings = {name: environ.get(variable(vendor, name)) for name in credentials}
    settled.update(dict.fromkeys(credentials), **nearest((settled, surroundings), credentials, account))
    problems = [Problem((), text) for text in (*_mistakes(vendor, settled, headers), *_unfit(settled, headers))]
    if problems:
        raise OptionsError(problems, vendor=vendor)
    return settled


def by_hand(spec):
    """Return the specification of connection options of which none is taken from the environment."""
    return {name: {part: value for part, value in entry.items() if part != "fallback"} for name, entry in spec.items()}


def misfits(vendor, given, headers=()):
    """Yield ``(option, what is wrong with it)`` of connection options of which some may come from elsewhere later; nothing is looked for on this machine.

    :arg given: their values, checked for their types.
    """
    settled = {**dict.fromkeys(("api_url", *COMMON)), **given, "ca_path": None}
    for text in (*(_mistakes if given.get("api_url") else _out_of_range)(vendor, settled, headers), *_unfit(settled, headers)):
        name = text.split()[0].rstrip(":")
        yield name, text[len(name):].lstrip(": ")


def _unfit(settled, headers):
    """Yield what no header can hold, each as a sentence that names its option; the values are not shown."""
    for name, encoding in headers:
        wrong = header_check(str(settled.get(name) or ""), encoding)
        if wrong:
            yield "%s %s" % (name, wrong)


def header_check(text, encoding="utf-8"):
    """Return what is wrong with a text that is to travel in a header, or None."""
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        return "holds a line break or another control character, which no header can hold%s" % (
            " (it is at the end: a file read as it is?)" if text.rstrip("\r\n").isprintable() else "")
    if text != text.strip(" "):
        return "begins or ends with white space, which no header can hold"
    try:
        text.encode(encoding)
    except UnicodeError:
        return "holds letters that no header can hold: it must consist of Latin letters, digits and signs"
    return None


def _mistakes(vendor, settled, headers):
    """Yield what is wrong with settled options, each as a sentence that names its option."""
    url = settled.get("api_url")
    parts = _parts(url) if url else None
    if not url:
        yield "api_url is required (or %s in the environment)" % variable(vendor, "api_url")
    elif parts is None:
        yield "api_url must be an http or https address, not %r" % excerpt(without_user(url))
    elif parts.username or parts.password:
        # It would replace the token, and addresses are shown in logs.
        yield "api_url must not hold a username or a password: give api_username and api_password"
    yield from _out_of_range(vendor, settled, headers)
    if settled.get("ca_path") and not os.path.exists(settled["ca_path"]):
        yield "ca_path: there is no file or folder %s" % excerpt(settled["ca_path"])


def _out_of_range(_vendor, settled, headers):
    in_headers = {name for name, _encoding in headers}
    for name, value in settled.items():
        # What was given was looked at; this is of the environment. What a header can hold is less, and told by whoever knows.
        text = no_text(value) if isinstance(value, str) and name not in in_headers else None
        if text is not None:
            yield "%s: %s" % (name, text)
    if settled["api_concurrency"] is not None and settled["api_concurrency"] > MOST_AT_ONCE:
        yield "api_concurrency must be at most %d, not %s" % (MOST_AT_ONCE, settled["api_concurrency"])
    for name, least in (("api_timeout", 0.001), ("api_deadline", 0.001), ("api_retries", 0), ("api_concurrency", 1)):
        if settled[name] is not None and not least <= settled[name] < float("inf"):
            yield "%s must be %s, not %s" % (name, "more than 0" if isinstance(least, float) else "%d or more" % least, settled[name])


def in_clear(url):
    """Return whether secrets sent to this address travel in clear over a network."""
    parts = urlsplit(url)
    return parts.scheme == "http" and not _is_loopback(parts.hostname or "")


def _is_loopback(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parts(url):
    """Return the parts of an http or https address, None for anything else."""
    try:
        parts = urlsplit(url)
        return parts if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def address(url):
    """Return an address in the form in which two spellings of it are equal: no query, no slash at its end, the host in small letters."""
    parts = urlsplit(without_user(url))
    port = None if parts.port == {"http": 80, "https": 443}.get(parts.scheme) else parts.port
    host = "[%s]" % parts.hostname if ":" in (parts.hostname or "") else parts.hostname or ""
    return "%s://%s%s%s" % (parts.scheme, host, "" if port is None else ":%d" % port, parts.path.rstrip("/"))


def short_digest(text):
    """Return a text by which a token is known again, and from which nobody learns it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def without_user(url):
    """Return an address without the username and the password in it."""
    return _USER.sub("", url)
