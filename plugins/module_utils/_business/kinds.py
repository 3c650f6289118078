# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of vendors: what each is called, what it tells of what is left, and which kinds of objects it has, in the order in which they depend on
each other.

Everything else follows from it and from the modules' own specifications: the schema, the order of provisioning and (reversed) of
removal, drift, export, balances and reports. A vendor is added by its row.
"""

from __future__ import annotations

from .._alocom.event import EVENT
from .._alocom.label import LABEL
from .._alocom.user import USER
from .._core.options import check
from .._core.state.planner import CREATED
from .._deltasib.payment import USER_PAYMENT
from .._deltasib.status import USER_STATUS
from .._deltasib.user import USER as SUBSCRIBER
from .._deltasib.user_service import USER_SERVICE
from .._payamsms.message import MESSAGE
from .._podspace.member import MEMBER
from .._podspace.organization import ORGANIZATION
from .._podspace.share import FILE_SHARE, FOLDER_SHARE
from .._smspanel.phonebook import PHONEBOOK
from . import left, listing, pricing

#: Options of a task that say how a result is returned or foretold, not what shall be there.
_RESULT_OPTIONS = ("return_content", "expected", "foretold", "secrets_path")


class Kind:
    """One kind of objects of a vendor.

    :arg resource: the resource behind the module.
    :arg titles: what people call its objects, by language.
    :arg about: what a list of them means, by language, for comments in a file; :attr:`titles` where nothing more is to be said.
    :arg name: key of the list in the file, where it is not the plural that the module uses.
    :arg note: what a plan says, by language, when it makes such objects.
    :arg export: how today's objects are read: True (the resource reads them all), a function ``(client, known)`` that returns them in
        the user's names (``known``: the kinds exported before, by name), or None when the vendor cannot list them.
    :arg same: a function ``(client, thing)`` that returns what an object, or an item of a file, *is*, whichever names it goes by; unless given, its
        natural keys.
    :arg stays: a function that says of an object whether nobody can take it away, so that it is never too much.
    :arg priced_by: the option that gives a price to :attr:`price`. With it the module holds its own list against the balance; a plan does that for the
        whole account.
    :arg price: a function ``(entry, item, options)`` that says what it costs to make an object; see :mod:`.pricing`.
    """

    def __init__(self, resource, name=None, *, titles, about=None, note=None, export=True, same=None, stays=None, price=None, priced_by=None):
        self.priced_by = priced_by
        self.note = note
        self.titles = titles
        self.about = about or titles
        self.price = price
        self.same = same or (lambda client, thing: resource.keys_of(thing))
        self.stays = stays or (lambda row: False)
        self.resource = resource
        self.vendor = resource.vendor
        self.name = name or resource.plural
        self.export = export

    @property
    def module(self):
        return "kariz.panels.%s" % self.resource.module_name()

    @property
    def removal(self):
        """The state that takes an object away, or None when nothing can."""
        return next((state for state in self.resource.states if state != self.resource.default_state), None)

    @property
    def refers(self):
        """Names of the kinds of the same account whose changes matter to this one: what its objects refer to, and what uses its objects."""
        return tuple(name for name in self.resource.refers + self.resource.used_by if name in of(self.vendor))

    @property
    def list_option(self):
        """The argument specification of the list option: an item's keys under ``options``."""
        return self.resource.arguments()["argument_spec"][self.resource.plural]

    @property
    def item_checker(self):
        """The checker of an item of the list option."""
        return check.checker_of(self.resource).options[self.resource.plural].inner

    @property
    def task_options(self):
        """The argument specification of what stands beside the list for all of its items."""
        resource = self.resource
        arguments = resource.arguments()
        spec = arguments["argument_spec"]
        alone = {field.name for field in resource.fields} - set(resource.parents)
        # What names one object cannot stand beside a list of them.
        alone |= {name for names in arguments.get("mutually_exclusive", ()) if resource.plural in names for name in names}
        left_out = alone | set(resource.connection) | {resource.plural, "state", resource.id_option} | set(_RESULT_OPTIONS)
        return {name: entry for name, entry in spec.items() if name not in left_out}


class Vendor:
    """A row of the table.

    :arg titles: what people call it, by language.
    :arg left: a function ``(client, usernames, host)`` that returns the gauges of an account; see :mod:`.left`.
    :arg rows: its kinds of objects, in the order in which they are made: what others refer to comes first.
    :arg purse: which info module tells what a subscriber has of his own, from which prepaid services are paid: ``(module, key of its rows, key of the
        figure)``.
    :arg texts: it sends text messages.
    :arg classes: it tells of roll calls and visits.
    """

    def __init__(self, name, titles, left, rows, purse=None, texts=False, classes=False):
        self.purse = purse
        self.name = name
        self.titles = titles
        self.left = left
        self.rows = rows
        self.texts = texts
        self.classes = classes

    @property
    def client(self):
        return self.rows[0].resource.client


