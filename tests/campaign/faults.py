# SPDX-License-Identifier: GPL-3.0-or-later
"""Random fault plans: what a network, a gateway, a server or another client does in the middle of a run."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, field
from typing import Any

HTML = "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"
#: Kind of a fault -> how one is drawn. What a lie within the vendor's own shapes would be is no fault: nobody could know.
KINDS: dict[str, Any] = {
    "latency": lambda rng: {"seconds": rng.choice([0.02, 0.2])},
    "slow": lambda rng: {"kind": "latency", "seconds": 1.5},
    "429": lambda rng: {"kind": "status", "status": 429, **({"retry_after": 1} if rng.random() < 0.5 else {})},
    "503 with Retry-After": lambda rng: {"kind": "status", "status": 503, "retry_after": 1},
    "4xx": lambda rng: {"kind": "status", "status": rng.choice([400, 403, 404, 409, 422])},
    "401": lambda rng: {"kind": "status", "status": 401},
    "5xx before": lambda rng: {"kind": "status", "status": rng.choice([500, 502, 503, 504, 522]), **({"body": HTML} if rng.random() < 0.5 else {})},
    "5xx after": lambda rng: {"kind": "status_after", "status": rng.choice([500, 502, 504])},
    "redirect": lambda rng: {"kind": "status", "status": rng.choice([301, 302, 307]), "headers": {"Location": "/elsewhere"}},
    "reset before": lambda rng: {"kind": "reset_before"},
    "reset after": lambda rng: {"kind": "reset_after"},
    "half an answer": lambda rng: {"kind": rng.choice(["truncate", "truncate_json"])},
    "html": lambda rng: {"kind": "html", "commit": rng.random() < 0.5},
    "empty": lambda rng: {"kind": "empty", "commit": rng.random() < 0.5},
    "204": lambda rng: {"kind": "no_content"},
    "wrong type": lambda rng: {"kind": "wrong_type", "commit": rng.random() < 0.5},
    "black hole": lambda rng: {"kind": rng.choice(["black_hole", "black_hole_after"])},
    "dripping": lambda rng: {"kind": "drip", "seconds": 0.05},
    "echoed secrets": lambda rng: {"kind": "echo_secrets", "status": rng.choice([400, 500])},
    "token death": lambda rng: {"kind": "token_expiry"},
}


@dataclass
class Plan:
    """What happens to the run, beside the faults of the server.

    :ivar killed: seconds after which the process is killed, or None.
    :ivar twin: a second run of the same task at the same time.
    :ivar rival: another client changes the same objects before the request of this number, or after the run when it sent fewer; 0: it does not.
    :ivar late: the gateway answers 504 to the first write, which is carried out so many seconds later.
    :ivar jump: seconds by which the clock of the run jumps.
    """

    faults: list[dict[str, Any]] = field(default_factory=list)
    killed: float | None = None
    twin: bool = False
    late: float | None = None
    jump: int = 0
    rival: int = 0

    @property
    def calm(self) -> bool:
        return self == Plan()

    @property
    def alone(self) -> bool:
        """The run's own answer can be held against what changed."""
        return self.killed is None and not self.twin and self.late is None and not self.rival

    def names(self) -> list[str]:
        """The kinds of what happens, for the table."""
        more = [name for name, given in (("killed", self.killed is not None), ("two at once", self.twin), ("clock jumps", bool(self.jump)),
                                         ("late write behind a gateway", self.late is not None), ("another client", bool(self.rival))) if given]
        return sorted({fault["name"] for fault in self.faults}) + more

    def sent(self, *vendors: str) -> list[dict[str, Any]]:
        """The faults as the simulator takes them; those of no operation are shared out among the vendors, but for tokens, which not every vendor gives anew."""
        sent = []
        for place, fault in enumerate(self.faults):
            one = vendors[0] if fault["kind"] == "token_expiry" else vendors[place % len(vendors)]
            vendor, _colon, operation = ("%s:" % one if "operation" not in fault else
                                         fault["operation"] if ":" in fault["operation"] else "%s:%s" % (vendors[0], fault["operation"])).partition(":")
            more = {"operation": operation} if operation else {}
            sent.append({"vendor": vendor, **{name: value for name, value in fault.items() if name not in ("name", "operation")}, **more})
        return sent

    def told(self) -> dict[str, Any]:
        return asdict(self)


def draw(rng: random.Random, operations: tuple[str, ...], late: bool, logins: bool, rival: bool = False) -> Plan:
    """Return a random plan; one in five is calm.

    :arg late: a gateway can stand before the server.
    :arg logins: the account logs in; a token given by its owner cannot be had anew.
    :arg rival: there is something that another client can do.
    """
    plan = Plan()
    if rng.random() < 0.2:
        return plan
    for _number in range(rng.choice([1, 1, 2, 2, 3, 5])):
        name = rng.choice([kind for kind in KINDS if logins or kind != "token death"])
        fault = {"name": name, "kind": name, **KINDS[name](rng), "times": rng.choice([1, 1, 1, 2, 4]), "skip": rng.choice([0, 0, 0, 1, 2, 4])}
        if rng.random() < 0.75:
            fault["operation"] = rng.choice(operations)
        plan.faults.append(fault)
    what = rng.random()
    if what < 0.12:
        plan.killed = rng.uniform(0.0, 0.25)
    elif what < 0.22:
        plan.twin = True
    elif what < 0.30 and late:
        plan.late = rng.choice([0.3, 1.0, 2.0])
    elif 0.30 <= what < 0.42 and rival:
        plan.rival = rng.choice([1, 2, 2, 3, 3, 4, 5, 6, 8, 12])
    if rng.random() < 0.1:
        plan.jump = rng.choice([-86400, 3600, 86400 * 400])
    return plan
