# SPDX-License-Identifier: GPL-3.0-or-later
"""Organization spaces of POD Space and their people: every request, result and refusal, in check mode and for real."""

from __future__ import annotations

import pytest
from resources import Case, inside, rows, seen

ORG, MEMBER = "podspace_organization", "podspace_organization_member"


def several(vendor):
    """Two spaces of one name."""
    vendor.seed("organizations", 2, name="Legal", description="a")


#: The services of an account that can make spaces and nothing else.
TO_MAKE = {"get_user_organizations": 45716, "create_organization": 45709}

CASES = [
    # -- spaces
    Case("a space by its name alone", ORG, {"name": "Legal"},
         gives=r"""{"asked": ["get_user_organizations", ["create_organization", {"name": "Legal"}]], "changed": true, "organization": {"name": "Legal",
         "hash": "ELOJLFMKAJVMD5HZ"}, "before": {}, "after": {"name": "Legal"}, "check": {"organization": {"name": "Legal", "hash": null}}}"""),
    Case("a space with a description", ORG, {"name": " Legal ", "description": "papers"},
         gives=r"""{"asked": ["get_user_organizations", ["create_organization", {"name": " Legal ", "description": "papers"}]], "changed": true,
         "organization": {"name": " Legal ", "hash": "ELOJLFMKAJVMD5HZ", "description": "papers"}, "before": {}, "after": {"name": " Legal ", "description":
         "papers"}, "check": {"organization": {"name": " Legal ", "hash": null, "description": "papers"}}}"""),
    Case("a description becomes another", ORG, {"name": "فروش", "description": "papers"},
         gives=r"""{"asked": ["get_user_organizations", ["edit_organization", {"hash": "Q6AKKBIT4KNWRLHP", "name": "فروش", "description": "papers"}]],
         "changed": true, "organization": {"name": "فروش", "hash": "Q6AKKBIT4KNWRLHP", "description": "papers"}, "before": {"name": "فروش", "description":
         "فضای گروه فروش"}, "after": {"name": "فروش", "description": "papers"}}"""),
    Case("a description is emptied", ORG, {"name": "فروش", "description": ""},
         gives=r"""{"asked": ["get_user_organizations", ["edit_organization", {"hash": "Q6AKKBIT4KNWRLHP", "name": "فروش", "description": ""}]], "changed":
         true, "organization": {"name": "فروش", "hash": "Q6AKKBIT4KNWRLHP", "description": ""}, "before": {"name": "فروش", "description": "فضای گروه فروش"},
         "after": {"name": "فروش", "description": ""}}"""),
    Case("an empty description is none", ORG, {"name": "مالی", "description": ""},
         gives=r"""{"asked": ["get_user_organizations"], "changed": false, "organization": {"name": "مالی", "hash": "GWAOLI45GASCXBSH", "description": ""}}"""),
    Case("letters of either alphabet are one", ORG, {"name": "مالي"},
         gives=r"""{"asked": ["get_user_organizations"], "changed": false, "organization": {"name": "مالی", "hash": "GWAOLI45GASCXBSH", "description": ""}}"""),
    Case("a space is renamed", ORG, {"name": "Sales", "rename_from": "فروش"},
         gives=r"""{"asked": ["get_user_organizations", ["edit_organization", {"hash": "Q6AKKBIT4KNWRLHP", "name": "Sales", "description": "فضای گروه
         فروش"}]], "changed": true, "organization": {"name": "Sales", "hash": "Q6AKKBIT4KNWRLHP", "description": "فضای گروه فروش"}, "before": {"name":
         "فروش"}, "after": {"name": "Sales"}}"""),
    Case("a space to rename is not there", ORG, {"name": "Sales", "rename_from": "nobody"},
         gives=r"""{"asked": ["get_user_organizations", ["create_organization", {"name": "Sales"}]], "changed": true, "organization": {"name": "Sales",
         "hash": "ELOJLFMKAJVMD5HZ"}, "warnings": ["there is no organization nobody to rename, so Sales is made"], "before": {}, "after": {"name": "Sales"},
         "check": {"organization": {"name": "Sales", "hash": null}}}"""),
    Case("a space by its hash is renamed", ORG, {"hash": "Q6AKKBIT4KNWRLHP", "name": "Sales"},
         gives=r"""{"asked": ["get_user_organizations", ["edit_organization", {"hash": "Q6AKKBIT4KNWRLHP", "name": "Sales", "description": "فضای گروه
         فروش"}]], "changed": true, "organization": {"name": "Sales", "hash": "Q6AKKBIT4KNWRLHP", "description": "فضای گروه فروش"}, "before": {"name":
         "فروش"}, "after": {"name": "Sales"}}"""),
    Case("no space has this hash", ORG, {"hash": "nobody", "name": "Sales"},
         gives=r"""{"asked": ["get_user_organizations"], "changed": false, "msg": "podspace_organization Sales: there is no organization with hash nobody
         [not_found]. Leave hash out to have it made", "code": "not_found"}"""),
    Case("a space goes", ORG, {"name": "فروش", "state": "absent"},
         gives=r"""{"asked": ["get_user_organizations", ["remove_organization", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": true, "organization": {"name":
         "فروش", "hash": "Q6AKKBIT4KNWRLHP", "description": "فضای گروه فروش"}, "before": {"name": "فروش"}, "after": {}}"""),
    Case("a space that is not there goes", ORG, {"name": "Sales", "state": "absent"},
         gives=r"""{"asked": ["get_user_organizations"], "changed": false, "organization": {"name": "Sales", "hash": null}}"""),
    Case("a space without a name", ORG, {"name": " "},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization: name (or hash) is required and
         must not be empty", "code": "bad_option"}"""),
    Case("two spaces have the name", ORG, {"name": "Legal", "description": "b"}, prepare=several,
         gives=r"""{"asked": ["get_user_organizations"], "changed": false, "msg": "podspace_organization Legal: 2 organizations match Legal (ids
         ELOJLFMKAJVMD5HZ, DGQF6DG6WSHOAEJN) [ambiguous]. Remove or rename one of them, or name the one you mean with hash", "code": "ambiguous"}"""),
    Case("several spaces", ORG, {"organizations": [
        {"name": "Legal"}, {"name": "فروش", "description": "b"}, {"name": "مالی", "state": "absent"}, {"name": "HR"}]},
        gives=r"""{"asked": ["get_user_organizations", ["create_organization", {"name": "Legal"}], ["create_organization", {"name": "HR"}],
         ["edit_organization", {"hash": "Q6AKKBIT4KNWRLHP", "name": "فروش", "description": "b"}], ["remove_organization", {"hash": "GWAOLI45GASCXBSH"}]],
         "changed": true, "organizations": [{"name": "Legal", "hash": "ELOJLFMKAJVMD5HZ", "action": "created", "changed": true}, {"name": "فروش", "hash":
         "Q6AKKBIT4KNWRLHP", "description": "b", "action": "updated", "changed": true}, {"name": "مالی", "hash": "GWAOLI45GASCXBSH", "description": "",
         "action": "deleted", "changed": true}, {"name": "HR", "hash": "DGQF6DG6WSHOAEJN", "action": "created", "changed": true}], "summary": {"created": 2,
         "updated": 1, "deleted": 1, "unchanged": 0, "failed": 0}, "before": {"فروش": {"name": "فروش", "description": "فضای گروه فروش"}, "مالی": {"name":
         "مالی"}}, "after": {"Legal": {"name": "Legal"}, "فروش": {"name": "فروش", "description": "b"}, "HR": {"name": "HR"}}, "check": {"organizations":
         [{"name": "Legal", "hash": null, "action": "created", "changed": true}, {"name": "فروش", "hash": "Q6AKKBIT4KNWRLHP", "description": "b", "action":
         "updated", "changed": true}, {"name": "مالی", "hash": "GWAOLI45GASCXBSH", "description": "", "action": "deleted", "changed": true}, {"name": "HR",
         "hash": null, "action": "created", "changed": true}]}}"""),
    Case("one space twice", ORG, {"organizations": [{"name": "Legal"}, {"name": "Legal"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization: organizations[1]: names the same organization (Legal) as organizations[0]:
         each may occur once", "code": "bad_option"}"""),
    Case("no service to make a space", ORG, {"name": "Legal", "api_services": {"get_user_organizations": 45716}},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization Legal: api_services has no product id for create_organization [bad_option].
         Give api_services: {create_organization: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    Case("no service to describe a space", ORG, {"name": "Legal", "description": "a", "api_services": TO_MAKE},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization Legal: api_services has no product id for edit_organization [bad_option].
         Give api_services: {edit_organization: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    Case("no service to remove a space", ORG, {"name": "Legal", "state": "absent", "api_services": {"get_user_organizations": 45716}},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization Legal: api_services has no product id for remove_organization [bad_option].
         Give api_services: {remove_organization: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    Case("no service to rename a space", ORG, {"name": "Legal", "rename_from": "HR", "api_services": TO_MAKE},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization Legal: api_services has no product id for edit_organization [bad_option].
         Give api_services: {edit_organization: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    Case("a space by its hash needs no service to make it", ORG, {
        "hash": "Q6AKKBIT4KNWRLHP", "name": "Sales", "api_services": {"get_user_organizations": 45716, "edit_organization": 45710}},
        gives=r"""{"asked": ["get_user_organizations", ["edit_organization", {"hash": "Q6AKKBIT4KNWRLHP", "name": "Sales", "description": "فضای گروه
         فروش"}]], "changed": true, "organization": {"name": "Sales", "hash": "Q6AKKBIT4KNWRLHP", "description": "فضای گروه فروش"}, "before": {"name":
         "فروش"}, "after": {"name": "Sales"}}"""),
    Case("the hash is told as a text", ORG, {"name": "Legal"}, settings={"create_answer": "hash"},
         gives=r"""{"asked": ["get_user_organizations", ["create_organization", {"name": "Legal"}]], "changed": true, "organization": {"name": "Legal",
         "hash": "ELOJLFMKAJVMD5HZ"}, "before": {}, "after": {"name": "Legal"}, "check": {"organization": {"name": "Legal", "hash": null}}}"""),
    Case("the hash is told within", ORG, {"name": "Legal"}, settings={"create_answer": "nested"},
         gives=r"""{"asked": ["get_user_organizations", ["create_organization", {"name": "Legal"}]], "changed": true, "organization": {"name": "Legal",
         "hash": "ELOJLFMKAJVMD5HZ"}, "before": {}, "after": {"name": "Legal"}, "check": {"organization": {"name": "Legal", "hash": null}}}"""),
    Case("the hash is not told", ORG, {"name": "Legal"}, settings={"create_answer": "empty"},
         gives=r"""{"asked": ["get_user_organizations", ["create_organization", {"name": "Legal"}], "get_user_organizations"], "changed": true,
         "organization": {"name": "Legal", "hash": "ELOJLFMKAJVMD5HZ"}, "before": {}, "after": {"name": "Legal"}, "check": {"organization": {"name": "Legal",
         "hash": null}}}"""),
    Case("the list calls the hash organization", ORG, {"name": "فروش", "description": "b"}, settings={"organization_id": "organization"},
         gives=r"""{"asked": ["get_user_organizations", ["edit_organization", {"hash": "Q6AKKBIT4KNWRLHP", "name": "فروش", "description": "b"}]], "changed":
         true, "organization": {"name": "فروش", "hash": "Q6AKKBIT4KNWRLHP", "description": "b"}, "before": {"name": "فروش", "description": "فضای گروه فروش"},
         "after": {"name": "فروش", "description": "b"}}"""),
    Case("a removal is lost and repeated", ORG, {"name": "فروش", "state": "absent"}, prepare=lambda v: v.lose("remove_organization"),
         gives=r"""{"asked": ["get_user_organizations", ["remove_organization", {"hash": "Q6AKKBIT4KNWRLHP"}], ["remove_organization", {"hash":
         "Q6AKKBIT4KNWRLHP"}], "get_user_organizations"], "changed": true, "organization": {"name": "فروش", "hash": "Q6AKKBIT4KNWRLHP", "description": "فضای
         گروه فروش"}, "before": {"name": "فروش"}, "after": {}}"""),
    Case("a removal is refused", ORG, {"name": "فروش", "state": "absent"}, prepare=lambda v: v.refuse("remove_organization", 4),
         gives=r"""{"asked": ["get_user_organizations", ["remove_organization", {"hash": "Q6AKKBIT4KNWRLHP"}], "get_user_organizations"], "changed": false,
         "msg": "podspace_organization فروش: remove_organization: the account may not do this (PERMISSION_DENIED), reference 1: ... [4]. Only the owner of a
         space, folder or file may; look whose token api_token is", "code": 4, "check": {"changed": true, "msg": null}}"""),
    Case("a removal is refused with another code", ORG, {"name": "فروش", "state": "absent"}, prepare=lambda v: v.refuse("remove_organization", 102),
         gives=r"""{"asked": ["get_user_organizations", ["remove_organization", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "msg":
         "podspace_organization فروش: remove_organization, reference 1: ... [102]", "code": 102, "check": {"changed": true, "msg": null}}"""),
    Case("a creation is lost", ORG, {"name": "Legal"}, prepare=lambda v: v.lose("create_organization"),
         gives=r"""{"asked": ["get_user_organizations", ["create_organization", {"name": "Legal"}], "get_user_organizations"], "changed": true,
         "organization": {"name": "Legal", "hash": "ELOJLFMKAJVMD5HZ"}, "before": {}, "after": {"name": "Legal"}, "check": {"organization": {"name": "Legal",
         "hash": null}}}"""),
    Case("the list does not tell descriptions", ORG, {"name": "فروش", "description": "فضای گروه فروش"}, settings={"inner": "object"}, again=False,
         heard={"get_user_organizations": rows(description=...)},
         gives=r"""{"asked": ["get_user_organizations", ["edit_organization", {"hash": "Q6AKKBIT4KNWRLHP", "name": "فروش", "description": "فضای گروه
         فروش"}]], "changed": true, "organization": {"name": "فروش", "hash": "Q6AKKBIT4KNWRLHP", "description": "فضای گروه فروش"}, "before": {"name": "فروش",
         "description": ""}, "after": {"name": "فروش", "description": "فضای گروه فروش"}}"""),
    Case("a renamed space keeps what nobody told", ORG, {"name": "Sales", "rename_from": "فروش"}, settings={"inner": "object"}, again=False,
         heard={"get_user_organizations": rows(description=...)},
         gives=r"""{"asked": ["get_user_organizations", ["edit_organization", {"hash": "Q6AKKBIT4KNWRLHP", "name": "Sales"}]], "changed": false, "msg":
         "podspace_organization Sales: edit_organization: the vendor does not accept the request as it was sent (INVALID_REQUEST), reference 638400000005:
         درخواست نامعتبر [101]. Check the values; if this account's service has other parameter names, say so in api_parameters", "code": 101, "check":
         {"changed": true, "msg": null}}"""),
    Case("a description of null is none", ORG, {"name": "فروش", "description": ""}, settings={"inner": "object"},
         heard={"get_user_organizations": rows(description=None)},
         gives=r"""{"asked": ["get_user_organizations"], "changed": false, "organization": {"name": "فروش", "hash": "Q6AKKBIT4KNWRLHP", "description": ""}}"""),
    Case("a space without a hash", ORG, {"name": "فروش"}, settings={"inner": "object"}, heard={"get_user_organizations": rows(hash=None)},
         gives=r"""{"asked": ["get_user_organizations", ["get_user_organizations", {"start": "1", "size": "500"}]], "changed": false, "msg":
         "podspace_organization فروش: get_user_organizations: the vendor met an error that it cannot name (UNKNOWN_ERROR), reference 638400000005: خطای
         ناشناخته [999]. Run again later; the vendor's support can tell more", "code": 999}"""),
    Case("a removal is refused, and the space is gone", ORG, {"name": "فروش", "state": "absent"},
         prepare=lambda v: v.refuse("remove_organization", 78, commit=True),
         gives=r"""{"asked": ["get_user_organizations", ["remove_organization", {"hash": "Q6AKKBIT4KNWRLHP"}], "get_user_organizations"], "changed": true,
         "organization": {"name": "فروش", "hash": "Q6AKKBIT4KNWRLHP", "description": "فضای گروه فروش"}, "before": {"name": "فروش"}, "after": {}}"""),
    Case("a hash that is a number", ORG, {"name": "Legal"}, settings={"inner": "object"}, heard={"create_organization": inside(lambda told: {"hash": 7})},
         gives=r"""{"asked": ["get_user_organizations", ["create_organization", {"name": "Legal"}], "get_user_organizations"], "changed": true,
         "organization": {"name": "Legal", "hash": "ELOJLFMKAJVMD5HZ"}, "before": {}, "after": {"name": "Legal"}, "check": {"organization": {"name": "Legal",
         "hash": null}}}"""),
    Case("an empty hash", ORG, {"name": "Legal"}, settings={"inner": "object"}, heard={"create_organization": inside(lambda told: "")},
         gives=r"""{"asked": ["get_user_organizations", ["create_organization", {"name": "Legal"}], "get_user_organizations"], "changed": true,
         "organization": {"name": "Legal", "hash": "ELOJLFMKAJVMD5HZ"}, "before": {}, "after": {"name": "Legal"}, "check": {"organization": {"name": "Legal",
         "hash": null}}}"""),
    # -- people of a space
    Case("somebody is added", MEMBER, {"organization": "فروش", "person": "h.rezaei"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["add_user_to_organization", {"hash":
         "Q6AKKBIT4KNWRLHP", "persons": "h.rezaei", "type": "GUEST"}]], "changed": true, "member": {"organization": "فروش", "person": "h.rezaei", "username":
         null, "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest"}, "before": {}, "after": {"organization": "فروش", "person": "h.rezaei"}}"""),
    Case("somebody is added with a role", MEMBER, {"organization": "فروش", "person": " h.rezaei ", "role": "maintainer"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["add_user_to_organization", {"hash":
         "Q6AKKBIT4KNWRLHP", "persons": "h.rezaei", "type": "MAINTAINER"}]], "changed": true, "member": {"organization": "فروش", "person": "h.rezaei",
         "username": null, "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "maintainer"}, "before": {}, "after": {"organization": "فروش", "person":
         "h.rezaei", "role": "maintainer"}}"""),
    Case("somebody is added by a number", MEMBER, {"organization": "مالی", "person": "+98 913 123 4505"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "GWAOLI45GASCXBSH"}], ["add_user_to_organization", {"hash":
         "GWAOLI45GASCXBSH", "persons": "09131234505", "type": "GUEST"}]], "changed": false, "msg": "podspace_organization_member مالی / +98 913 123 4505:
         add_user_to_organization: the vendor does not know this person (USER_NOT_REGISTERED), reference 638400000005: کاربر یافت نشد [34]. The person must
         have an account at POD; check the spelling of person", "code": 34, "check": {"changed": true, "msg": null}}"""),
    Case("somebody by a number of the list", MEMBER, {"organization": "فروش", "person": "۰۹۱۲۱۲۳۴۵۰۲"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "member":
         {"organization": "فروش", "person": "a.mohammadi", "username": "a.mohammadi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest"}}"""),
    Case("somebody by an e-mail in capitals", MEMBER, {"organization": "فروش", "person": "Z.Karimi@Example.ir", "role": "maintainer"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "member":
         {"organization": "فروش", "person": "z.karimi", "username": "z.karimi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "maintainer"}}"""),
    Case("a role becomes another", MEMBER, {"organization": "فروش", "person": "A.Mohammadi", "role": "maintainer"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["edit_user_role", {"hash":
         "Q6AKKBIT4KNWRLHP", "persons": "a.mohammadi", "type": "MAINTAINER"}]], "changed": true, "member": {"organization": "فروش", "person": "a.mohammadi",
         "username": "a.mohammadi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "maintainer"}, "before": {"organization": "فروش", "person":
         "a.mohammadi", "role": "guest"}, "after": {"organization": "فروش", "person": "a.mohammadi", "role": "maintainer"}}"""),
    Case("a role stays", MEMBER, {"organization": "فروش", "person": "z.karimi", "role": "maintainer"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "member":
         {"organization": "فروش", "person": "z.karimi", "username": "z.karimi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "maintainer"}}"""),
    Case("somebody goes", MEMBER, {"organization": "فروش", "person": "0912-123-4502", "state": "absent"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["remove_user_from_organization",
         {"hash": "Q6AKKBIT4KNWRLHP", "persons": "a.mohammadi"}]], "changed": true, "member": {"organization": "فروش", "person": "a.mohammadi", "username":
         "a.mohammadi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest"}, "before": {"organization": "فروش", "person": "a.mohammadi"},
         "after": {}}"""),
    Case("somebody who is not there goes", MEMBER, {"organization": "فروش", "person": "h.rezaei", "state": "absent"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "member":
         {"organization": "فروش", "person": "h.rezaei", "username": null, "organization_hash": null}}"""),
    Case("an owner never goes", MEMBER, {"organization": "فروش", "person": "kariz.company", "state": "absent"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "msg":
         "podspace_organization_member فروش / kariz.company: فروش / kariz.company is an owner of فروش; owners are never removed [owner]. Give the person
         another role first if the vendor allows it", "code": "owner"}"""),
    Case("an unknown person", MEMBER, {"organization": "فروش", "person": "nobody.here"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["add_user_to_organization", {"hash":
         "Q6AKKBIT4KNWRLHP", "persons": "nobody.here", "type": "GUEST"}]], "changed": false, "msg": "podspace_organization_member فروش / nobody.here:
         add_user_to_organization: the vendor does not know this person (USER_NOT_REGISTERED), reference 638400000005: کاربر یافت نشد [34]. The person must
         have an account at POD; check the spelling of person", "code": 34, "check": {"changed": true, "msg": null}}"""),
    Case("a space that is not there", MEMBER, {"organization": "فروشگاه", "person": "z.karimi"},
         gives=r"""{"asked": ["get_user_organizations"], "changed": false, "msg": "podspace_organization_member فروشگاه / z.karimi: there is no organization
         فروشگاه (did you mean فروش?) among those of the account [not_found]. Make it first with podspace_organization", "code": "not_found", "check":
         {"changed": true, "msg": null, "warnings": ["organization فروشگاه does not exist yet; a real run would need it"]}}"""),
    Case("somebody goes from a space that is not there", MEMBER, {"organization": "Legal", "person": "z.karimi", "state": "absent"},
         gives=r"""{"asked": ["get_user_organizations"], "changed": false, "member": {"organization": "Legal", "person": "z.karimi", "username": null,
         "organization_hash": null}}"""),
    Case("a space that is foretold", MEMBER, {
        "organization": "Legal", "person": "z.karimi", "foretold": {"organizations": [{"name": "Legal", "action": "created"}]}},
        gives=r"""{"asked": ["get_user_organizations"], "changed": false, "msg": "podspace_organization_member Legal / z.karimi: there is no organization
         Legal among those of the account [not_found]. Make it first with podspace_organization", "code": "not_found", "check": {"changed": true, "msg":
         null}}"""),
    Case("a space that is foretold to go", MEMBER, {
        "organization": "فروش", "person": "h.rezaei", "foretold": {"organizations": [{"hash": "Q6AKKBIT4KNWRLHP", "name": "فروش", "action": "deleted"}]}},
        gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["add_user_to_organization", {"hash":
         "Q6AKKBIT4KNWRLHP", "persons": "h.rezaei", "type": "GUEST"}]], "changed": true, "member": {"organization": "فروش", "person": "h.rezaei", "username":
         null, "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest"}, "before": {}, "after": {"organization": "فروش", "person": "h.rezaei"}, "check":
         {"changed": false, "msg": "podspace_organization_member فروش / h.rezaei: there is no organization فروش among those of the account [not_found]. Make
         it first with podspace_organization"}}"""),
    Case("the space by its hash", MEMBER, {"organization": "Q6AKKBIT4KNWRLHP", "person": "h.rezaei"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["add_user_to_organization", {"hash":
         "Q6AKKBIT4KNWRLHP", "persons": "h.rezaei", "type": "GUEST"}]], "changed": true, "member": {"organization": "Q6AKKBIT4KNWRLHP", "person": "h.rezaei",
         "username": null, "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest"}, "before": {}, "after": {"organization": "Q6AKKBIT4KNWRLHP", "person":
         "h.rezaei"}}"""),
    Case("two spaces have the name of the member's", MEMBER, {"organization": "Legal", "person": "h.rezaei"}, prepare=several,
         gives=r"""{"asked": ["get_user_organizations"], "changed": false, "msg": "podspace_organization_member Legal / h.rezaei: 2 organizations are called
         Legal (hashes ELOJLFMKAJVMD5HZ, DGQF6DG6WSHOAEJN) [ambiguous]. Name the one you mean by its hash", "code": "ambiguous"}"""),
    Case("people of two spaces", MEMBER, {"members": [
        {"organization": "فروش", "person": "h.rezaei"}, {"organization": "مالی", "person": "z.karimi", "role": "maintainer"}]},
        gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "GWAOLI45GASCXBSH"}], ["get_list_of_collaborator", {"hash":
         "Q6AKKBIT4KNWRLHP"}], ["add_user_to_organization", {"hash": "Q6AKKBIT4KNWRLHP", "persons": "h.rezaei", "type": "GUEST"}],
         ["add_user_to_organization", {"hash": "GWAOLI45GASCXBSH", "persons": "z.karimi", "type": "MAINTAINER"}]], "changed": true, "members":
         [{"organization": "فروش", "person": "h.rezaei", "username": null, "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest", "action": "created",
         "changed": true}, {"organization": "مالی", "person": "z.karimi", "username": null, "organization_hash": "GWAOLI45GASCXBSH", "role": "maintainer",
         "action": "created", "changed": true}], "summary": {"created": 2, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 0}, "before": {}, "after":
         {"فروش / h.rezaei": {"organization": "فروش", "person": "h.rezaei"}, "مالی / z.karimi": {"organization": "مالی", "person": "z.karimi", "role":
         "maintainer"}}}"""),
    Case("people of two spaces, of which one cannot be read", MEMBER, {"members": [
        {"organization": "فروش", "person": "h.rezaei"}, {"organization": "مالی", "person": "z.karimi"}]},
        prepare=lambda v: v.refuse("get_list_of_collaborator", 102, times=0),
        gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "GWAOLI45GASCXBSH"}], ["get_list_of_collaborator", {"hash":
         "Q6AKKBIT4KNWRLHP"}]], "changed": false, "members": [{"organization": "فروش", "person": "h.rezaei", "username": null, "organization_hash": null,
         "action": "failed", "changed": false, "error": [102, "get_list_of_collaborator, reference 1: ..."]}, {"organization": "مالی", "person": "z.karimi",
         "username": null, "organization_hash": null, "action": "failed", "changed": false, "error": [102, "get_list_of_collaborator, reference 1: ..."]}],
         "summary": {"created": 0, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 2}, "msg": "podspace_organization_member: 2 of 2 members failed
         (فروش / h.rezaei, مالی / z.karimi); the first: get_list_of_collaborator, reference 1: ... [102]", "code": 102}"""),
    Case("people of two spaces, of which one is not there", MEMBER, {"members": [
        {"organization": "فروش", "person": "h.rezaei"}, {"organization": "Legal", "person": "z.karimi"}]},
        gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["add_user_to_organization", {"hash":
         "Q6AKKBIT4KNWRLHP", "persons": "h.rezaei", "type": "GUEST"}]], "changed": true, "members": [{"organization": "فروش", "person": "h.rezaei", "action":
         "created", "changed": true}, {"organization": "Legal", "person": "z.karimi", "username": null, "organization_hash": null, "action": "failed",
         "changed": false, "error": ["not_found", "there is no organization Legal among those of the account"]}], "summary": {"created": 1, "updated": 0,
         "deleted": 0, "unchanged": 0, "failed": 1}, "msg": "podspace_organization_member: 1 of 2 members failed (Legal / z.karimi); the first: there is no
         organization Legal among those of the account [not_found]. Make it first with podspace_organization", "code": "not_found", "before": {}, "after":
         {"فروش / h.rezaei": {"organization": "فروش", "person": "h.rezaei"}}, "check": {"msg": null, "warnings": ["organization Legal does not exist yet; a
         real run would need it"]}}"""),
    Case("who is not named goes", MEMBER, {"organization": "فروش", "purge": True, "members": [{"person": "z.karimi"}, {"person": "h.rezaei"}]},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["add_user_to_organization", {"hash":
         "Q6AKKBIT4KNWRLHP", "persons": "h.rezaei", "type": "GUEST"}], ["remove_user_from_organization", {"hash": "Q6AKKBIT4KNWRLHP", "persons":
         "a.mohammadi"}], ["remove_user_from_organization", {"hash": "Q6AKKBIT4KNWRLHP", "persons": "m.hosseini"}]], "changed": true, "members":
         [{"organization": "فروش", "person": "z.karimi", "username": "z.karimi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "maintainer", "action":
         "unchanged", "changed": false}, {"organization": "فروش", "person": "h.rezaei", "username": null, "organization_hash": "Q6AKKBIT4KNWRLHP", "role":
         "guest", "action": "created", "changed": true}, {"organization": "فروش", "person": "a.mohammadi", "username": "a.mohammadi", "organization_hash":
         "Q6AKKBIT4KNWRLHP", "role": "guest", "action": "deleted", "changed": true}, {"organization": "فروش", "person": "m.hosseini", "username":
         "m.hosseini", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest", "action": "deleted", "changed": true}], "summary": {"created": 1, "updated":
         0, "deleted": 2, "unchanged": 1, "failed": 0}, "before": {"فروش / a.mohammadi": {"organization": "فروش", "person": "a.mohammadi"}, "فروش /
         m.hosseini": {"organization": "فروش", "person": "m.hosseini"}}, "after": {"فروش / h.rezaei": {"organization": "فروش", "person": "h.rezaei"}}}"""),
    Case("nobody is named", MEMBER, {"organization": "فروش", "purge": True, "members": []},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["remove_user_from_organization",
         {"hash": "Q6AKKBIT4KNWRLHP", "persons": "z.karimi"}], ["remove_user_from_organization", {"hash": "Q6AKKBIT4KNWRLHP", "persons": "a.mohammadi"}],
         ["remove_user_from_organization", {"hash": "Q6AKKBIT4KNWRLHP", "persons": "m.hosseini"}]], "changed": true, "members": [{"organization": "فروش",
         "person": "z.karimi", "username": "z.karimi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "maintainer", "action": "deleted", "changed": true},
         {"organization": "فروش", "person": "a.mohammadi", "username": "a.mohammadi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest", "action":
         "deleted", "changed": true}, {"organization": "فروش", "person": "m.hosseini", "username": "m.hosseini", "organization_hash": "Q6AKKBIT4KNWRLHP",
         "role": "guest", "action": "deleted", "changed": true}], "summary": {"created": 0, "updated": 0, "deleted": 3, "unchanged": 0, "failed": 0},
         "before": {"فروش / z.karimi": {"organization": "فروش", "person": "z.karimi"}, "فروش / a.mohammadi": {"organization": "فروش", "person":
         "a.mohammadi"}, "فروش / m.hosseini": {"organization": "فروش", "person": "m.hosseini"}}, "after": {}}"""),
    Case("nobody is named of a space that is not there", MEMBER, {"organization": "Legal", "purge": True, "members": []},
         gives=r"""{"asked": ["get_user_organizations"], "changed": false, "msg": "podspace_organization_member (0 members): there is no organization Legal
         among those of the account [not_found]. Make it first with podspace_organization", "code": "not_found", "check": {"msg": null}}"""),
    Case("a purge without a space", MEMBER, {"purge": True, "members": [{"organization": "فروش", "person": "z.karimi"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization_member: purge: true needs organization at the top of the task: only people
         of one space are ever removed", "code": "bad_option"}"""),
    Case("a purge of one", MEMBER, {"organization": "فروش", "person": "z.karimi", "purge": True},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization_member: purge: true needs members", "code": "bad_option"}"""),
    Case("more than may be purged", MEMBER, {"organization": "فروش", "purge": True, "purge_limit": 1, "members": [{"person": "z.karimi"}]},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "msg":
         "podspace_organization_member (1 members): purge would remove 2 members, more than purge_limit allows (1); nothing was changed [purge_limit]. Look
         at them with the info module, then raise purge_limit", "code": "purge_limit"}"""),
    Case("one person twice", MEMBER, {"organization": "فروش", "members": [{"person": "09121234502"}, {"person": "+989121234502"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization_member: members[1]: names the same member (فروش /
         +989121234502) as members[0]: each may occur once", "code": "bad_option"}"""),
    Case("one person by two names", MEMBER, {"organization": "فروش", "members": [{"person": "09121234502"}, {"person": "a.mohammadi"}]},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "msg":
         "podspace_organization_member: members[1]: names the same member (فروش / a.mohammadi) as members[0]: each may occur once",
         "code": "bad_option"}"""),
    Case("without a person", MEMBER, {"organization": "فروش"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization_member: person or members is required", "code": "bad_option"}"""),
    Case("an empty person", MEMBER, {"organization": "فروش", "person": " "},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization_member: person is required and
         must not be empty", "code": "bad_option"}"""),
    Case("an unknown role", MEMBER, {"organization": "فروش", "person": "z.karimi", "role": "chief"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization_member: role: must be one of guest, maintainer, owner, not 'chief'", "code":
         "bad_option"}"""),
    Case("no service to change a role", MEMBER, {"organization": "فروش", "person": "z.karimi", "role": "guest", "api_services": {
        "get_user_organizations": 45716, "get_list_of_collaborator": 45715, "add_user_to_organization": 45712}},
        gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization_member فروش / z.karimi: api_services has no product id for edit_user_role
         [bad_option]. Give api_services: {edit_user_role: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    Case("no service to remove somebody", MEMBER, {"organization": "فروش", "person": "z.karimi", "state": "absent", "api_services": {
        "get_user_organizations": 45716, "get_list_of_collaborator": 45715}},
        gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization_member فروش / z.karimi: api_services has no product id for
         remove_user_from_organization [bad_option]. Give api_services: {remove_user_from_organization: <scProductId>} (or PODSPACE_API_SERVICES in the
         environment, as JSON)", "code": "bad_option"}"""),
    Case("no service to purge", MEMBER, {"organization": "فروش", "purge": True, "members": [{"person": "z.karimi"}], "api_services": {
        "get_user_organizations": 45716, "get_list_of_collaborator": 45715, "add_user_to_organization": 45712}},
        gives=r"""{"asked": [], "changed": false, "msg": "podspace_organization_member (1 members): api_services has no product id for
         remove_user_from_organization [bad_option]. Give api_services: {remove_user_from_organization: <scProductId>} (or PODSPACE_API_SERVICES in the
         environment, as JSON)", "code": "bad_option"}"""),
    Case("only usernames are told", MEMBER, {"organization": "فروش", "person": "09121234502", "state": "absent"}, settings={"person_fields": "username"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "msg":
         "podspace_organization_member فروش / 09121234502: 09121234502 may be one of the people of the space: the vendor tells only their usernames
         [ambiguous]. Give person as the username", "code": "ambiguous"}"""),
    Case("only usernames are told, and somebody is added by number", MEMBER, {"organization": "فروش", "person": "09361234504"},
         settings={"person_fields": "username"}, again=False,
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["add_user_to_organization", {"hash":
         "Q6AKKBIT4KNWRLHP", "persons": "09361234504", "type": "GUEST"}]], "changed": true, "member": {"organization": "فروش", "person": "09361234504",
         "username": null, "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest"}, "before": {}, "after": {"organization": "فروش", "person":
         "09361234504"}}"""),
    Case("only usernames are told, and others go", MEMBER, {"organization": "فروش", "purge": True, "members": [{"person": "09121234502"}]},
         settings={"person_fields": "username"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "members":
         [{"organization": "فروش", "person": "09121234502", "username": null, "organization_hash": null, "action": "failed", "changed": false, "error":
         ["ambiguous", "09121234502 may be one of the people of the space: the vendor tells only their usernames"]}], "summary": {"created": 0, "updated": 0,
         "deleted": 0, "unchanged": 0, "failed": 1}, "warnings": ["nothing was purged, because 1 of 1 members failed before anything was written; not named
         by the list, and left alone: فروش / z.karimi, فروش / a.mohammadi, فروش / m.hosseini"], "msg": "podspace_organization_member: 1 of 1 members failed
         (فروش / 09121234502); the first: 09121234502 may be one of the people of the space: the vendor tells only their usernames [ambiguous]. Give person
         as the username. Because of that nothing was purged", "code": "ambiguous"}"""),
    Case("only usernames are told, and a username goes", MEMBER, {"organization": "فروش", "person": "a.mohammadi", "state": "absent"},
         settings={"person_fields": "username"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["remove_user_from_organization",
         {"hash": "Q6AKKBIT4KNWRLHP", "persons": "a.mohammadi"}]], "changed": true, "member": {"organization": "فروش", "person": "a.mohammadi", "username":
         "a.mohammadi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest"}, "before": {"organization": "فروش", "person": "a.mohammadi"},
         "after": {}}"""),
    Case("people are told flat, roles as role in small letters", MEMBER, {"organization": "فروش", "person": "a.mohammadi", "role": "guest"},
         settings={"person_style": "flat", "role_field": "role", "role_case": "lower"},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "member":
         {"organization": "فروش", "person": "a.mohammadi", "username": "a.mohammadi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest"}}"""),
    Case("no role is told", MEMBER, {"organization": "فروش", "person": "a.mohammadi", "role": "maintainer"}, settings={"inner": "object"},
         heard={"get_list_of_collaborator": rows(type=None)},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "member":
         {"organization": "فروش", "person": "a.mohammadi", "username": "a.mohammadi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": null}}"""),
    Case("a role that is none", MEMBER, {"organization": "فروش", "person": "a.mohammadi", "role": "maintainer"}, settings={"inner": "object"},
         heard={"get_list_of_collaborator": rows(type=["GUEST"])},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "msg":
         "podspace_organization_member فروش / a.mohammadi: get_list_of_collaborator: expected a role, got a list of 1 [bad_answer]",
         "code": "bad_answer"}"""),
    Case("a person that is none", MEMBER, {"organization": "فروش", "person": "a.mohammadi"}, settings={"inner": "object"},
         heard={"get_list_of_collaborator": rows(person={"username": {}})},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "msg":
         "podspace_organization_member فروش / a.mohammadi: get_list_of_collaborator: expected a person, got an empty object [bad_answer]", "code":
         "bad_answer"}"""),
    Case("a person of nothing", MEMBER, {"organization": "فروش", "person": "a.mohammadi"}, settings={"inner": "object"},
         heard={"get_list_of_collaborator": rows(person={"name": "a"})},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "msg":
         "podspace_organization_member فروش / a.mohammadi: get_list_of_collaborator: expected a person, got an object with name [bad_answer]", "code":
         "bad_answer"}"""),
    Case("a person as a number", MEMBER, {"organization": "فروش", "person": "7"}, settings={"inner": "object"},
         heard={"get_list_of_collaborator": rows(person=7)},
         gives=r"""{"asked": ["get_user_organizations", ["get_list_of_collaborator", {"hash": "Q6AKKBIT4KNWRLHP"}], ["get_list_of_collaborator", {"start":
         "1", "size": "500", "hash": "Q6AKKBIT4KNWRLHP"}]], "changed": false, "msg": "podspace_organization_member فروش / 7: get_list_of_collaborator: the
         vendor does not accept the request as it was sent (INVALID_REQUEST), reference 638400000005: درخواست نامعتبر [101]. Check the values; if this
         account's service has other parameter names, say so in api_parameters", "code": 101}"""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_is_asked_and_told(wire, tmp_path, case):
    assert seen(wire, "podspace", case, tmp_path) == case.expected
