# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading files of the desired state: what the platform makes of their templates, each time the variables may be others.

A file is read into plain data once (:mod:`._yaml_text`); only its templates go through the platform.
"""

from __future__ import annotations

import re

from ansible.errors import AnsibleError
from ansible.parsing.vault import is_encrypted

from ansible_collections.kariz.panels.plugins.module_utils._business.desired import ROOT, Problem
from ansible_collections.kariz.panels.plugins.plugin_utils._yaml_text import Number, Template, Unreadable, read

_NAMES = re.compile(r"\{\{\s*[\w.]+(\[['\"\w.-]+\])*(\s*\|\s*default\((omit|'[^']*'|\"[^\"]*\")\))?\s*\}\}")


def is_encrypted_file(path):
    with open(path, "rb") as file:
        return is_encrypted(file.read(100))


class File:
    """What one file says: ``variables`` for the platform, ``panels`` as plain data with ``templates`` (their places, in order) still in it."""

    def __init__(self, path, loader):
        self.path = path
        self.loader = loader
        self.problems: list = []
        self.templates: list = []
        # The platform's text carries more than its letters, which the parser does not take.
        text = loader.get_text_file_contents(path).encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
        try:
            document = read(text)
        except Unreadable as error:
            if not is_encrypted_file(path):
                error.lines = text.split("\n")
            raise
        #: A mapping with the panels, or whatever stands where one should.
        self.document = document
        self.variables = {}
        if isinstance(document, dict):
            self.variables = {name: self._variable(value) for name, value in document.items() if name != ROOT and isinstance(name, str)}
            self.document = {name: self._wanted(value, (name,)) if name == ROOT else None for name, value in document.items()}

    def _variable(self, value):
        """Return a value as a variable of the platform."""
        if isinstance(value, dict):
            return {name: self._variable(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._variable(part) for part in value]
        if isinstance(value, Number):
            return value.value
        return value.ready(self.loader) if isinstance(value, Template) else value

    def _wanted(self, value, path):
        """Return a value as an item of the desired state has it: numbers that are spelt otherwise as they are spelt."""
        if isinstance(value, dict):
            return {name: self._wanted(part, path + (name,)) for name, part in value.items()}
        if isinstance(value, list):
            return [self._wanted(part, path + (place,)) for place, part in enumerate(value)]
        if isinstance(value, Number):
            if value.misread:
                self.problems.append(Problem(self.path, path, "YAML reads %s as the number %d; put it in quotes" % (value.text, value.value)))
            return value.text
        if isinstance(value, Template):
            self.templates.append((path, value))
        return value

    def rendered(self, templar):
        """Return what the templates say with the variables of ``templar``: ``[{"is": value}, ...]``, empty where the option is left out.

        :raises Unreadable: one of them fails; ``path`` is its place.
        """
        # A text that only names a variable says the same wherever it stands: it is looked up once.
        keys = [text if _NAMES.fullmatch(text) else (place,) for place, (_path, text) in enumerate(self.templates)]
        paths, ready = {}, {}
        for key, (path, text) in zip(keys, self.templates):
            if key not in ready:
                paths[key], ready[key] = path, {"is": text.ready(self.loader)}
        try:
            made = dict(zip(ready, templar.template(list(ready.values()))))
            return [made[key] for key in keys]
        except AnsibleError:
            for path, one in zip(paths.values(), ready.values()):
                try:
                    templar.template(one)
                except AnsibleError as error:
                    failed = Unreadable(str(error))
                    failed.path = path
                    raise failed from None
            raise

    def filled(self, results):
        """Return the document with the results of its templates in their places."""
        following = iter(results)

        def fill(value):
            if isinstance(value, dict):
                made = ((name, fill(part)) for name, part in value.items())
                return {name: part for name, part in made if part is not _OMITTED}
            if isinstance(value, list):
                return [part for part in map(fill, value) if part is not _OMITTED]
            if isinstance(value, Template):
                return next(following).get("is", _OMITTED)
            return value
        return fill(self.document) if self.templates else self.document


_OMITTED = object()
