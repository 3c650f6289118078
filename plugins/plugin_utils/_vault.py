# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vault of a run, as the file of ``secrets_path`` wants it."""

from __future__ import annotations

from ansible.errors import AnsibleError


class Vault:
    """Opens and closes whole files with the passwords that the command was given.

    :arg loader: the platform's loader of files.
    """

    def __init__(self, loader):
        self._loader = loader

    def decrypt(self, path):
        """Return the text of an encrypted file.

        :raises ValueError: it cannot be opened, or is no UTF-8.
        """
        try:
            text = self._loader.get_text_file_contents(path)
        except AnsibleError as error:
            raise ValueError(str(error)) from None
        return str(text).encode("utf-8", "surrogateescape").decode("utf-8")

    def encrypt(self, text):
        return self._loader._vault.encrypt(text)
