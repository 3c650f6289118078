# SPDX-License-Identifier: GPL-3.0-or-later
"""What travels between the HTTP server and a vendor: a call, an answer, a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qs

import orjson


@dataclass(slots=True)
class Upload:
    """One file part of a multipart body."""

    filename: str
    content_type: str
    data: bytes

    def summary(self) -> dict[str, Any]:
        return {"filename": self.filename, "content_type": self.content_type, "size": len(self.data)}


@dataclass(slots=True)
class Call:
    """One request; `path` is relative to the vendor's base address."""

    method: str
    path: str
    query: dict[str, Any]
    headers: Mapping[str, str]
    raw: bytes
    media: str = ""
    body: Any = None
    files: dict[str, Upload] = field(default_factory=dict)
    malformed: str | None = None
    params: dict[str, str] = field(default_factory=dict)
    operation: Any = None

    def parse(self) -> None:
        """Fill `body` and `files` from the raw bytes; a body that cannot be read is told in `malformed`."""
        content_type = self.headers.get("Content-Type", "")
        self.media = content_type.partition(";")[0].strip().lower()
        if not self.raw:
            return
        if self.media == "application/json":
            try:
                self.body = orjson.loads(self.raw)
            except orjson.JSONDecodeError as error:
                self.malformed = f"the body is not JSON: {error}"
        elif self.media == "application/x-www-form-urlencoded":
            self.body = single_values(parse_qs(self.raw.decode("utf-8", "replace"), keep_blank_values=True))
        elif self.media == "multipart/form-data":
            self._parse_multipart(content_type)

    def _parse_multipart(self, content_type: str) -> None:
        head = b"Content-Type: " + content_type.encode() + b"\r\n\r\n"
        message = BytesParser(policy=HTTP).parsebytes(head + self.raw)
        if not message.is_multipart():
            self.malformed = "the multipart body has no parts"
            return
        fields: dict[str, Any] = {}
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
            filename = part.get_filename()
            if name is None:
                self.malformed = "a part of the multipart body has no name"
            elif filename is None:
                fields[str(name)] = data.decode("utf-8", "replace")
            else:
                self.files[str(name)] = Upload(filename, part.get_content_type(), data)
        self.body = fields

    def journal_body(self) -> Any:
        """What the journal keeps of the body: parsed, files summarised, anything else as the start of its text."""
        if self.files:
            return {"fields": self.body, "files": {name: upload.summary() for name, upload in self.files.items()}}
        if self.body is None and self.raw:
            return self.raw[:2000].decode("utf-8", "replace")
        return self.body


@dataclass(slots=True)
class Answer:
    """One answer; a `body` of bytes or text goes out as it is, None as an empty body, anything else as JSON."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    media: str = "application/json"

    def payload(self) -> bytes:
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str) and self.media != "application/json":
            return self.body.encode()
        return orjson.dumps(self.body, option=orjson.OPT_NON_STR_KEYS)


class Refusal(Exception):
    """Raised by a handler to end the request with this answer; raise it before any state is changed."""

    def __init__(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.answer = Answer(status, body, headers or {})


class ControlError(Exception):
    """A control call that cannot be done; the text is for the person who wrote the test."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def single_values(values: Mapping[str, list[str]]) -> dict[str, Any]:
    """Repeated fields stay lists, the others become their only value."""
    return {name: items[0] if len(items) == 1 else items for name, items in values.items()}
