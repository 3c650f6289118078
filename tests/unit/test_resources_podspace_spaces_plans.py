# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans of POD Space and invoices for them: every request, result and refusal, in check mode and for real."""

from __future__ import annotations

import pytest
from resources import Case, Panel, inside, seen

PLAN, INVOICE = "podspace_plan_info", "podspace_invoice"
SHOP = {"redirect_url": "http://shop.example.ir"}

CASES = [
    # -- plans
    Case("all plans", PLAN, {},
         gives=r"""{"asked": ["get_plan_list", "get_user_plan"], "plans": [{"id": 11, "hash": "7UQZIIFHFVMYLLJR", "title": "پایه", "description": "10
         گیگابایت", "size": 10737418240, "days": 3650, "price": 0, "status": "CAN_NOT_BUY", "active": false, "buyable": false}, {"id": 12, "hash":
         "3XEB3MGUH5K2CS7W", "title": "سازمانی صد گیگ", "description": "100 گیگابایت", "size": 107374182400, "days": 365, "price": 12000000, "status":
         "ACTIVE", "active": true, "buyable": false}, {"id": 13, "hash": "HOR6UG4BTWH63I44", "title": "سازمانی پانصد گیگ", "description": "500 گیگابایت",
         "size": 536870912000, "days": 365, "price": 48000000, "status": "BUYABLE", "active": false, "buyable": true}, {"id": 14, "hash": "CH2OHILPE6IYE37Z",
         "title": "سازمانی دو ترابایت", "description": "2048 گیگابایت", "size": 2199023255552, "days": 365, "price": 150000000, "status": "BUYABLE",
         "active": false, "buyable": true}], "changed": false, "plan": {"id": 12, "hash": "3XEB3MGUH5K2CS7W", "title": "سازمانی صد گیگ", "description": "100
         گیگابایت", "size": 107374182400, "days": 365, "price": 12000000, "status": "ACTIVE", "active": true, "buyable": false, "used": 15032385536, "free":
         92341796864}}"""),
    Case("the plan in use", PLAN, {"kind": "own"},
         gives=r"""{"asked": ["get_user_plan"], "plans": [], "changed": false, "plan": {"id": 12, "hash": "3XEB3MGUH5K2CS7W", "title": "سازمانی صد گیگ",
         "description": "100 گیگابایت", "size": 107374182400, "days": 365, "price": 12000000, "status": "ACTIVE", "active": true, "buyable": false, "used":
         15032385536, "free": 92341796864}}"""),
    Case("the plans on offer", PLAN, {"kind": "offered"},
         gives=r"""{"asked": ["get_plan_list"], "plans": [{"id": 11, "hash": "7UQZIIFHFVMYLLJR", "title": "پایه", "description": "10 گیگابایت", "size":
         10737418240, "days": 3650, "price": 0, "status": "CAN_NOT_BUY", "active": false, "buyable": false}, {"id": 12, "hash": "3XEB3MGUH5K2CS7W", "title":
         "سازمانی صد گیگ", "description": "100 گیگابایت", "size": 107374182400, "days": 365, "price": 12000000, "status": "ACTIVE", "active": true,
         "buyable": false}, {"id": 13, "hash": "HOR6UG4BTWH63I44", "title": "سازمانی پانصد گیگ", "description": "500 گیگابایت", "size": 536870912000, "days":
         365, "price": 48000000, "status": "BUYABLE", "active": false, "buyable": true}, {"id": 14, "hash": "CH2OHILPE6IYE37Z", "title": "سازمانی دو
         ترابایت", "description": "2048 گیگابایت", "size": 2199023255552, "days": 365, "price": 150000000, "status": "BUYABLE", "active": false, "buyable":
         true}], "changed": false, "plan": null}"""),
    Case("the plan in use without what is used", PLAN, {"kind": "own"}, settings={"plan_usage": False},
         gives=r"""{"asked": ["get_user_plan"], "plans": [], "changed": false, "plan": {"id": 12, "hash": "3XEB3MGUH5K2CS7W", "title": "سازمانی صد گیگ",
         "description": "100 گیگابایت", "size": 107374182400, "days": 365, "price": 12000000, "status": "ACTIVE", "active": true, "buyable": false}}"""),
    Case("the plan in use as a list", PLAN, {"kind": "own"}, settings={"inner": "object"}, heard={
        "get_user_plan": inside(lambda told: [told])},
        gives=r"""{"asked": ["get_user_plan"], "plans": [], "changed": false, "plan": {"id": 12, "hash": "3XEB3MGUH5K2CS7W", "title": "سازمانی صد گیگ",
         "description": "100 گیگابایت", "size": 107374182400, "days": 365, "price": 12000000, "status": "ACTIVE", "active": true, "buyable": false, "used":
         15032385536, "free": 92341796864}}"""),
    Case("the plan in use as an empty list", PLAN, {"kind": "own"}, settings={"inner": "object"}, heard={
        "get_user_plan": inside(lambda told: [])},
        gives=r"""{"asked": ["get_user_plan"], "changed": false, "msg": "podspace_plan_info: get_user_plan: expected a plan, got null [bad_answer]", "code":
         "bad_answer"}"""),
    Case("numbers of a plan as text", PLAN, {"kind": "own"}, settings={"inner": "object"}, heard={
        "get_user_plan": inside(lambda told: {
            "planId": "۱۲", "title": "a", "size": "1,000", "usedSize": "1e2", "price": "many", "days": True, "status": "CAN_NOT_BUY"})},
         gives=r"""{"asked": ["get_user_plan"], "plans": [], "changed": false, "plan": {"id": 12, "hash": null, "title": "a", "description": null, "size":
         1000, "days": null, "price": null, "status": "CAN_NOT_BUY", "active": true, "buyable": false, "used": 100, "free": 900}}"""),
    Case("numbers of a plan that are none", PLAN, {"kind": "own"}, settings={"inner": "object"}, heard={
        "get_user_plan": inside(lambda told: {
            "planId": 12, "hash": "h", "size": None, "used": 5, "price": "1e40", "days": "NaN"})},
         gives=r"""{"asked": ["get_user_plan"], "plans": [], "changed": false, "plan": {"id": 12, "hash": "h", "title": null, "description": null, "size":
         null, "days": null, "price": null, "status": "ACTIVE", "active": true, "buyable": false, "used": 5, "free": null}}"""),
    Case("no service for the plan in use", PLAN, {"kind": "all", "api_services": {"get_plan_list": 45717}},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_plan_info: api_services has no product id for get_user_plan [bad_option]. Give
         api_services: {get_user_plan: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    Case("no service for the plans on offer", PLAN, {"kind": "all", "api_services": {"get_user_plan": 45718}},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_plan_info: api_services has no product id for get_plan_list [bad_option]. Give
         api_services: {get_plan_list: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    # -- invoices
    Case("an invoice", INVOICE, {"plan": "سازماني صد گیگ", "redirect_url": "https://shop.example.ir/back"}, again=False,
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "https://shop.example.ir/back"}]], "changed": true,
         "invoice": {"plan": "سازماني صد گیگ", "redirect_url": "https://shop.example.ir/back", "message_id": null, "plan_id": 12, "plan_title": "سازمانی صد
         گیگ", "price": 12000000, "payment_url": "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "invoice_id": 9400100}, "payment_url":
         "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "before": {}, "after": {"invoice": {"plan": "سازماني صد گیگ", "redirect_url":
         "https://shop.example.ir/back"}}, "check": {"invoice": {"plan": "سازماني صد گیگ", "redirect_url": "https://shop.example.ir/back", "message_id":
         null, "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": null, "invoice_id": null}, "payment_url": null}}"""),
    Case("an invoice by the plan's id", INVOICE, {"plan": " ۱۲ ", "redirect_url": "https://shop.example.ir/back"}, again=False,
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "https://shop.example.ir/back"}]], "changed": true,
         "invoice": {"plan": "۱۲", "redirect_url": "https://shop.example.ir/back", "message_id": null, "plan_id": 12, "plan_title": "سازمانی صد گیگ",
         "price": 12000000, "payment_url": "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "invoice_id": 9400100}, "payment_url":
         "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "before": {}, "after": {"invoice": {"plan": "۱۲", "redirect_url":
         "https://shop.example.ir/back"}}, "check": {"invoice": {"plan": "۱۲", "redirect_url": "https://shop.example.ir/back", "message_id": null, "plan_id":
         12, "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": null, "invoice_id": null}, "payment_url": null}}"""),
    Case("an invoice by the plan's hash", INVOICE, {"plan": "3XEB3MGUH5K2CS7W", **SHOP}, settings={"plan_id": "hash"}, again=False,
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "3XEB3MGUH5K2CS7W", "redirectURL": "http://shop.example.ir"}]],
         "changed": true, "invoice": {"plan": "3XEB3MGUH5K2CS7W", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": null,
         "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "invoice_id": 9400100},
         "payment_url": "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "before": {}, "after": {"invoice": {"plan": "3XEB3MGUH5K2CS7W",
         "redirect_url": "http://shop.example.ir"}}, "check": {"invoice": {"plan": "3XEB3MGUH5K2CS7W", "redirect_url": "http://shop.example.ir",
         "message_id": null, "plan_id": null, "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": null, "invoice_id": null}, "payment_url":
         null}}"""),
    Case("an invoice where the id is told", INVOICE, {"plan": "12", **SHOP}, settings={"plan_id": "id"}, again=False,
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": true,
         "invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price":
         12000000, "payment_url": "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "invoice_id": 9400100}, "payment_url":
         "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "before": {}, "after": {"invoice": {"plan": "12", "redirect_url":
         "http://shop.example.ir"}}, "check": {"invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12,
         "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": null, "invoice_id": null}, "payment_url": null}}"""),
    Case("an invoice whose link is a text", INVOICE, {"plan": "12", **SHOP}, settings={"payment_style": "text"}, again=False,
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": true,
         "invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price":
         12000000, "payment_url": "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "invoice_id": null}, "payment_url":
         "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "before": {}, "after": {"invoice": {"plan": "12", "redirect_url":
         "http://shop.example.ir"}}, "check": {"invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12,
         "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": null, "invoice_id": null}, "payment_url": null}}"""),
    Case("an invoice whose link lies deeper", INVOICE, {"plan": "12", **SHOP}, settings={"payment_style": "nested"}, again=False,
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": true,
         "invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price":
         12000000, "payment_url": "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "invoice_id": 9400100}, "payment_url":
         "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "before": {}, "after": {"invoice": {"plan": "12", "redirect_url":
         "http://shop.example.ir"}}, "check": {"invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12,
         "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": null, "invoice_id": null}, "payment_url": null}}"""),
    Case("an invoice without a link", INVOICE, {"plan": "12", **SHOP}, settings={"inner": "object"}, again=False, heard={
        "buy_plan_with_gateway": inside(lambda told: {"url": "ftp://a", "invoice": {"invoiceId": "7"}})},
        gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": true,
         "invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price":
         12000000, "payment_url": null, "invoice_id": 7}, "payment_url": null, "warnings": ["the invoice was made, but the answer holds no payment link; look
         at the invoices in the panel"], "before": {}, "after": {"invoice": {"plan": "12", "redirect_url": "http://shop.example.ir"}}, "check": {"invoice":
         {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price": 12000000,
         "payment_url": null, "invoice_id": null}, "warnings": null}}"""),
    Case("an invoice for a plan that cannot be bought", INVOICE, {"plan": "پایه", **SHOP},
         gives=r"""{"asked": ["get_plan_list"], "changed": false, "msg": "podspace_invoice: the plan پایه cannot be bought [not_for_sale]", "code":
         "not_for_sale"}"""),
    Case("an invoice for no plan", INVOICE, {"plan": "سازمانی صد گیک", **SHOP},
         gives=r"""{"asked": ["get_plan_list"], "changed": false, "msg": "podspace_invoice: there is no plan سازمانی صد گیک (did you mean سازمانی صد گیگ,
         سازمانی پانصد گیگ or سازمانی دو ترابایت?) among the 4 on offer [not_found]. Look at them with podspace_plan_info", "code": "not_found"}"""),
    Case("an invoice for one of two plans", INVOICE, {"plan": "سازمانی صد گیگ", **SHOP},
         prepare=lambda v: v.mutate("plans", {"id": 13}, {"title": "سازمانی صد گیگ"}),
         gives=r"""{"asked": ["get_plan_list"], "changed": false, "msg": "podspace_invoice: 2 plans are called سازمانی صد گیگ among the 4 on offer
         [ambiguous]. Look at them with podspace_plan_info", "code": "ambiguous"}"""),
    Case("an invoice by a number without a list", INVOICE, {"plan": "12", **SHOP, "api_services": {
        "buy_plan_with_gateway": 45719}}, again=False,
        gives=r"""{"asked": [["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": true, "invoice": {"plan":
         "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12, "plan_title": null, "price": null, "payment_url":
         "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "invoice_id": 9400100}, "payment_url":
         "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "before": {}, "after": {"invoice": {"plan": "12", "redirect_url":
         "http://shop.example.ir"}}, "check": {"invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12,
         "plan_title": null, "price": null, "payment_url": null, "invoice_id": null}, "payment_url": null}}"""),
    Case("an invoice by a title without a list", INVOICE, {"plan": "a", **SHOP, "api_services": {
        "buy_plan_with_gateway": 45719}},
        gives=r"""{"asked": [], "changed": false, "msg": "podspace_invoice: api_services has no product id for get_plan_list [bad_option]. Give
         api_services: {get_plan_list: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    Case("no service for invoices", INVOICE, {"plan": "a", **SHOP, "api_services": {"get_plan_list": 45717}},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_invoice: api_services has no product id for buy_plan_with_gateway [bad_option]. Give
         api_services: {buy_plan_with_gateway: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)", "code": "bad_option"}"""),
    Case("an invoice that leads nowhere", INVOICE, {"plan": "12", "redirect_url": "shop.example.ir"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_invoice: redirect_url must be an http or https address", "code": "bad_option"}"""),
    Case("an invoice that leads to no machine", INVOICE, {"plan": "12", "redirect_url": "https://"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_invoice: redirect_url must be an http or https address", "code": "bad_option"}"""),
    Case("an invoice that leads to a file", INVOICE, {"plan": "12", "redirect_url": "file://host/a"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_invoice: redirect_url must be an http or https address", "code": "bad_option"}"""),
    Case("an invoice for an empty plan", INVOICE, {"plan": " ", **SHOP},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_invoice: plan must not be empty", "code": "bad_option"}"""),
    Case("an invoice with a journal and no id", INVOICE, {"plan": "12", **SHOP, "journal": "j.db"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_invoice: journal needs message_id, your own id of the invoice", "code": "bad_option"}"""),
    Case("an invoice with an id and no journal", INVOICE, {"plan": "12", **SHOP, "message_id": "a"},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_invoice: message_id needs journal (or KARIZ_JOURNAL in the environment): without it
         nothing remembers the invoice", "code": "bad_option"}"""),
    Case("an invoice whose answer is lost", INVOICE, {"plan": "12", **SHOP}, prepare=lambda v: v.lose("buy_plan_with_gateway"),
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": false,
         "msg": "podspace_invoice: buy_plan_with_gateway: the connection broke before the answer was complete: connection reset by peer [outcome_unknown].
         Nobody knows whether the invoice was made, so it is not asked for again; look at the invoices in the panel", "code": "outcome_unknown", "check":
         {"changed": true, "msg": null}}"""),
    Case("an invoice that is refused", INVOICE, {"plan": "12", **SHOP},
         prepare=lambda v: v.refuse("buy_plan_with_gateway", 102),
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": false,
         "msg": "podspace_invoice: buy_plan_with_gateway, reference 1: ... [102]", "code": 102, "check": {"changed": true, "msg": null}}"""),
    Case("an invoice of which the vendor knows nothing", INVOICE, {"plan": "12", **SHOP},
         prepare=lambda v: v.refuse("buy_plan_with_gateway", 999),
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": false,
         "msg": "podspace_invoice: buy_plan_with_gateway: the vendor met an error that it cannot name (UNKNOWN_ERROR), reference 1: ... [outcome_unknown].
         Nobody knows whether the invoice was made, so it is not asked for again; look at the invoices in the panel", "code": "outcome_unknown", "check":
         {"changed": true, "msg": null}}"""),
    Case("an invoice of one's own id", INVOICE, {"plan": " 12 ", **SHOP, "journal": "{folder}/j.db", "message_id": "a"},
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": true,
         "invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": "a", "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price":
         12000000, "payment_url": "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "invoice_id": 9400100}, "payment_url":
         "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "before": {}, "after": {"invoice": {"plan": "12", "redirect_url":
         "http://shop.example.ir"}}, "check": {"invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": "a", "plan_id": 12,
         "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": null, "invoice_id": null}, "payment_url": null}}"""),
    Case("an empty id", INVOICE, {"plan": "12", **SHOP, "journal": "{folder}/j.db", "message_id": " "},
         gives=r"""{"asked": [], "changed": false, "msg": "podspace_invoice: 2 mistakes in the options; nothing was sent\nmessage_id must not be
         empty\nmessage_id holds a mark that nobody sees (U+0020); type it again", "code": "bad_option"}"""),
    Case("an invoice for a plan without an id", INVOICE, {"plan": "سازمانی صد گیگ", **SHOP}, settings={"plan_id": "hash"}, again=False,
         gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "3XEB3MGUH5K2CS7W", "redirectURL": "http://shop.example.ir"}]],
         "changed": true, "invoice": {"plan": "سازمانی صد گیگ", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": null, "plan_title":
         "سازمانی صد گیگ", "price": 12000000, "payment_url": "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "invoice_id": 9400100}, "payment_url":
         "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100", "before": {}, "after": {"invoice": {"plan": "سازمانی صد گیگ", "redirect_url":
         "http://shop.example.ir"}}, "check": {"invoice": {"plan": "سازمانی صد گیگ", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id":
         null, "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": null, "invoice_id": null}, "payment_url": null}}"""),
    Case("an invoice whose answer is a number", INVOICE, {"plan": "12", **SHOP}, settings={"inner": "object"}, again=False, heard={
        "buy_plan_with_gateway": inside(lambda told: {"link": {"link": "https://a"}, "id": 5})},
        gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": true,
         "invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price":
         12000000, "payment_url": "https://a", "invoice_id": 5}, "payment_url": "https://a", "before": {}, "after": {"invoice": {"plan": "12",
         "redirect_url": "http://shop.example.ir"}}, "check": {"invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null,
         "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": null, "invoice_id": null}, "payment_url": null}}"""),
    Case("an invoice whose link lies too deep", INVOICE, {"plan": "12", **SHOP}, settings={"inner": "object"}, again=False, heard={
        "buy_plan_with_gateway": inside(lambda told: {"a": {"b": {"c": {"link": "https://a"}}}})},
        gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": true,
         "invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price":
         12000000, "payment_url": null, "invoice_id": null}, "payment_url": null, "warnings": ["the invoice was made, but the answer holds no payment link;
         look at the invoices in the panel"], "before": {}, "after": {"invoice": {"plan": "12", "redirect_url": "http://shop.example.ir"}}, "check":
         {"warnings": null}}"""),
    Case("an invoice whose link lies deep", INVOICE, {"plan": "12", **SHOP}, settings={"inner": "object"}, again=False, heard={
        "buy_plan_with_gateway": inside(lambda told: {"a": {"b": {"link": "https://a"}}, "paymentUrl": "no"})},
        gives=r"""{"asked": ["get_plan_list", ["buy_plan_with_gateway", {"planId": "12", "redirectURL": "http://shop.example.ir"}]], "changed": true,
         "invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null, "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price":
         12000000, "payment_url": "https://a", "invoice_id": null}, "payment_url": "https://a", "before": {}, "after": {"invoice": {"plan": "12",
         "redirect_url": "http://shop.example.ir"}}, "check": {"invoice": {"plan": "12", "redirect_url": "http://shop.example.ir", "message_id": null,
         "plan_id": 12, "plan_title": "سازمانی صد گیگ", "price": 12000000, "payment_url": null, "invoice_id": null}, "payment_url": null}}"""),
]


def test_an_invoice_of_which_nobody_knows_is_not_asked_for_again(wire, tmp_path):
    panel = Panel(wire, "podspace", tmp_path)
    task = {"plan": "12", **SHOP, "journal": str(tmp_path / "j.db"), "message_id": "a"}
    panel.vendor.lose("buy_plan_with_gateway")
    assert "[outcome_unknown]" in panel.run(INVOICE, **task).msg
    second = panel.run(INVOICE, **task)
    assert second.result["error"]["code"] == "outcome_unknown" and second.requests == []


def test_an_invoice_of_an_id_that_is_used_for_another_plan(wire, tmp_path):
    panel = Panel(wire, "podspace", tmp_path)
    task = {"plan": "12", **SHOP, "journal": str(tmp_path / "j.db"), "message_id": "a"}
    first = panel.run(INVOICE, **task).result
    second = panel.run(INVOICE, **dict(task, plan="13"))
    assert second.requests == [] and not second.result["changed"] and second.result["diff"]["before"] == second.result["diff"]["after"] == {}
    assert second.result["invoice"] == dict(first["invoice"], plan="13") and second.result["payment_url"] == first["payment_url"]
    assert second.result["warnings"][0].startswith("a was issued at ") and second.result["warnings"][0].endswith(
        " for another plan or redirect_url; no new invoice was made")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_is_asked_and_told(wire, tmp_path, case):
    assert seen(wire, "podspace", case, tmp_path) == case.expected
