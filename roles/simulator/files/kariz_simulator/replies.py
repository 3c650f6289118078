# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends answers: the honest way, or damaged the way a fault wants it."""

from __future__ import annotations

import base64
import os
import socket
import struct
import time
from email.utils import formatdate
from typing import Any

from aiohttp import web

from .faults import Fault, Faults
from .messages import Answer, Call
from .strange import strange
from .vendor import Vendor

HTML = (
    "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>"
    "<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>"
)


def reset(request: web.BaseRequest) -> None:
    """End the connection with RST: a close with a linger time of zero."""
    transport = request.transport
    if transport is None:
        return
    sock = transport.get_extra_info("socket")
    if sock is not None and sock.fileno() >= 0:
        # The event loop's socket object may refuse options, so the option is set on a copy of the descriptor.
        with socket.socket(fileno=os.dup(sock.fileno())) as copy:
            copy.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def plain(answer: Answer) -> web.StreamResponse:
    """The answer as it should be."""
    headers = {"Content-Type": answer.media, **answer.headers}
    return web.Response(status=answer.status, body=answer.payload(), headers=headers)


def replacement(fault: Fault, vendor: Vendor, call: Call, honest: Answer | None) -> Answer | None:
    """The answer a fault gives instead of the honest one; None for the faults which work on the wire."""
    status = fault.get("status", 200)
    headers = {name: str(value) for name, value in fault.get("headers", {}).items()}
    if "retry_after" in fault.options:
        headers["Retry-After"] = str(fault.get("retry_after"))
    if "retry_after_date" in fault.options:
        headers["Retry-After"] = formatdate(time.time() + fault.get("retry_after_date"), usegmt=True)
    if fault.kind in ("status", "status_after"):
        answer = vendor.error(status, f"simulated failure {status}")
        answer.headers.update(headers)
        if "body" in fault.options:
            answer.body = fault.get("body")
            if isinstance(answer.body, str):
                answer.media = headers.pop("Content-Type", "text/plain")
        return answer
    if fault.kind == "html":
        return Answer(status, fault.get("body", HTML), headers, "text/html")
    if fault.kind == "no_content":
        write = call.operation is not None and call.operation.write
        return Answer(status if "status" in fault.options else 204, None, headers) if write and honest is not None and honest.status < 300 else honest
    if fault.kind == "empty":
        return Answer(status, None, headers)
    if fault.kind == "wrong_type":
        return Answer(status, fault.get("body", "unexpected"), headers)
    if fault.kind == "echo_secrets":
        return vendor.error(fault.get("status", 500), echo(call))
    if fault.kind == "truncate_json" and honest is not None:
        payload = honest.payload()
        return Answer(honest.status, payload[: max(1, len(payload) // 2)], honest.headers)
    if fault.kind == "strange" and honest is not None:
        return strange(honest, fault.get("how"))
    return None


def echo(call: Call) -> str:
    """A message as careless as a debug page: all the caller sent, plain and base64."""
    authorization = call.headers.get("Authorization", "")
    parts = {"body": call.raw, "authorization": authorization.encode(), "token": authorization.rpartition(" ")[2].encode()}
    told: list[str] = []
    for name, data in parts.items():
        told.append(f"{name}={data.decode('utf-8', 'replace')}")
        told.append(f"{name}_base64={base64.b64encode(data).decode()}")
    # A vendor may have its token in a header of its own.
    told += [f"{name}={value}" for name, value in call.headers.items() if "token" in name.lower()]
    told += [f"query_{name}={value}" for name, value in call.query.items()]
    return "SQLSTATE[HY000]: " + " ".join(told)


async def send(request: web.BaseRequest, answer: Answer, fault: Fault | None, faults: Faults) -> web.StreamResponse:
    """Send the answer, through the fault when there is one which works on the wire."""
    kind = fault.kind if fault is not None else ""
    if fault is None or kind not in ("reset_before", "reset_after", "black_hole", "black_hole_after", "truncate", "drip"):
        return plain(answer)
    if kind.startswith("black_hole"):
        await faults.wait(None)
    if kind.startswith(("black_hole", "reset")):
        reset(request)
        return web.Response()
    return await partial(request, answer, fault, faults)


async def partial(request: web.BaseRequest, answer: Answer, fault: Fault, faults: Faults) -> web.StreamResponse:
    """`truncate` and `drip`: the head with the full length, then not all of the body, or all of it slowly."""
    payload = answer.payload()
    response = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.media, **answer.headers})
    response.content_length = len(payload)
    try:
        await response.prepare(request)
        if fault.kind == "drip":
            await drip(response, payload, fault.get("seconds"), faults)
            return response
        await response.write(payload[: len(payload) // 2])
        if fault.get("how", "close") == "rst":
            # Give the bytes time to leave: RST throws away what is still in the send buffer.
            await faults.wait(0.05)
            reset(request)
        elif request.transport is not None:
            request.transport.close()
    except ConnectionError:
        return response
    return response


async def drip(response: web.StreamResponse, payload: bytes, seconds: float, faults: Faults) -> None:
    released: Any = faults.released
    for position in range(len(payload)):
        await response.write(payload[position : position + 1])
        if released.is_set():
            await response.write(payload[position + 1 :])
            return
        await faults.wait(seconds)
