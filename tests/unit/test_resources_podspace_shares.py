# SPDX-License-Identifier: GPL-3.0-or-later
"""Shares of folders and files of POD Space: every request, result and refusal, in check mode and for real."""

from __future__ import annotations

import pytest
from resources import Case, inside, rows, seen

FOLDER, FILE = "podspace_folder_share", "podspace_file_share"
#: The folder with shares of its own and one of the folder above, that folder, and a file below both.
REPORTS, ROOT, ANNUAL = "CWMUTHEDM5RAJOU4", "4TRDTI6MAT4R47QY", "6IDR6IQVQWYILCXV"
#: The vendor's day, after which the seeded shares end.
TODAY = "2034-12-01"
OBJECT = {"inner": "object"}
LIST = "get_folder_shares_list"

CASES = [
    Case("with somebody, to look", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash":
         "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view"}, "before": {}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person":
         "a.mohammadi"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": null, "username": null, "url": null,
         "level": "view"}}}"""),
    Case("with somebody, to edit until a day", FOLDER, {
        "folder_hash": " " + REPORTS + " ", "person": "+98 912 123 4502", "level": "edit", "expiration": "۲۰۳۵/۱/۲"},
        gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "09121234502", "level": "edit",
         "expiration": "2035-01-02", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "+98 912
         123 4502", "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "edit", "expiration": "2035-01-02"}, "before": {}, "after":
         {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "+98 912 123 4502", "level": "edit", "expiration": "2035-01-02"}, "check": {"share": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "+98 912 123 4502", "share_hash": null, "username": null, "url": null, "level": "edit",
         "expiration": "2035-01-02"}}}"""),
    Case("a file", FILE, {"file_hash": ANNUAL, "person": "a.mohammadi", "expiration": "2035.1.2"},
         gives=r"""{"asked": [["get_file_shares_list", {"fileHash": "6IDR6IQVQWYILCXV"}], ["share_file", {"persons": "a.mohammadi", "level": "view",
         "expiration": "2035-01-02", "fileHash": "6IDR6IQVQWYILCXV"}]], "changed": true, "share": {"file_hash": "6IDR6IQVQWYILCXV", "person": "a.mohammadi",
         "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view", "expiration": "2035-01-02"}, "before": {}, "after": {"file_hash":
         "6IDR6IQVQWYILCXV", "person": "a.mohammadi", "expiration": "2035-01-02"}, "check": {"share": {"file_hash": "6IDR6IQVQWYILCXV", "person":
         "a.mohammadi", "share_hash": null, "username": null, "url": null, "level": "view", "expiration": "2035-01-02"}}}"""),
    Case("a file with everybody", FILE, {"file_hash": ANNUAL, "public": True, "password": "secret-1"},
         gives=r"""{"asked": [["get_file_shares_list", {"fileHash": "6IDR6IQVQWYILCXV"}], ["share_file", {"isPublic": "true", "fileHash":
         "6IDR6IQVQWYILCXV"}], ["set_password", {"password": "secret-1", "fileHash": "6IDR6IQVQWYILCXV"}]], "changed": true, "share": {"file_hash":
         "6IDR6IQVQWYILCXV", "public": true, "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null}, "warnings": ["6IDR6IQVQWYILCXV / public also
         has access through a share of the folder CWMUTHEDM5RAJOU4 above, which is left alone"], "before": {}, "after": {"file_hash": "6IDR6IQVQWYILCXV",
         "public": true, "password": "********"}, "check": {"share": {"file_hash": "6IDR6IQVQWYILCXV", "public": true, "share_hash": null, "username": null,
         "url": null}}}"""),
    Case("with everybody", FOLDER, {"folder_hash": ROOT, "public": True},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}]], "changed": true, "share": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "share_hash": "ELOJLFMKAJVMD5HZ", "username":
         null, "url": null}, "before": {}, "after": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true}, "check": {"share": {"folder_hash":
         "4TRDTI6MAT4R47QY", "public": true, "share_hash": null, "username": null, "url": null}}}"""),
    Case("with everybody who knows the password", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1", "expiration": "2035-01-01"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "expiration":
         "2035-01-01", "folderHash": "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password": "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}]], "changed":
         true, "share": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "expiration":
         "2035-01-01"}, "before": {}, "after": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "expiration": "2035-01-01", "password": "********"},
         "check": {"share": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "share_hash": null, "username": null, "url": null, "expiration":
         "2035-01-01"}}}"""),
    Case("it is so already", FOLDER, {"folder_hash": REPORTS, "person": "Z.Karimi", "level": "edit", "expiration": ""},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "share": {"folder_hash": "CWMUTHEDM5RAJOU4",
         "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null, "level": "edit", "expiration": null}}"""),
    Case("it is so already with everybody", FOLDER, {"folder_hash": REPORTS, "public": True, "expiration": "2034-12-31", "password": "secret-1"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "share": {"folder_hash": "CWMUTHEDM5RAJOU4",
         "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url": null, "level": "view", "expiration": "2034-12-31"}}"""),
    Case("another level", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "level": "view"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}],
         ["share_folder", {"persons": "z.karimi", "level": "view", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "ELOJLFMKAJVMD5HZ", "username": "z.karimi", "url": null, "level": "view", "expiration":
         null}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "level": "edit"}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person":
         "z.karimi", "level": "view"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME",
         "username": "z.karimi", "url": null, "level": "view", "expiration": null}}}"""),
    Case("another day", FOLDER, {"folder_hash": ROOT, "person": "h.rezaei", "expiration": "2036-01-01"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash": "5IDKYOTSU5QI3HX2"}],
         ["share_folder", {"persons": "h.rezaei", "level": "view", "expiration": "2036-01-01", "folderHash": "4TRDTI6MAT4R47QY"}]], "changed": true, "share":
         {"folder_hash": "4TRDTI6MAT4R47QY", "person": "h.rezaei", "share_hash": "ELOJLFMKAJVMD5HZ", "username": "h.rezaei", "url": null, "level": "view",
         "expiration": "2036-01-01"}, "before": {"folder_hash": "4TRDTI6MAT4R47QY", "person": "h.rezaei", "expiration": "2035-01-15"}, "after":
         {"folder_hash": "4TRDTI6MAT4R47QY", "person": "h.rezaei", "expiration": "2036-01-01"}, "check": {"share": {"folder_hash": "4TRDTI6MAT4R47QY",
         "person": "h.rezaei", "share_hash": "5IDKYOTSU5QI3HX2", "username": "h.rezaei", "url": null, "level": "view", "expiration": "2036-01-01"}}}"""),
    Case("no day any more", FOLDER, {"folder_hash": ROOT, "person": "h.rezaei", "expiration": ""},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash": "5IDKYOTSU5QI3HX2"}],
         ["share_folder", {"persons": "h.rezaei", "level": "view", "folderHash": "4TRDTI6MAT4R47QY"}]], "changed": true, "share": {"folder_hash":
         "4TRDTI6MAT4R47QY", "person": "h.rezaei", "share_hash": "ELOJLFMKAJVMD5HZ", "username": "h.rezaei", "url": null, "level": "view", "expiration": ""},
         "before": {"folder_hash": "4TRDTI6MAT4R47QY", "person": "h.rezaei", "expiration": "2035-01-15"}, "after": {"folder_hash": "4TRDTI6MAT4R47QY",
         "person": "h.rezaei", "expiration": ""}, "check": {"share": {"folder_hash": "4TRDTI6MAT4R47QY", "person": "h.rezaei", "share_hash":
         "5IDKYOTSU5QI3HX2", "username": "h.rezaei", "url": null, "level": "view", "expiration": ""}}}"""),
    Case("another day with everybody, without the password", FOLDER, {"folder_hash": REPORTS, "public": True, "expiration": "2036-01-01"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / public: expiration of a public share can only be changed by sharing again, and its password, if it has one, cannot be read
         [password_needed]. Give password (the new share gets it), or password: \"\" if the share shall have none", "code": "password_needed"}"""),
    Case("another day with everybody, with the password", FOLDER, {"folder_hash": REPORTS, "public": True, "expiration": "2036-01-01",
         "password": "secret-1"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "VLH6Q3VQK5FQGX33"}],
         ["share_folder", {"isPublic": "true", "level": "view", "expiration": "2036-01-01", "folderHash": "CWMUTHEDM5RAJOU4"}], ["set_folder_password",
         {"password": "secret-1", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true,
         "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view", "expiration": "2036-01-01"}, "before": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "public": true, "expiration": "2034-12-31"}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "expiration":
         "2036-01-01"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url":
         null, "level": "view", "expiration": "2036-01-01"}}}"""),
    Case("another day with everybody, and no password", FOLDER, {"folder_hash": REPORTS, "public": True, "expiration": "2036-01-01", "password": ""},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "VLH6Q3VQK5FQGX33"}],
         ["share_folder", {"isPublic": "true", "level": "view", "expiration": "2036-01-01", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share":
         {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view", "expiration":
         "2036-01-01"}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "expiration": "2034-12-31"}, "after": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "public": true, "expiration": "2036-01-01"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true,
         "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url": null, "level": "view", "expiration": "2036-01-01"}}}"""),
    Case("another level and day with everybody", FOLDER, {"folder_hash": REPORTS, "public": True, "level": "edit", "expiration": "2036-01-01"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / public: expiration and level of a public share can only be changed by sharing again, and its password, if it has one, cannot be
         read [password_needed]. Give password (the new share gets it), or password: \"\" if the share shall have none", "code": "password_needed"}"""),
    Case("another day where no password is told", FOLDER, {"folder_hash": REPORTS, "public": True, "expiration": "2036-01-01"},
         settings={"tell_password": True},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / public: expiration of a public share can only be changed by sharing again, and its password, if it has one, cannot be read
         [password_needed]. Give password (the new share gets it), or password: \"\" if the share shall have none", "code": "password_needed"}"""),
    Case("another day where it is told that there is none", FOLDER, {"folder_hash": REPORTS, "public": True, "expiration": "2036-01-01"},
         settings=OBJECT, heard={LIST: rows(hasPassword=False)},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "VLH6Q3VQK5FQGX33"}],
         ["share_folder", {"isPublic": "true", "level": "view", "expiration": "2036-01-01", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share":
         {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view", "expiration":
         "2036-01-01"}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "expiration": "2034-12-31"}, "after": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "public": true, "expiration": "2036-01-01"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true,
         "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url": null, "level": "view", "expiration": "2036-01-01"}}}"""),
    Case("another password", FOLDER, {"folder_hash": REPORTS, "public": True, "password": "secret-1", "update_password": "always"}, again=False,
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["set_folder_password", {"password": "secret-1", "folderHash":
         "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username":
         null, "url": null, "level": "view", "expiration": "2034-12-31"}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "password":
         "********"}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "password": "******** (changed)"}}"""),
    Case("no password is taken off", FOLDER, {"folder_hash": REPORTS, "public": True, "password": "", "update_password": "always"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: a password can be changed but not taken off; Remove the share and share
         again without password", "code": "bad_option"}"""),
    Case("a password for one person", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", "password": "secret-1"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: password is for a public share only", "code": "bad_option"}"""),
    Case("a person and everybody", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", "public": True},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: give either person or public: true", "code": "bad_option"}"""),
    Case("nobody", FOLDER, {"folder_hash": REPORTS},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: person, public or shares is required", "code": "bad_option"}"""),
    Case("not public, and nobody", FOLDER, {"folder_hash": REPORTS, "public": False},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: give either person or public: true", "code": "bad_option"}"""),
    Case("nobody in a list", FOLDER, {"folder_hash": REPORTS, "shares": [{"level": "view"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: shares[0]: person or public is required", "code": "bad_option"}"""),
    Case("no folder", FOLDER, {"person": "a.mohammadi", "folder_hash": " "},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: folder_hash is required and
         must not be empty", "code": "bad_option"}"""),
    Case("a day that is none", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", "expiration": "tomorrow"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: expiration: must be a day such as 2026-12-31, not 'tomorrow'", "code":
         "bad_option"}"""),
    Case("a day of no month", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", "expiration": "2035-13-01"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: expiration: there is no day 2035-13-01: a year has 12 months", "code":
         "bad_option"}"""),
    Case("a day of the Persian calendar", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", "expiration": "1414-01-01"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "expiration": "2035-03-21", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person":
         "a.mohammadi", "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view", "expiration": "2035-03-21"}, "before": {}, "after":
         {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "expiration": "2035-03-21"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4",
         "person": "a.mohammadi", "share_hash": null, "username": null, "url": null, "level": "view", "expiration": "2035-03-21"}}}"""),
    Case("a day that is past", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", "expiration": "2001-01-01"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / a.mohammadi: expiration 2001-01-01 is past, and the vendor would refuse it; nothing was changed [bad_option]. To end a share now,
         give state: absent", "code": "bad_option"}"""),
    Case("another day that is past", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "expiration": "2001-01-01"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / z.karimi: expiration 2001-01-01 is past, and the vendor would refuse it; nothing was changed [bad_option]. To end a share now,
         give state: absent", "code": "bad_option"}"""),
    Case("a share that ended, and another password", FOLDER, {"folder_hash": REPORTS, "public": True, "password": "secret-1", "update_password": "always",
         "expiration": "2001-01-01"}, again=False, prepare=lambda v: v.mutate("shares", {"person": None}, {"expiration": "2001-01-01"}),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["set_folder_password", {"password": "secret-1", "folderHash":
         "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username":
         null, "url": null, "level": "view", "expiration": "2001-01-01"}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "expiration":
         "2001-01-01", "password": "********"}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "expiration": "2001-01-01", "password":
         "******** (changed)"}}"""),
    Case("with somebody no more", FOLDER, {"folder_hash": REPORTS, "person": "09121234501", "state": "absent"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}]],
         "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url":
         null, "level": "edit", "expiration": null}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi"}, "after": {}}"""),
    Case("with everybody no more", FOLDER, {"folder_hash": REPORTS, "public": True, "state": "absent"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "VLH6Q3VQK5FQGX33"}]],
         "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url": null,
         "level": "view", "expiration": "2034-12-31"}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true}, "after": {}}"""),
    Case("with somebody no more who has it from above", FOLDER, {"folder_hash": REPORTS, "person": "h.rezaei", "state": "absent"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "share": {"folder_hash": "CWMUTHEDM5RAJOU4",
         "person": "h.rezaei", "share_hash": null, "username": null, "url": null}, "warnings": ["CWMUTHEDM5RAJOU4 / h.rezaei also has access through a share
         of the folder 4TRDTI6MAT4R47QY above, which is left alone"]}"""),
    Case("with somebody who has it from above", FOLDER, {"folder_hash": REPORTS, "person": "h.rezaei"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "h.rezaei", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "h.rezaei", "share_hash":
         "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view"}, "warnings": ["CWMUTHEDM5RAJOU4 / h.rezaei also has access through a share of
         the folder 4TRDTI6MAT4R47QY above, which is left alone"], "before": {}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "h.rezaei"}, "check":
         {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "h.rezaei", "share_hash": null, "username": null, "url": null, "level": "view"}}}"""),
    Case("of a folder that is not there", FOLDER, {"folder_hash": "nothing", "person": "h.rezaei"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "nothing"}]], "changed": false, "msg": "podspace_folder_share nothing / h.rezaei:
         get_folder_shares_list: this file or folder was not found (FILE_NOT_FOUND), reference 638400000005: فایل پیدا نشد [202]. Check folder_hash or
         file_hash", "code": 202}"""),
    Case("of a folder that is not there, no more", FOLDER, {"folder_hash": "nothing", "person": "h.rezaei", "state": "absent"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "nothing"}]], "changed": false, "share": {"folder_hash": "nothing", "person":
         "h.rezaei", "share_hash": null, "username": null, "url": null},
         "warnings": ["the vendor finds no folder nothing, so there is nothing to remove"]}"""),
    Case("of a file that is not there, no more", FILE, {"file_hash": "nothing", "person": "h.rezaei", "state": "absent"},
         gives=r"""{"asked": [["get_file_shares_list", {"fileHash": "nothing"}]], "changed": false, "share": {"file_hash": "nothing", "person": "h.rezaei",
         "share_hash": null, "username": null, "url": null}, "warnings": ["the vendor finds no file nothing, so there is nothing to remove"]}"""),
    Case("of a folder that is not there, purged", FOLDER, {"folder_hash": "nothing", "purge": True, "shares": [{"person": "h.rezaei", "state": "absent"}]},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "nothing"}]], "changed": false, "shares": [{"folder_hash": "nothing", "person":
         "h.rezaei", "share_hash": null, "username": null, "url": null, "action": "failed", "changed": false, "error": [202, "get_folder_shares_list: this
         file or folder was not found (FILE_NOT_FOUND), reference 638400000005: فایل پیدا نشد"]}], "summary": {"created": 0, "updated": 0, "deleted": 0,
         "unchanged": 0, "failed": 1}, "warnings": ["nothing was purged, because 1 of 1 shares failed before anything was written"], "msg":
         "podspace_folder_share: 1 of 1 shares failed (nothing / h.rezaei); the first: get_folder_shares_list: this file or folder was not found
         (FILE_NOT_FOUND), reference 638400000005: فایل پیدا نشد [202]. Check folder_hash or file_hash. Because of that nothing was purged", "code": 202}"""),
    Case("of a folder that is not there, nobody", FOLDER, {"folder_hash": "nothing", "purge": True, "shares": []},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "nothing"}]], "changed": false, "msg": "podspace_folder_share (0 shares):
         get_folder_shares_list: this file or folder was not found (FILE_NOT_FOUND), reference 638400000005: فایل پیدا نشد [202]. Check folder_hash or
         file_hash", "code": 202}"""),
    Case("one with some of a folder that is not there", FOLDER, {"shares": [
        {"folder_hash": "nothing", "person": "h.rezaei", "state": "absent"}, {"folder_hash": "nothing", "person": "z.karimi"},
        {"folder_hash": ROOT, "person": "z.karimi"}]},
        gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "nothing"}],
         ["share_folder", {"persons": "z.karimi", "level": "view", "folderHash": "4TRDTI6MAT4R47QY"}]], "changed": true, "shares": [{"folder_hash":
         "nothing", "person": "h.rezaei", "share_hash": null, "username": null, "url": null, "action": "failed", "changed": false, "error": [202,
         "get_folder_shares_list: this file or folder was not found (FILE_NOT_FOUND), reference 638400000005: فایل پیدا نشد"]}, {"folder_hash": "nothing",
         "person": "z.karimi", "share_hash": null, "username": null, "url": null, "action": "failed", "changed": false, "error": [202,
         "get_folder_shares_list: this file or folder was not found (FILE_NOT_FOUND), reference 638400000005: فایل پیدا نشد"]}, {"folder_hash":
         "4TRDTI6MAT4R47QY", "person": "z.karimi", "action": "created", "changed": true}], "summary": {"created": 1, "updated": 0, "deleted": 0, "unchanged":
         0, "failed": 2}, "msg": "podspace_folder_share: 2 of 3 shares failed (nothing / h.rezaei, nothing / z.karimi); the first: get_folder_shares_list:
         this file or folder was not found (FILE_NOT_FOUND), reference 638400000005: فایل پیدا نشد [202]. Check folder_hash or file_hash", "code": 202,
         "before": {}, "after": {"4TRDTI6MAT4R47QY / z.karimi": {"folder_hash": "4TRDTI6MAT4R47QY", "person": "z.karimi"}}}"""),
    Case("who is not named", FOLDER, {"folder_hash": REPORTS, "purge": True, "shares": [{"person": "a.mohammadi"}, {"public": True}]},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}]], "changed": true, "shares": [{"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view", "action": "created",
         "changed": true}, {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url": null, "level":
         "view", "expiration": "2034-12-31", "action": "unchanged", "changed": false}, {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi",
         "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null, "level": "edit", "expiration": null, "action": "deleted", "changed": true}],
         "summary": {"created": 1, "updated": 0, "deleted": 1, "unchanged": 1, "failed": 0}, "before": {"CWMUTHEDM5RAJOU4 / z.karimi": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "z.karimi"}}, "after": {"CWMUTHEDM5RAJOU4 / a.mohammadi": {"folder_hash": "CWMUTHEDM5RAJOU4", "person":
         "a.mohammadi"}}, "check": {"shares": [{"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": null, "username": null, "url":
         null, "level": "view", "action": "created", "changed": true}, {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "VLH6Q3VQK5FQGX33",
         "username": null, "url": null, "level": "view", "expiration": "2034-12-31", "action": "unchanged", "changed": false}, {"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null, "level": "edit", "expiration":
         null, "action": "deleted", "changed": true}]}}"""),
    Case("who is not named, without a folder", FOLDER, {"purge": True, "shares": [{"folder_hash": REPORTS, "person": "a.mohammadi"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: purge: true needs folder_hash at the top of the task: only shares of one
         are ever removed", "code": "bad_option"}"""),
    Case("nobody but one with several folders", FOLDER, {"folder_hash": " " + REPORTS, "purge": True, "shares": [
        {"person": "z.karimi"}, {"folder_hash": ROOT, "person": "a.mohammadi"}]},
        gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}],
         ["share_folder", {"persons": "a.mohammadi", "level": "view", "folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash":
         "VLH6Q3VQK5FQGX33"}]], "changed": true, "shares": [{"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME",
         "username": "z.karimi", "url": null, "level": "edit", "expiration": null, "action": "unchanged", "changed": false}, {"folder_hash":
         "4TRDTI6MAT4R47QY", "person": "a.mohammadi", "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view", "action": "created",
         "changed": true}, {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url": null, "level":
         "view", "expiration": "2034-12-31", "action": "deleted", "changed": true}], "summary": {"created": 1, "updated": 0, "deleted": 1, "unchanged": 1,
         "failed": 0}, "before": {"CWMUTHEDM5RAJOU4 / public": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true}}, "after": {"4TRDTI6MAT4R47QY /
         a.mohammadi": {"folder_hash": "4TRDTI6MAT4R47QY", "person": "a.mohammadi"}}, "check": {"shares": [{"folder_hash": "CWMUTHEDM5RAJOU4", "person":
         "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null, "level": "edit", "expiration": null, "action": "unchanged",
         "changed": false}, {"folder_hash": "4TRDTI6MAT4R47QY", "person": "a.mohammadi", "share_hash": null, "username": null, "url": null, "level": "view",
         "action": "created", "changed": true}, {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username": null,
         "url": null, "level": "view", "expiration": "2034-12-31", "action": "deleted", "changed": true}]}}"""),
    Case("one person twice", FOLDER, {"folder_hash": REPORTS, "shares": [{"person": "09121234501"}, {"person": "+989121234501"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share: shares[1]: names the same share (CWMUTHEDM5RAJOU4 /
         +989121234501) as shares[0]: each may occur once", "code": "bad_option"}"""),
    Case("one person by two names", FOLDER, {"folder_hash": REPORTS, "shares": [{"person": "09121234501"}, {"person": "z.karimi"}]},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share:
         shares[1]: names the same share (CWMUTHEDM5RAJOU4 / z.karimi) as shares[0]: each may occur once", "code": "bad_option"}"""),
    Case("several changes", FOLDER, {"folder_hash": REPORTS, "expiration": None, "shares": [
        {"person": "z.karimi", "level": "view"}, {"person": "a.mohammadi", "level": "edit"}, {"public": True, "state": "absent"}]},
        gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "edit",
         "folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}], ["share_folder", {"persons": "z.karimi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "VLH6Q3VQK5FQGX33"}]], "changed": true, "shares": [{"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "NDC4N22TTLJRCR5P", "username": "z.karimi", "url": null, "level": "view", "expiration":
         null, "action": "updated", "changed": true}, {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": "ELOJLFMKAJVMD5HZ",
         "username": null, "url": null, "level": "edit", "action": "created", "changed": true}, {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true,
         "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url": null, "level": "view", "expiration": "2034-12-31", "action": "deleted", "changed":
         true}], "summary": {"created": 1, "updated": 1, "deleted": 1, "unchanged": 0, "failed": 0}, "before": {"CWMUTHEDM5RAJOU4 / z.karimi":
         {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "level": "edit"}, "CWMUTHEDM5RAJOU4 / public": {"folder_hash": "CWMUTHEDM5RAJOU4",
         "public": true}}, "after": {"CWMUTHEDM5RAJOU4 / z.karimi": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "level": "view"},
         "CWMUTHEDM5RAJOU4 / a.mohammadi": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "level": "edit"}}, "check": {"shares":
         [{"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null, "level": "view",
         "expiration": null, "action": "updated", "changed": true}, {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": null,
         "username": null, "url": null, "level": "edit", "action": "created", "changed": true}, {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true,
         "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url": null, "level": "view", "expiration": "2034-12-31", "action": "deleted", "changed":
         true}]}}"""),
    Case("only usernames are told", FOLDER, {"folder_hash": REPORTS, "person": "09121234501", "state": "absent"}, settings={"person_fields": "username"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / 09121234501: 09121234501 may be one of those it is shared with: the vendor tells only their usernames [ambiguous]. Give person as
         the username", "code": "ambiguous"}"""),
    Case("only usernames are told, and others go", FOLDER, {"folder_hash": REPORTS, "purge": True, "shares": [{"person": "09121234501"}]},
         settings={"person_fields": "username"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share (1 shares):
         09121234501 may be one of those it is shared with: the vendor tells only their usernames [ambiguous]. Give person as the username", "code":
         "ambiguous"}"""),
    Case("only usernames are told, and shared again", FOLDER, {"folder_hash": REPORTS, "person": "09121234501"}, settings={"person_fields": "username"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "09121234501", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / 09121234501: share_folder: it is already shared with this person (FOLDER_SHARE_BEFORE), reference 638400000005: این فولدر قبلا با
         همین فرد به اشتراک گذاشته شده\u200cاست [204]. The list may show the person under another name, or the share may come from a folder above: give
         person as the username", "code": 204, "check": {"changed": true, "msg": null}}"""),
    Case("no level is told", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "level": "view"}, settings={"tell_level": False},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "share": {"folder_hash": "CWMUTHEDM5RAJOU4",
         "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null, "expiration": null}, "warnings": ["the vendor does not
         tell the level of CWMUTHEDM5RAJOU4 / z.karimi, so it was not compared"]}"""),
    Case("no level is told, and the day changes", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "expiration": "2036-01-01"},
         settings={"tell_level": False},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / z.karimi: expiration can only be changed by sharing again, and the vendor does not tell the level of this share [level_needed].
         Give level", "code": "level_needed"}"""),
    Case("no level is told, and level and day are given", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "level": "edit", "expiration": "2036-01-01"},
         settings={"tell_level": False},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}],
         ["share_folder", {"persons": "z.karimi", "level": "edit", "expiration": "2036-01-01", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share":
         {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "ELOJLFMKAJVMD5HZ", "username": "z.karimi", "url": null, "level": "edit",
         "expiration": "2036-01-01"}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "expiration": ""}, "after": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "z.karimi", "level": "edit", "expiration": "2036-01-01"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4",
         "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null, "level": "edit", "expiration": "2036-01-01"}}}"""),
    Case("no level is told of a public one", FOLDER, {"folder_hash": REPORTS, "public": True, "expiration": "2036-01-01", "password": ""},
         settings={"tell_level": False},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "VLH6Q3VQK5FQGX33"}],
         ["share_folder", {"isPublic": "true", "expiration": "2036-01-01", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": null, "expiration": "2036-01-01"},
         "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "expiration": "2034-12-31"}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "public":
         true, "expiration": "2036-01-01"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "VLH6Q3VQK5FQGX33",
         "username": null, "url": null, "level": null, "expiration": "2036-01-01"}}}"""),
    Case("levels in capitals, types as a flag, days as numbers", FOLDER, {"folder_hash": REPORTS, "shares": [
        {"person": "z.karimi", "level": "edit"}, {"public": True, "level": "view", "expiration": "2034-12-31"}]},
        settings={"level_case": "upper", "share_type": "flag", "date_style": "epoch"},
        gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "shares": [{"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null, "level": "edit", "expiration":
         null, "action": "unchanged", "changed": false}, {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username":
         null, "url": null, "level": "view", "expiration": "2034-12-31", "action": "unchanged", "changed": false}], "summary": {"created": 0, "updated": 0,
         "deleted": 0, "unchanged": 2, "failed": 0}}"""),
    Case("days with a time, entities by hash, people flat", FOLDER, {"folder_hash": ROOT, "person": "h.rezaei", "expiration": "2035-01-15"},
         settings={"date_style": "time", "entity_style": "hash", "person_style": "flat"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}]], "changed": false, "share": {"folder_hash": "4TRDTI6MAT4R47QY",
         "person": "h.rezaei", "share_hash": "5IDKYOTSU5QI3HX2", "username": "h.rezaei", "url": null, "level": "view", "expiration": "2035-01-15"}}"""),
    Case("days with slashes, entities left out", FOLDER, {"folder_hash": ROOT, "person": "h.rezaei", "expiration": "2035-01-15"},
         settings={"date_style": "slash", "entity_style": "absent"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}]], "changed": false, "share": {"folder_hash": "4TRDTI6MAT4R47QY",
         "person": "h.rezaei", "share_hash": "5IDKYOTSU5QI3HX2", "username": "h.rezaei", "url": null, "level": "view", "expiration": "2035-01-15"}}"""),
    Case("a link is told", FOLDER, {"folder_hash": REPORTS, "public": True}, settings={"share_link": True},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "share": {"folder_hash": "CWMUTHEDM5RAJOU4",
         "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url": "https://podspace.ir/public/VLH6Q3VQK5FQGX33", "level": "view",
         "expiration": "2034-12-31"}}"""),
    Case("a link is told of a new one", FOLDER, {"folder_hash": ROOT, "public": True}, settings={"share_link": True},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}]], "changed": true, "share": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "share_hash": "ELOJLFMKAJVMD5HZ", "username":
         null, "url": "https://podspace.ir/public/ELOJLFMKAJVMD5HZ"}, "before": {}, "after": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true}, "check":
         {"share": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "share_hash": null, "username": null, "url": null}}}"""),
    Case("a link that is none", FOLDER, {"folder_hash": REPORTS, "public": True}, settings=OBJECT, heard={LIST: rows(link="panel", publicUrl="http://a")},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "share": {"folder_hash": "CWMUTHEDM5RAJOU4",
         "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "username": null, "url": "http://a", "level": "view", "expiration": "2034-12-31"}}"""),
    Case("a level that is none", FOLDER, {"folder_hash": REPORTS, "public": True}, settings=OBJECT, heard={LIST: rows(level=["view"])},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / public: get_folder_shares_list: level: expected one value, got a list of 1 [bad_answer]", "code": "bad_answer"}"""),
    Case("a share without a hash", FOLDER, {"folder_hash": REPORTS, "public": True}, settings=OBJECT, heard={LIST: rows(hash=7)},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"start": "1", "size": "500",
         "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / public: get_folder_shares_list: the vendor
         does not accept the request as it was sent (INVALID_REQUEST), reference 638400000005: درخواست نامعتبر [101]. Check the values; if this account's
         service has other parameter names, say so in api_parameters", "code": 101}"""),
    Case("public by the words of its flag", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "level": "view"}, settings=OBJECT,
         heard={LIST: rows(type=7, isPublic="false")},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / z.karimi: get_folder_shares_list: expected a person, got an object with hash, type, expiration, level, entity, isPublic
         [bad_answer]", "code": "bad_answer"}"""),
    Case("a person that is none", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi"}, settings=OBJECT, heard={LIST: rows(person={"username": ["a"]})},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / z.karimi: get_folder_shares_list: expected a person, got a list of 1 [bad_answer]", "code": "bad_answer"}"""),
    Case("the hash of a new one as a text", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi"}, settings={"share_answer": "hash"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash":
         "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view"}, "before": {}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person":
         "a.mohammadi"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": null, "username": null, "url": null,
         "level": "view"}}}"""),
    Case("the hash of a new one is not told", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi"}, settings={"share_answer": "empty"},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": null,
         "username": null, "url": null, "level": "view"}, "before": {}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi"}}"""),
    Case("the hash of a new one is a number", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi"}, settings=OBJECT, heard={
        "share_folder": inside(lambda told: {"hash": 7})},
        gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": null,
         "username": null, "url": null, "level": "view"}, "before": {}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi"}}"""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_is_asked_and_told(wire, tmp_path, case):
    case.settings["today"] = TODAY
    assert seen(wire, "podspace", case, tmp_path) == case.expected
