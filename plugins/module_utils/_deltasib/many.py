# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to many subscribers, read by one filter where the server does that (vendor page 3.1: the lists take a ``Filter``).

The document lists services and payments for one subscriber, and its fields do not say whose a row is. A server that lists them without one and shows
``User_Id`` when it is asked for saves a request for each subscriber; one that refuses, or whose rows are other people's, is not asked again. What was found is
true of whom it names. What was not found says nothing: whoever needs to know asks for that subscriber alone.
"""

from __future__ import annotations

from .._core.errors import ApiError, BadAnswerError, PanelError
from . import filters
from .client import number

#: Fewer subscribers than this are asked for one by one.
MANY = 4
#: So many are named in one filter, and so many rows are asked for at once.
GROUP = 250
OWNER = "user_id"


def rows_of_many(client, operation, thing, identify, groups, action="list", field=None, shape=None):
    """Return ``{user_id: [rows]}``, as far as the server tells; nothing about anybody else.

    :arg groups: yields ``(condition, ids, enough)``: what to ask for, of whom, and when all wanted rows of a page's sort have been seen (or None).
    :arg field: the columns to ask for; without it, all that the server shows by itself.
    """
    found: dict = {}
    for condition, ids, enough in groups:
        rows = _of_group(client, operation, thing, identify, condition, ids, enough, action, field, shape)
        if rows is None:
            break
        for row in rows:
            found.setdefault(number(row[OWNER]), []).append(row)
        if not rows:
            # Nobody of a whole group has any: it is a list of new ones, and each of them has to be asked for alone anyway.
            break
    return found


def _of_group(client, operation, thing, identify, condition, ids, enough, action, field, shape):
    """Return the rows of these subscribers; None when the server does not tell."""
    place = ("many", thing, action)
    if client.spelled.get(place) is False:
        return None

    def foreign(page):
        return any(number(row.get(OWNER)) not in ids for row in page)

    def last(page):
        # Rows of others, or of nobody: the filter was not heeded, and reading on would be reading everything.
        return foreign(page) or (enough is not None and enough(page))
    try:
        rows = client.rows(operation, thing, action, identify, last, shape, GROUP, Filter=condition, Field=field)
    except PanelError as refused:
        if isinstance(refused, BadAnswerError) or (isinstance(refused, ApiError) and not refused.retryable):
            client.spelled[place] = False
        # Whatever it was, asking for each alone tells what it means for whom.
        return None
    # Looked at once more: of the last page nobody asks whether it is enough.
    if foreign(rows):
        client.spelled[place] = False
        return None
    return rows


def named(ids, beside=None, enough=None):
    """Yield groups for :func:`rows_of_many`: about so many subscribers at once as one filter can name.

    :arg beside: another condition that must hold.
    """
    conditions = {filters.number_is("User_Id", number_given, "user_id"): number_given for number_given in ids}
    for group in filters.grouped(conditions, GROUP):
        yield filters.all_of([filters.any_of(group), beside]), {conditions[condition] for condition in group}, enough
