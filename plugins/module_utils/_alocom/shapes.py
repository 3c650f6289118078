# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Alocom's answers are made of, as far as they are read (vendor page 4.1 and 4.3). An event's ``status`` is a word, a user's 1 or 0."""

from __future__ import annotations

from .._core.http.answers import Shape

LABEL = Shape("id", required=("title",), texts=("title",))
#: A label as a user carries it.
LABEL_OF_USER = Shape("id", "title", "name", texts=("title", "name"))
USER = Shape("id", required=("username",), texts=("username", "name", "surname", "email", "cellphone"), values=("status", "alocom_id"), lists=("labels",))
EVENT = Shape("id", texts=("title", "slug", "alocom_link", "type", "status", "agent", "back_link"), objects=("agent_service",), values=(
    "duration", "user_count", "agent_service_id", "start_by_admin", "guest_access", "guest_count"))
#: Whoever is in an event. The list goes back as a whole when one of it changes, so an entry without an id must not pass.
ENROLLED = Shape("userid", texts=("role", "name", "surname", "username"))
SERVICE_OF_EVENT = Shape(texts=("title", "type", "expired_at"), values=("agent_service_id", "editable", "max_event_user", "max_online_user"))
#: A bought service, under the names of any of the three calls that tell of one.
SERVICE = Shape("agentServiceId", "agent_service_id", "id", texts=("title", "type", "status"), values=("serviceId", "service_id"))
OFFER = Shape("id", texts=("title", "type"))
FILE = Shape("_id", texts=("title", "flag", "format", "publicUrl"), values=("size", "created_at", "deleted_at", "serviceId", "session"))
ROLL_CALL = Shape("id", texts=("date", "teacherName"))
#: Somebody in a roll call; nobody at all may be told as an object without anything in it.
PERSON = Shape(flat=True)
VISIT = Shape("username", "firstName", "lastName", "eventName", flat=True)
PROFILE = Shape("username", "email", "cellphone", "name", texts=("username", "name", "surname", "email", "cellphone"), values=("id", "status", "avatar"))