#: What a gauge may be of, and its unit: ``rial`` (as far as the vendors say), ``hours``, ``bytes``; None where the vendor does not say in what it counts.
GAUGES = {"money": "rial", "hours": "hours", "disk": None, "storage": "bytes", "traffic": "bytes"}

VENDORS = (
    Vendor("alocom", {"en": "Alocom", "fa": "الوکام"}, left.alocom, (
        Kind(LABEL, titles={"en": "labels", "fa": "برچسب‌ها"}, about={"en": "groups of users", "fa": "گروه‌های کاربران"}),
        Kind(USER, titles={"en": "users", "fa": "کاربران"}, about={"en": "people", "fa": "کاربران"}),
        Kind(EVENT, titles={"en": "events", "fa": "رویدادها"}, about={"en": "classes and their members", "fa": "کلاس‌ها و عضوهایشان"}),
    ), classes=True),
    Vendor("deltasib", {"en": "DeltaSib", "fa": "دلتاسیب"}, left.deltasib, (
        Kind(SUBSCRIBER, titles={"en": "subscribers", "fa": "مشترکان"}),
        # Not every status allows buying, and a prepaid service is paid from what the subscriber has.
        Kind(USER_STATUS, "statuses", titles={"en": "statuses", "fa": "وضعیت‌ها"}, about={"en": "statuses of subscribers", "fa": "وضعیت مشترکان"},
             export=listing.deltasib_statuses, same=listing.subscriber_keys),
        # A ledger, not a state: what was paid once must never be paid again on another server.
        Kind(USER_PAYMENT, titles={"en": "payments", "fa": "پرداخت‌ها"},
             about={"en": "payments of subscribers: each is paid once", "fa": "پرداخت‌های مشترکان: هر کدام یک بار"}, export=None, price=pricing.payment),
        Kind(USER_SERVICE, titles={"en": "services", "fa": "سرویس‌ها"},
             about={"en": "services of subscribers: a new line buys one", "fa": "سرویس‌های مشترکان: هر سطر تازه یک خرید است"},
             export=listing.deltasib_services, same=listing.service_keys, price=pricing.service),
    ), purse=("deltasib_payment_info", "payments", "pay_balance")),
    Vendor("payamsms", {"en": "PayamSMS", "fa": "پیام‌اس‌ام‌اس"}, left.payamsms, (
        Kind(MESSAGE, titles={"en": "messages", "fa": "پیامک‌ها"}, about={"en": "scheduled texts", "fa": "پیامک‌های زمان‌دار"},
             export=listing.payamsms_messages, price=pricing.text, priced_by="part_price"),
    ), texts=True),
    Vendor("podspace", {"en": "POD Space", "fa": "پاد اسپیس"}, left.podspace, (
        # No kind of this vendor costs anything: a plan is bought by an invoice (podspace_invoice), which somebody pays.
        Kind(ORGANIZATION, titles={"en": "spaces", "fa": "فضاها"}, note={
            "en": "new spaces share the room of the plan that the account has; a plan is never bought by this",
            "fa": "فضای تازه از جای همان طرحی است که حساب دارد؛ با این برنامه هیچ طرحی خریده نمی‌شود"}),
        Kind(MEMBER, titles={"en": "members", "fa": "عضوها"}, about={"en": "people in spaces", "fa": "عضوهای فضاها"},
             export=listing.podspace_members, same=listing.member_keys, stays=lambda row: row.get("role") == "owner"),
        # No call lists the shared folders and files of an account.
        Kind(FOLDER_SHARE, "folder_shares", titles={"en": "folder shares", "fa": "اشتراک پوشه‌ها"}, about={"en": "shared folders", "fa": "پوشه‌های مشترک"},
             export=None),
        Kind(FILE_SHARE, "file_shares", titles={"en": "file shares", "fa": "اشتراک فایل‌ها"}, about={"en": "shared files", "fa": "فایل‌های مشترک"},
             export=None),
    )),
    Vendor("smspanel", {"en": "SMS panel", "fa": "پنل پیامک"}, left.smspanel, (
        Kind(PHONEBOOK, titles={"en": "phonebooks", "fa": "دفترچه‌های تلفن"}),
    ), texts=True),
)
KINDS = tuple(kind for row in VENDORS for kind in row.rows)


def vendor(name):
    """Return the row of a vendor."""
    return next(row for row in VENDORS if row.name == name)


def vendors():
    """Return the names of all vendors, in the order of the table."""
    return [row.name for row in VENDORS]


def notes(steps):
    """Yield ``(vendor, account, note by language)`` of steps of a plan: what is to be said about what they make."""
    for step in steps:
        kind = of(step["vendor"])[step["kind"]]
        if kind.note and any(change["action"] == CREATED for change in step["changes"]):
            yield step["vendor"], step["account"], kind.note


def of(name):
    """Return the kinds of a vendor by name, in the order of the table."""
    return {kind.name: kind for kind in KINDS if kind.vendor == name}


def client_of(name):
    """Return the client class of a vendor."""
    return vendor(name).client
