# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All names of the vendor in one place: the 19 services with their parameters, and the spellings under which answers tell a fact.

The parameter names are those of the vendor's older document of the same services (vendor page 1.3(b)); the newer one names none. When the
vendor changes one, it is changed here; an account whose services differ says so in ``api_parameters``.
"""

from __future__ import annotations

import json

_SHARE = {"person": "persons", "expiration": "expiration", "level": "level", "public": "isPublic"}
_PAGE = {"size": "size", "start": "start"}

#: operation -> {our name: the vendor's name}
PARAMETERS = {
    "share_folder": dict(_SHARE, folder_hash="folderHash"),
    "share_file": dict(_SHARE, file_hash="fileHash"),
    "set_password": {"file_hash": "fileHash", "password": "password"},
    "set_folder_password": {"folder_hash": "folderHash", "password": "password"},
    "remove_share": {"share_hash": "shareHash"},
    "get_file_shares_list": dict(_PAGE, file_hash="fileHash"),
    "get_folder_shares_list": dict(_PAGE, folder_hash="folderHash"),
    "get_share_with_me": _PAGE,
    "create_organization": {"name": "name", "description": "description"},
    "edit_organization": {"hash": "hash", "name": "name", "description": "description"},
    "remove_organization": {"hash": "hash"},
    "add_user_to_organization": {"hash": "hash", "person": "persons", "role": "type"},
    "remove_user_from_organization": {"hash": "hash", "person": "persons"},
    "edit_user_role": {"hash": "hash", "person": "persons", "role": "type"},
    "get_list_of_collaborator": dict(_PAGE, hash="hash"),
    "get_user_organizations": _PAGE,
    "get_plan_list": _PAGE,
    "get_user_plan": {},
    "buy_plan_with_gateway": {"plan": "planId", "redirect_url": "redirectURL"},
}

#: What answers call a fact; the first that is there counts.
HASH = ("hash", "organization", "organizationHash")
SHARE_HASH = ("hash", "shareHash")
NAME = ("name", "title")
ROLE = ("type", "role", "accessLevel")
PERSON = ("person", "user", "collaborator")
USERNAME = ("username", "userName", "nickName", "nickname")
MOBILE = ("cellphoneNumber", "cellphone", "mobile", "phoneNumber")
EMAIL = ("email", "eMail")
ENTITY = ("entity", "file", "folder")
ENTITY_HASH = ("entityHash",)
LEVEL = ("level", "accessLevel", "permission")
EXPIRATION = ("expiration", "expirationDate", "expireDate")
HAS_PASSWORD = ("hasPassword", "passwordProtected")
PLAN_ID = ("id", "planId")
USED = ("usedSize", "used", "usedSpace")
LINK = ("paymentUrl", "paymentURL", "paymentLink", "link", "url", "redirectUrl")
#: What an answer may call the address of a public share; no document tells it.
SHARE_LINK = ("link", "url", "publicUrl", "publicLink", "shareUrl", "shareLink")
LISTS = ("list", "items", "content")
#: The type of an entity that is a folder.
FOLDER_TYPE = "application/vnd.podspace.folder"


def pick(row, names, default=None):
    """Return the first of these facts that a row tells."""
    for name in names:
        if row.get(name) is not None:
            return row[name]
    return default


def told_apart(row, *groups):
    """Return what tells a row from others: the first of these facts, and for a row that has none, all it says.

    The same row read again must be the same: on a server that ignores ``start``, nothing new is the only sign of an end.
    """
    for names in groups:
        found = pick(row, names)
        if isinstance(found, (str, int)):
            return found
    return json.dumps(row, sort_keys=True, default=str)
