# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an automation controller refuses: the rules of AWX's serializers for what this collection makes, as AWX 24 has them."""

from __future__ import annotations

import re
import zoneinfo

import jinja2
import jinja2.sandbox


class Refused(Exception):
    """400 with these errors by field."""

    def __init__(self, **errors):
        super().__init__(str(errors))
        self.errors = {name: [text] for name, text in errors.items()}


_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FIELD = {"id", "label", "type", "secret", "multiline", "choices", "format", "default", "help_text"}
_ENV_REFUSED = {"PATH", "PYTHONPATH", "VIRTUAL_ENV", "JOB_ID", "INVENTORY_ID", "AWX_HOST", "CACHE", "REST_API_URL", "REST_API_TOKEN", "MAX_EVENT_RES"}


def credential_type(data, in_use, before):
    if data["kind"] not in ("cloud", "net"):
        raise Refused(kind="must be cloud or net")
    inputs, injectors = data["inputs"], data["injectors"]
    if in_use and before is not None and before["inputs"] != inputs:
        raise Refused(inputs="Modifications to inputs are not allowed for credential types that are in use")
    if set(inputs) - {"fields", "required"}:
        raise Refused(inputs="additional properties are not allowed: %s" % sorted(set(inputs) - {"fields", "required"}))
    known = {}
    for field in inputs.get("fields", []):
        if set(field) - _FIELD or not {"id", "label"} <= set(field):
            raise Refused(inputs="not a field: %s" % field)
        kind = field.get("type", "string")
        if kind not in ("string", "boolean") or not _NAME.fullmatch(field["id"]) or field["id"] in known or field["id"] == "tower":
            raise Refused(inputs="not a field: %s" % field)
        if kind == "boolean" and {"secret", "multiline", "choices", "format"} & set(field):
            raise Refused(inputs="%s: only for strings" % field["id"])
        if field.get("format", "url") not in ("url", "ssh_private_key") or not all(isinstance(field.get(name, ""), str) for name in ("label", "help_text")):
            raise Refused(inputs="not a field: %s" % field)
        if not isinstance(field.get("secret", False), bool) or not isinstance(field.get("multiline", False), bool):
            raise Refused(inputs="%s: true or false" % field["id"])
        choices = field.get("choices")
        if choices is not None and (not choices or len(set(choices)) != len(choices) or not all(isinstance(choice, str) for choice in choices)):
            raise Refused(inputs="%s: choices" % field["id"])
        known[field["id"]] = True if kind == "boolean" else "EXAMPLE"
    if not all(name in known for name in inputs.get("required", [])):
        raise Refused(inputs="required names an unknown field")
    _injectors(injectors, known)


def _injectors(injectors, known):
    if set(injectors) - {"env", "extra_vars", "file"}:
        raise Refused(injectors="env, extra_vars, file: nothing else")
    files = injectors.get("file", {})
    named = [name for name in files if name != "template"]
    if any(not re.fullmatch(r"template(\.[A-Za-z_][A-Za-z0-9_]*)?", name) for name in files) or (named and "template" in files):
        raise Refused(injectors="file: template, or several template.NAME")

    class Tower:
        filename = {name.partition(".")[2]: "/path" for name in named} if named else "/path"
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined)
    for name, value in injectors.get("env", {}).items():
        if not _NAME.fullmatch(name) or name.startswith("ANSIBLE_") or name in _ENV_REFUSED or not isinstance(value, str) or not value.isascii():
            raise Refused(injectors="env: %s" % name)
    for kind in ("env", "extra_vars", "file"):
        for name, value in injectors.get(kind, {}).items():
            if not isinstance(value, (str, list, dict)):
                raise Refused(injectors="%s.%s: text is needed" % (kind, name))
            try:
                environment.from_string(value).render(tower=Tower(), **known)
            except jinja2.UndefinedError as error:
                raise Refused(injectors="%s uses an undefined field (%s)" % (name, error)) from None
            except jinja2.TemplateError as error:
                raise Refused(injectors="%s: %s" % (name, error)) from None


def credential(data, kind):
    """Check the inputs of a credential against its type; what a form would demand is not demanded here."""
    fields = {field["id"]: field for field in kind["inputs"].get("fields", [])}
    for name, value in data["inputs"].items():
        if name not in fields:
            raise Refused(inputs="Additional properties are not allowed (%s was unexpected)" % name)
        field = fields[name]
        if not isinstance(value, bool if field.get("type") == "boolean" else str):
            raise Refused(inputs="%s: %r is not of type %s" % (name, value, field.get("type", "string")))
        if field.get("choices") and value not in ("", *field["choices"]):
            raise Refused(inputs="%s: %r is none of the choices" % (name, value))


