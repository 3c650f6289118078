# SPDX-License-Identifier: GPL-3.0-or-later
"""The error dictionary of the vendor's document, which service may answer which code, and refusals in that shape."""

from __future__ import annotations

#: Spelled as in the document: the hyphen of 21 and the typing slip of 33 are the vendor's own.
NAMES = {
    4: ("PERMISSION_DENIED", "عدم دسترسی"),
    6: ("INVALID_NICKNAME", "نام مستعار نامعتبر"),
    10: ("INVALID_DATE", "تاریخ نامعتبر"),
    21: ("INVALID-TOKEN", "توکن نامعتبر"),
    33: ("SSO_COMMUNICATIOAN", "مشکل در ارتباط با SSO"),
    34: ("USER_NOT_REGISTERED", "کاربر یافت نشد"),
    40: ("TOKEN_NOT_AUTHORIZED", "توکن احراز نشده"),
    44: ("DUPLICATE_CUSTOMER", "کاربر تکراری"),
    78: ("OBJECT_NOT_FOUND", "موردی یافت نشد"),
    101: ("INVALID_REQUEST", "درخواست نامعتبر"),
    103: ("INVALID_DATE_FORMAT", "فرمت تاریخ نامعتبر"),
    202: ("FILE_NOT_FOUND", "فایل پیدا نشد"),
    204: ("FOLDER_SHARE_BEFORE", "این فولدر قبلا با همین فرد به اشتراک گذاشته شده‌است"),
    206: ("NO_SPACE_FOR_SAVING", "اتمام فضای ذخیره سازی"),
    999: ("UNKNOWN_ERROR", "خطای ناشناخته"),
}

_PEOPLE = (4, 6, 21, 33, 34, 40, 44, 78, 101, 202, 999)
_OF_FILE = (4, 21, 40, 101, 202, 999)
_SPACE = (4, 21, 40, 101, 999)

#: The codes the document lists for each service; a handler that would answer another one is a mistake of the simulator.
LISTED = {
    "share_folder": (4, 6, 10, 21, 33, 34, 40, 44, 101, 103, 202, 204, 999),
    "share_file": (4, 10, 21, 33, 34, 40, 78, 101, 103, 202, 204, 999),
    "set_password": _OF_FILE,
    "set_folder_password": _OF_FILE,
    "remove_share": (4, 21, 40, 78, 101, 202, 999),
    "get_file_shares_list": _OF_FILE,
    "get_folder_shares_list": _OF_FILE,
    "get_share_with_me": (21, 40, 101, 999),
    "create_organization": (4, 21, 40, 101, 206, 999),
    "edit_organization": _SPACE,
    "remove_organization": _SPACE,
    "add_user_to_organization": _PEOPLE,
    "remove_user_from_organization": _PEOPLE,
    "edit_user_role": _PEOPLE,
    "get_list_of_collaborator": _SPACE,
    "get_user_organizations": (4, 21, 40, 999),
    "get_plan_list": (21, 40, 999),
    "get_user_plan": (21, 40, 999),
    "buy_plan_with_gateway": (21, 40, 101, 999),
}

#: With errors told by the inner status code, the one that goes with each vendor code.
STATUSES = {4: 403, 21: 401, 40: 401, 34: 404, 78: 404, 202: 404, 44: 409, 204: 409, 33: 502, 999: 500}


class Failure(Exception):
    """Raised by a handler to end the call with a code of the dictionary; raise it before any state is changed."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
