# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong with shares of POD Space: every request, result and refusal, in check mode and for real."""

from __future__ import annotations

import pytest
from resources import Case, seen

FOLDER = "podspace_folder_share"
#: The folder with shares of its own and one of the folder above, and that folder.
REPORTS, ROOT = "CWMUTHEDM5RAJOU4", "4TRDTI6MAT4R47QY"
#: The vendor's day, after which the seeded shares end.
TODAY = "2034-12-01"
LIST = "get_folder_shares_list"


def lost(*operations, **how):
    """Lose the answers of these operations, one each."""
    return lambda vendor: [vendor.lose(operation, **how) for operation in operations]


def refused(*operations, code=102, **how):
    return lambda vendor: [vendor.refuse(operation, code, **how) for operation in operations]


def both(*prepared):
    return lambda vendor: [one(vendor) for one in prepared]


def services(*names):
    every = {"share_folder": 45701, "set_folder_password": 45704, "remove_share": 45705, LIST: 45707}
    return {"api_services": {name: every[name] for name in names}}


CASES = [
    # -- services that are missing
    Case("no service to share", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", **services(LIST)},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / a.mohammadi: api_services has no product id for
         share_folder [bad_option]. Give api_services: {share_folder: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code":
         "bad_option"}"""),
    Case("no service to look", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", **services("share_folder")},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / a.mohammadi: api_services has no product id for
         get_folder_shares_list [bad_option]. Give api_services: {get_folder_shares_list: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as
         JSON)", "code": "bad_option"}"""),
    Case("no service to change", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", "level": "view", **services(LIST, "share_folder")},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / a.mohammadi: api_services has no product id for
         remove_share [bad_option]. Give api_services: {remove_share: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code":
         "bad_option"}"""),
    Case("no service to change a day", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", "expiration": "2036-01-01", **services(LIST,
         "share_folder")},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / a.mohammadi: api_services has no product id for
         remove_share [bad_option]. Give api_services: {remove_share: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code":
         "bad_option"}"""),
    Case("no service to remove", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", "state": "absent", **services(LIST)},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / a.mohammadi: api_services has no product id for
         remove_share [bad_option]. Give api_services: {remove_share: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code":
         "bad_option"}"""),
    Case("no service to remove is needed", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi", **services(LIST, "share_folder")},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash":
         "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view"}, "before": {}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person":
         "a.mohammadi"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": null, "username": null, "url": null,
         "level": "view"}}}"""),
    Case("no service to share is needed", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "state": "absent", **services(LIST, "remove_share")},
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}]],
         "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url":
         null, "level": "edit", "expiration": null}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi"}, "after": {}}"""),
    Case("no service to purge", FOLDER, {"folder_hash": REPORTS, "purge": True, "shares": [{"person": "a.mohammadi"}], **services(LIST, "share_folder")},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share (1 shares): api_services has no product id for remove_share [bad_option].
         Give api_services: {remove_share: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    Case("no service for a password", FOLDER, {"folder_hash": REPORTS, "public": True, "password": "secret-1", **services(LIST, "share_folder")},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / public: api_services has no product id for
         set_folder_password [bad_option]. Give api_services: {set_folder_password: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)",
         "code": "bad_option"}"""),
    Case("no service to take a share without its password away", FOLDER, {"folder_hash": REPORTS, "public": True, "password": "secret-1",
         **services(LIST, "share_folder", "set_folder_password")},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / public: api_services has no product id for remove_share
         [bad_option]. Give api_services: {remove_share: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    # -- what goes wrong
    Case("a new share is lost", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi"}, prepare=lost("share_folder"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": "ELOJLFMKAJVMD5HZ", "username": "a.mohammadi", "url": null, "level": "view"}, "before":
         {}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person":
         "a.mohammadi", "share_hash": null, "username": null, "url": null, "level": "view"}}}"""),
    Case("a new share never came", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi"}, prepare=lost("share_folder", kind="reset_before"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash":
         "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash":
         "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share
         CWMUTHEDM5RAJOU4 / a.mohammadi: share_folder: the connection broke before the answer was complete: connection reset by peer [outcome_unknown].
         Nobody knows whether it happened: look at CWMUTHEDM5RAJOU4 / a.mohammadi in the panel, or run the task again, which looks first", "code":
         "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("a new share fails at the vendor", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi"}, prepare=lost("share_folder", kind="status",
         status=500),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash":
         "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share":
         {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi", "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null, "level": "view"},
         "before": {}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "a.mohammadi"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4",
         "person": "a.mohammadi", "share_hash": null, "username": null, "url": null, "level": "view"}}}"""),
    Case("a new public share fails at the vendor", FOLDER, {"folder_hash": ROOT, "public": True}, prepare=lost("share_folder", kind="status", status=500),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash":
         "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash": "4TRDTI6MAT4R47QY"}]], "changed": true, "share": {"folder_hash":
         "4TRDTI6MAT4R47QY", "public": true, "share_hash": "ELOJLFMKAJVMD5HZ", "username": null, "url": null}, "before": {}, "after": {"folder_hash":
         "4TRDTI6MAT4R47QY", "public": true}, "check": {"share": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "share_hash": null, "username": null,
         "url": null}}}"""),
    Case("a new share is refused", FOLDER, {"folder_hash": REPORTS, "person": "a.mohammadi"}, prepare=refused("share_folder"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "a.mohammadi", "level": "view",
         "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / a.mohammadi: share_folder, reference 1: ...
         [102]", "code": 102, "check": {"changed": true, "msg": null}}"""),
    Case("a protected share is lost", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1"}, prepare=lost("share_folder"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password": "secret-1", "folderHash":
         "4TRDTI6MAT4R47QY"}]], "changed": true, "share": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "share_hash": "ELOJLFMKAJVMD5HZ", "username":
         null, "url": null}, "before": {}, "after": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "password": "********"}, "check": {"share":
         {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "share_hash": null, "username": null, "url": null}}}"""),
    Case("a protected share never came", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1"},
         prepare=lost("share_folder", kind="reset_before"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash":
         "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash":
         "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash":
         "4TRDTI6MAT4R47QY"}]], "changed": false, "msg": "podspace_folder_share 4TRDTI6MAT4R47QY / public: share_folder: the connection broke before the
         answer was complete: connection reset by peer: nobody knows whether the public share was made; it is not there now, but it MAY APPEAR YET, OPEN TO
         EVERYBODY WITHOUT A PASSWORD [public_open]. Run again in a moment, or look in the panel and remove it", "code": "public_open", "check": {"changed":
         true, "msg": null}}"""),
    Case("the password is lost once", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1"},
         prepare=lost("set_folder_password", kind="status", status=500),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password": "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password":
         "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}]], "changed": true, "share": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "share_hash":
         "ELOJLFMKAJVMD5HZ", "username": null, "url": null}, "before": {}, "after": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "password":
         "********"}, "check": {"share": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "share_hash": null, "username": null, "url": null}}}"""),
    Case("the password is lost twice", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1"},
         prepare=lost("set_folder_password", kind="status", status=500, times=2),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password": "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password":
         "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash": "ELOJLFMKAJVMD5HZ"}]], "changed": false, "msg":
         "podspace_folder_share 4TRDTI6MAT4R47QY / public: set_folder_password: the vendor answered with an error after the request was sent: the password
         could not be set, so the share was taken away again; it is not shared publicly now [not_shared] (HTTP 500). Run again", "code": "not_shared",
         "check": {"changed": true, "msg": null}}"""),
    Case("the password is refused", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1"}, prepare=refused("set_folder_password"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password": "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash":
         "ELOJLFMKAJVMD5HZ"}]], "changed": false, "msg": "podspace_folder_share 4TRDTI6MAT4R47QY / public: set_folder_password, reference 1: ...: the
         password could not be set, so the share was taken away again; it is not shared publicly now [102]. Run again", "code": 102, "check": {"changed":
         true, "msg": null}}"""),
    Case("the password is refused, and the share cannot be taken away", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1"},
         prepare=refused("set_folder_password", "remove_share"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password": "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash":
         "ELOJLFMKAJVMD5HZ"}]], "changed": true, "msg": "podspace_folder_share 4TRDTI6MAT4R47QY / public: set_folder_password, reference 1: ...: the password
         could not be set, and taking the share away failed too (remove_share, reference 1: ...): 4TRDTI6MAT4R47QY / public IS OPEN TO EVERYBODY WITHOUT A
         PASSWORD [102]. Remove the public share at once, with state: absent or in the panel", "code": 102, "before": {}, "after": {"folder_hash":
         "4TRDTI6MAT4R47QY", "public": true, "password": "********"}, "check": {"msg": null}}"""),
    Case("the password is refused, and the removal is lost", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1"},
         prepare=both(refused("set_folder_password"), lost("remove_share", times=2)),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password": "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash":
         "ELOJLFMKAJVMD5HZ"}], ["remove_share", {"shareHash": "ELOJLFMKAJVMD5HZ"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}]],
         "changed": false, "msg": "podspace_folder_share 4TRDTI6MAT4R47QY / public: set_folder_password, reference 1: ...: the password could not be set, so
         the share was taken away again; it is not shared publicly now [102]. Run again", "code": 102, "check": {"changed": true, "msg": null}}"""),
    Case("the password is refused, and the removal never came", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1"},
         prepare=both(refused("set_folder_password"), lost("remove_share", kind="reset_before", times=2)),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password": "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash":
         "ELOJLFMKAJVMD5HZ"}], ["remove_share", {"shareHash": "ELOJLFMKAJVMD5HZ"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}]],
         "changed": true, "msg": "podspace_folder_share 4TRDTI6MAT4R47QY / public: set_folder_password, reference 1: ...: the password could not be set, and
         taking the share away failed too (remove_share: the connection broke before the answer was complete: connection reset by peer): 4TRDTI6MAT4R47QY /
         public MAY BE OPEN TO EVERYBODY WITHOUT A PASSWORD [102]. Remove the public share at once, with state: absent or in the panel", "code": 102,
         "before": {}, "after": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "password": "********"}, "check": {"msg": null}}"""),
    Case("the password is refused, and the removal fails at the vendor", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1"},
         prepare=both(refused("set_folder_password"), lost("remove_share", kind="status", status=500, times=2)),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password": "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash":
         "ELOJLFMKAJVMD5HZ"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}]], "changed": true, "msg": "podspace_folder_share
         4TRDTI6MAT4R47QY / public: set_folder_password, reference 1: ...: the password could not be set, and taking the share away failed too (remove_share:
         the vendor answered with an error after the request was sent): 4TRDTI6MAT4R47QY / public IS OPEN TO EVERYBODY WITHOUT A PASSWORD [102]. Remove the
         public share at once, with state: absent or in the panel", "code": 102, "before": {}, "after": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true,
         "password": "********"}, "check": {"msg": null}}"""),
    Case("the password is refused, and the share is gone", FOLDER, {"folder_hash": ROOT, "public": True, "password": "secret-1"},
         prepare=both(refused("set_folder_password"), refused("remove_share", code=101)),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"isPublic": "true", "folderHash":
         "4TRDTI6MAT4R47QY"}], ["set_folder_password", {"password": "secret-1", "folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash":
         "ELOJLFMKAJVMD5HZ"}]], "changed": true, "msg": "podspace_folder_share 4TRDTI6MAT4R47QY / public: set_folder_password, reference 1: ...: the password
         could not be set, and taking the share away failed too (remove_share: the vendor does not accept the request as it was sent (INVALID_REQUEST),
         reference 1: ...): 4TRDTI6MAT4R47QY / public IS OPEN TO EVERYBODY WITHOUT A PASSWORD [102]. Remove the public share at once, with state: absent or
         in the panel", "code": 102, "before": {}, "after": {"folder_hash": "4TRDTI6MAT4R47QY", "public": true, "password": "********"}, "check": {"msg":
         null}}"""),
    Case("another password is refused", FOLDER, {"folder_hash": REPORTS, "public": True, "password": "secret-1", "update_password": "always"},
         prepare=refused("set_folder_password"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["set_folder_password", {"password": "secret-1", "folderHash":
         "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / public: set_folder_password, reference 1: ... [102]",
         "code": 102, "check": {"changed": true, "msg": null}}"""),
    Case("a removal is refused", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "state": "absent"}, prepare=refused("remove_share"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}]],
         "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / z.karimi: remove_share, reference 1: ... [102]", "code": 102, "check":
         {"changed": true, "msg": null}}"""),
    Case("a change whose removal is refused", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "level": "view"}, prepare=refused("remove_share"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}]],
         "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / z.karimi: remove_share, reference 1: ... [102]", "code": 102, "check":
         {"changed": true, "msg": null}}"""),
    Case("a change whose removal is lost", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "level": "view"}, prepare=lost("remove_share", times=2),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}],
         ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}], ["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons":
         "z.karimi", "level": "view", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person":
         "z.karimi", "share_hash": "ELOJLFMKAJVMD5HZ", "username": "z.karimi", "url": null, "level": "view", "expiration": null}, "before": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "z.karimi", "level": "edit"}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "level": "view"},
         "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null,
         "level": "view", "expiration": null}}}"""),
    Case("a change whose removal never came", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "level": "view"},
         prepare=lost("remove_share", kind="reset_before", times=2),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}],
         ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}], ["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list",
         {"folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash":
         "SQ2XHB2NA4JT6FME"}], ["share_folder", {"persons": "z.karimi", "level": "view", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "share":
         {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "ELOJLFMKAJVMD5HZ", "username": "z.karimi", "url": null, "level": "view",
         "expiration": null}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "level": "edit"}, "after": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "z.karimi", "level": "view"}, "check": {"share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi",
         "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null, "level": "view", "expiration": null}}}"""),
    Case("a change whose new share is refused", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "level": "view"}, prepare=refused("share_folder"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}],
         ["share_folder", {"persons": "z.karimi", "level": "view", "folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash":
         "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "z.karimi", "level": "edit", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg":
         "podspace_folder_share CWMUTHEDM5RAJOU4 / z.karimi: share_folder, reference 1: ...: CWMUTHEDM5RAJOU4 / z.karimi was put back as it was before (edit)
         [102]", "code": 102, "check": {"changed": true, "msg": null}}"""),
    Case("a change whose new share is refused twice", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "level": "view"},
         prepare=refused("share_folder", times=2),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}],
         ["share_folder", {"persons": "z.karimi", "level": "view", "folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash":
         "CWMUTHEDM5RAJOU4"}], ["share_folder", {"persons": "z.karimi", "level": "edit", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": true, "msg":
         "podspace_folder_share CWMUTHEDM5RAJOU4 / z.karimi: share_folder, reference 1: ...: CWMUTHEDM5RAJOU4 / z.karimi was removed to be made anew and
         could not be put back (share_folder, reference 1: ...): it had edit, and IS NOT SHARED NOW [102]. Run again; until then it is not shared", "code":
         102, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "level": "edit"}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person":
         "z.karimi", "level": "view"}, "check": {"msg": null}}"""),
    Case("a change whose new share is lost", FOLDER, {"folder_hash": REPORTS, "person": "z.karimi", "level": "view"}, prepare=lost("share_folder"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "SQ2XHB2NA4JT6FME"}],
         ["share_folder", {"persons": "z.karimi", "level": "view", "folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list", {"folderHash":
         "CWMUTHEDM5RAJOU4"}]], "changed": true, "share": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "ELOJLFMKAJVMD5HZ",
         "username": "z.karimi", "url": null, "level": "view", "expiration": null}, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi",
         "level": "edit"}, "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "person": "z.karimi", "level": "view"}, "check": {"share": {"folder_hash":
         "CWMUTHEDM5RAJOU4", "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "url": null, "level": "view", "expiration":
         null}}}"""),
    Case("a change whose new share never came", FOLDER, {"folder_hash": ROOT, "person": "h.rezaei", "level": "edit"},
         prepare=lost("share_folder", kind="reset_before", times=2),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash": "5IDKYOTSU5QI3HX2"}],
         ["share_folder", {"persons": "h.rezaei", "level": "edit", "expiration": "2035-01-15", "folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list",
         {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash":
         "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash":
         "4TRDTI6MAT4R47QY"}], ["share_folder", {"persons": "h.rezaei", "level": "edit", "expiration": "2035-01-15", "folderHash": "4TRDTI6MAT4R47QY"}],
         ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}],
         ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}],
         ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder",
         {"persons": "h.rezaei", "level": "view", "expiration": "2035-01-15", "folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash":
         "4TRDTI6MAT4R47QY"}]], "changed": false, "msg": "podspace_folder_share 4TRDTI6MAT4R47QY / h.rezaei: share_folder: the connection broke before the
         answer was complete: connection reset by peer: 4TRDTI6MAT4R47QY / h.rezaei was put back as it was before (view, until 2035-01-15) [not_changed]",
         "code": "not_changed", "check": {"changed": true, "msg": null}}"""),
    Case("a change whose new share fails at the vendor", FOLDER, {"folder_hash": ROOT, "person": "h.rezaei", "level": "edit"},
         prepare=lost("share_folder", kind="status", status=500, times=2),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash": "5IDKYOTSU5QI3HX2"}],
         ["share_folder", {"persons": "h.rezaei", "level": "edit", "expiration": "2035-01-15", "folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list",
         {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder", {"persons": "h.rezaei",
         "level": "edit", "expiration": "2035-01-15", "folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}],
         ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["share_folder",
         {"persons": "h.rezaei", "level": "view", "expiration": "2035-01-15", "folderHash": "4TRDTI6MAT4R47QY"}], ["get_folder_shares_list", {"folderHash":
         "4TRDTI6MAT4R47QY"}]], "changed": false, "msg": "podspace_folder_share 4TRDTI6MAT4R47QY / h.rezaei: share_folder: the vendor answered with an error
         after the request was sent: 4TRDTI6MAT4R47QY / h.rezaei was put back as it was before (view, until 2035-01-15) [not_changed] (HTTP 500)", "code":
         "not_changed", "check": {"changed": true, "msg": null}}"""),
    Case("a change of a share that had ended is refused", FOLDER, {"folder_hash": ROOT, "person": "h.rezaei", "level": "edit", "expiration": "2036-01-01"},
         prepare=both(lambda v: v.mutate("shares", {"person": "h.rezaei"}, {"expiration": "2001-01-01"}), refused("share_folder")),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "4TRDTI6MAT4R47QY"}], ["remove_share", {"shareHash": "5IDKYOTSU5QI3HX2"}],
         ["share_folder", {"persons": "h.rezaei", "level": "edit", "expiration": "2036-01-01", "folderHash": "4TRDTI6MAT4R47QY"}]], "changed": true, "msg":
         "podspace_folder_share 4TRDTI6MAT4R47QY / h.rezaei: share_folder, reference 1: ...: 4TRDTI6MAT4R47QY / h.rezaei was removed to be made anew; it had
         ended on 2001-01-01 [102]. Run again; until then it is not shared", "code": 102, "before": {"folder_hash": "4TRDTI6MAT4R47QY", "person": "h.rezaei",
         "level": "view", "expiration": "2001-01-01"}, "after": {"folder_hash": "4TRDTI6MAT4R47QY", "person": "h.rezaei", "level": "edit", "expiration":
         "2036-01-01"}, "check": {"msg": null}}"""),
    Case("a change with everybody is refused", FOLDER, {"folder_hash": REPORTS, "public": True, "level": "edit", "password": "secret-1"},
         prepare=refused("share_folder"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "VLH6Q3VQK5FQGX33"}],
         ["share_folder", {"isPublic": "true", "level": "edit", "expiration": "2034-12-31", "folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list",
         {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"isPublic": "true", "level": "view", "expiration": "2034-12-31", "folderHash":
         "CWMUTHEDM5RAJOU4"}], ["set_folder_password", {"password": "secret-1", "folderHash": "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg":
         "podspace_folder_share CWMUTHEDM5RAJOU4 / public: share_folder, reference 1: ...: CWMUTHEDM5RAJOU4 / public was put back as it was before (view,
         until 2034-12-31, with the password of this task) [102]", "code": 102, "check": {"changed": true, "msg": null}}"""),
    Case("a change with everybody whose password is refused", FOLDER, {"folder_hash": REPORTS, "public": True, "level": "edit", "password": "secret-1"},
         prepare=refused("set_folder_password"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "VLH6Q3VQK5FQGX33"}],
         ["share_folder", {"isPublic": "true", "level": "edit", "expiration": "2034-12-31", "folderHash": "CWMUTHEDM5RAJOU4"}], ["set_folder_password",
         {"password": "secret-1", "folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "ELOJLFMKAJVMD5HZ"}]], "changed": true, "msg":
         "podspace_folder_share CWMUTHEDM5RAJOU4 / public: set_folder_password, reference 1: ...: the password could not be set, so the share was taken away
         again; it is not shared publicly now [102]. Run again", "code": 102, "before": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "level": "view"},
         "after": {"folder_hash": "CWMUTHEDM5RAJOU4", "public": true, "level": "edit"}, "check": {"msg": null}}"""),
    Case("a change with everybody without a password is refused", FOLDER, {"folder_hash": REPORTS, "public": True, "level": "edit", "password": ""},
         prepare=refused("share_folder"),
         gives=r"""{"asked": [["get_folder_shares_list", {"folderHash": "CWMUTHEDM5RAJOU4"}], ["remove_share", {"shareHash": "VLH6Q3VQK5FQGX33"}],
         ["share_folder", {"isPublic": "true", "level": "edit", "expiration": "2034-12-31", "folderHash": "CWMUTHEDM5RAJOU4"}], ["get_folder_shares_list",
         {"folderHash": "CWMUTHEDM5RAJOU4"}], ["share_folder", {"isPublic": "true", "level": "view", "expiration": "2034-12-31", "folderHash":
         "CWMUTHEDM5RAJOU4"}]], "changed": false, "msg": "podspace_folder_share CWMUTHEDM5RAJOU4 / public: share_folder, reference 1: ...: CWMUTHEDM5RAJOU4 /
         public was put back as it was before (view, until 2034-12-31) [102]", "code": 102, "check": {"changed": true, "msg": null}}"""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_is_asked_and_told(wire, tmp_path, case):
    case.settings["today"] = TODAY
    assert seen(wire, "podspace", case, tmp_path) == case.expected