def notification_template(data):
    if data["notification_type"] != "webhook":
        raise Refused(notification_type="this controller knows webhooks")
    if data["organization"] is None:
        raise Refused(organization="This field is required")
    wanted = {"url": str, "http_method": str, "headers": dict, "disable_ssl_verification": bool, "username": str, "password": str}
    given = data["notification_configuration"]
    for name, kind in wanted.items():
        if name not in given and name in ("url", "headers"):
            raise Refused(notification_configuration="Missing required fields: %s" % name)
        if name in given and not isinstance(given[name], kind):
            raise Refused(notification_configuration="%s incorrect type" % name)
    if set(given) - set(wanted) or given.get("http_method", "POST") not in ("POST", "PUT"):
        raise Refused(notification_configuration="unknown field or method")


_TYPES = ("text", "textarea", "password", "integer", "float", "multiplechoice", "multiselect")


def survey(spec):
    """Return the error of a survey specification, or None."""
    if not isinstance(spec.get("name"), str) or not isinstance(spec.get("description"), str) or not isinstance(spec.get("spec"), list) or not spec["spec"]:
        return "name, description and spec are needed"
    seen = set()
    for place, question in enumerate(spec["spec"]):
        if not all(name in question for name in ("question_name", "variable", "type", "required")):
            return "survey question %d lacks a key" % place
        if question["type"] not in _TYPES or not isinstance(question["required"], bool) or question["variable"] in seen:
            return "survey question %d is wrong: %s" % (place, question)
        seen.add(question["variable"])
        if set(question) - {"question_name", "question_description", "variable", "type", "required", "default", "min", "max", "choices", "new_question"}:
            return "survey question %d has an unknown key: %s" % (place, question)
        if any(isinstance(question.get(name), bool) or not isinstance(question.get(name), (int, type(None))) for name in ("min", "max")):
            return "survey question %d: min and max are whole numbers" % place
        default, choices = question.get("default", ""), question.get("choices") or []
        if question["type"] == "multiplechoice":
            if not choices or (default != "" and default not in (choices if isinstance(choices, list) else choices.splitlines())):
                return "survey question %d: its default must be one of the choices" % place
        elif question["type"] == "integer":
            if default != "" and (isinstance(default, bool) or not isinstance(default, int)):
                return "survey question %d: its default is no whole number" % place
        elif not isinstance(default, str):
            return "survey question %d: its default is no text" % place
    return None


def answers(spec, given):
    """Return the errors of answers to a survey, by variable."""
    wrong = []
    for question in spec.get("spec", []):
        name, kind = question["variable"], question["type"]
        value = given.get(name)
        if value is None or value == "":
            if question["required"] and question.get("default") in (None, ""):
                wrong.append("'%s' value missing" % name)
            continue
        least, most = question.get("min"), question.get("max")
        if kind in ("text", "textarea", "password"):
            if not isinstance(value, str):
                wrong.append("Value %r for '%s' expected to be a string." % (value, name))
            elif (least is not None and len(value) < least) or (most is not None and len(value) > most):
                wrong.append("'%s' value %s has a wrong length" % (name, value))
        elif kind == "integer":
            if isinstance(value, bool) or not isinstance(value, int) or (least is not None and value < least) or (most is not None and value > most):
                wrong.append("Value %r for '%s' is no such whole number" % (value, name))
        elif kind == "multiplechoice" and value not in question["choices"]:
            wrong.append("Value %r for '%s' is none of the choices" % (value, name))
    return wrong


_RULE = re.compile(r"DTSTART(;TZID=(?P<zone>[^:]+))?:(?P<begin>\d{8}T\d{6})(?P<utc>Z)? +RRULE:(?P<rule>\S+)")


def schedule(rrule):
    found = _RULE.fullmatch(rrule)
    if not found or bool(found["zone"]) == bool(found["utc"]):
        raise Refused(rrule="one DTSTART with a zone or Z, and one RRULE")
    if found["zone"] and found["zone"] not in zoneinfo.available_timezones():
        raise Refused(rrule="unknown zone %s" % found["zone"])
    parts = dict(part.split("=", 1) for part in found["rule"].split(";"))
    if "INTERVAL" not in parts or "FREQ" not in parts or parts["FREQ"] == "SECONDLY" or ("COUNT" in parts and "UNTIL" in parts):
        raise Refused(rrule="INTERVAL is required, SECONDLY is not supported, COUNT not together with UNTIL")
    if re.search(r"\d", parts.get("BYDAY", "")) or not set(parts.get("BYDAY", "MO").split(",")) <= {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}:
        raise Refused(rrule="BYDAY")
