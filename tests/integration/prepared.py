# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands of Ansible without the half second that each start takes to import ansible-core and to read the documentation of its plugins.

A process of its own (this file as a script) does both once, and forks a child for each command. The child takes the command's arguments, environment,
folder and files, reads Ansible's settings anew, and runs the command line that the program runs. Nothing of this collection is imported before the fork.
What has to be a program from its first instruction on is one: see :func:`suits`.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import glob
import importlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
import types
import warnings
from pathlib import Path

import requests

HERE = Path(__file__).resolve().parent
#: Each play is a program from its first instruction on, and compiles for itself.
FRESH = bool(os.environ.get("KARIZ_TEST_FRESH"))
#: Settings that are used while ansible-core is imported, or while Python starts.
EARLY = ("ANSIBLE_", "LANG", "LC_", "PYTHON", "TZ")
#: Settings of Ansible that are read after that.
READ_LATER = ("ANSIBLE_CALLBACKS_ENABLED", "ANSIBLE_HOME", "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED", "ANSIBLE_INVENTORY_UNPARSED_FAILED")
#: Where a play finds the callback that tells a test its results. Loaders look for their folders once, so it is there for whichever command comes first.
CALLBACKS = str(HERE / "callback_plugins")
#: What runs behind each program.
PROGRAMS = {"ansible": "ansible.cli.adhoc", "ansible-doc": "ansible.cli.doc", "ansible-inventory": "ansible.cli.inventory",
            "ansible-playbook": "ansible.cli.playbook"}
#: What a play imports after its start, by itself or in its workers; some names are of one release of ansible-core only.
LATE = (
    *PROGRAMS.values(), "ansible.executor.playbook_executor", "ansible.executor.task_executor", "ansible.executor.task_queue_manager",
    "ansible.executor.process.worker", "ansible.playbook.block", "ansible.playbook.handler_task_include", "ansible.playbook.included_file",
    "ansible.playbook.play_context", "ansible.playbook.playbook_include", "ansible.playbook.role.include", "ansible.playbook.role_include",
    "ansible.module_utils.basic", "ansible.module_utils.urls", "concurrent.futures.thread", "multiprocessing.queues", "multiprocessing.synchronize",
    "requests", "sqlite3", "zoneinfo",
)
#: Plugins of ansible-core by kind, as its loaders are called.
PLUGINS = ("become", "cache", "callback", "connection", "filter", "inventory", "shell", "strategy", "test", "vars")
ACTIONS = ("assert", "debug", "include_vars", "normal", "set_fact", "validate_argument_spec")


def suits(environment, folder):
    """Say whether a command with these settings of its own may run in a forked process."""
    return not (FRESH or any(name.startswith(EARLY) and name not in READ_LATER for name in environment)
                or os.path.exists(os.path.join(folder, "ansible.cfg")))


def compile_once(environ):
    """Let the module processes of a play keep their compiled code (``compiled/sitecustomize.py``)."""
    kept = HERE.parent / "output" / "compiled"
    kept.mkdir(parents=True, exist_ok=True)
    environ.update(KARIZ_TEST_COMPILED=str(kept), PYTHONPATH=os.pathsep.join([str(HERE / "compiled"), *filter(None, [environ.get("PYTHONPATH")])]))


class Prepared:
    """The process with ansible-core in it, seen from the tests; plays may run at the same time, from several threads."""

    def __init__(self, environ):
        self.folder = tempfile.mkdtemp(prefix="kariz-prepared-")
        self.address = os.path.join(self.folder, "socket")
        os.mkdir(os.path.join(self.folder, "modules"))
        # Who signed the certificates of the world: each play reads the whole list before its first task, and no test asks any of them. Here is one.
        self.authority = os.path.join(self.folder, "authority.pem")
        end = "-----END CERTIFICATE-----\n"
        Path(self.authority).write_text(Path(requests.certs.where()).read_text(encoding="utf-8").partition(end)[0] + end, encoding="utf-8")
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            [sys.executable, os.path.abspath(__file__), self.address], env={**environ, "ANSIBLE_HOME": os.path.join(self.folder, "home")}, cwd=self.folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        atexit.register(self.stop)
        if self.process.stdout.readline() != b"ready\n":
            raise RuntimeError("ansible-core could not be imported ahead of the plays")

    def stop(self):
        self.process.stdin.close()  # the end of its standard input is its end
        self.process.wait(30)
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, command, environ, cwd, timeout, python):
        """Run a command (one of ``PROGRAMS`` first) and return its exit code, what it printed, and what it said beside that.

        :arg python: the interpreter that the command takes for its own, and so for the modules of ``localhost``.
        """
        with tempfile.TemporaryFile(dir=self.folder) as out, tempfile.TemporaryFile(dir=self.folder) as err:
            with socket.socket(socket.AF_UNIX) as talk:
                talk.connect(self.address)
                order = json.dumps({"command": command, "environ": environ, "cwd": str(cwd), "python": python}).encode() + b"\n"
                socket.send_fds(talk, [order[:1]], [out.fileno(), err.fileno()])
                talk.sendall(order[1:])
                talk.settimeout(timeout)
                with talk.makefile("rb") as answers:
                    child = int(answers.readline())
                    try:
                        status = int(answers.readline())
                    except TimeoutError:
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(child, signal.SIGKILL)
                        raise subprocess.TimeoutExpired(command, timeout) from None
            texts = []
            for handle in (out, err):
                handle.seek(0)
                texts.append(handle.read().decode("utf-8"))
        return status, *texts


_running: dict = {}
_starting = threading.Lock()


def one_each(kind, make):
    """Return the one of a kind that this process has, made with its first use."""
    with _starting:
        if (kind, os.getpid()) not in _running:
            _running[kind, os.getpid()] = make()
        return _running[kind, os.getpid()]


def run(command, environ, cwd, timeout, python=sys.executable):
    """As :meth:`Prepared.run`, by the one prepared process of this one."""
    own = {name: value for name, value in environ.items() if name.startswith("ANSIBLE_") or name in ("KARIZ_TEST_COMPILED", "PYTHONPATH", *os.environ)}
    own["ANSIBLE_CALLBACK_PLUGINS"] = CALLBACKS
    process = one_each("prepared", lambda: Prepared(own))
    if environ.get("REQUESTS_CA_BUNDLE") == os.environ.get("REQUESTS_CA_BUNDLE"):
        environ = {**environ, "REQUESTS_CA_BUNDLE": process.authority}
    return process.run(command, environ, cwd, timeout, python)


def look_once(loader):
    """Let the loaders look into the folders of ansible-core, which nobody changes, once instead of in each play."""
    own = os.path.dirname(sys.modules["ansible"].__file__)
    found = {}

    def glob_once(pattern):
        if not pattern.startswith(own + os.sep):
            return glob.glob(pattern)
        if pattern not in found:
            found[pattern] = glob.glob(pattern)
        return list(found[pattern])
    loader.glob = types.SimpleNamespace(glob=glob_once, iglob=glob.iglob)
    for kind in PLUGINS:
        list(getattr(loader, kind + "_loader").all(class_only=True))


def know_results():
    """Let ansible-core find out once what its results are made of, where it does so with the first result of each task."""
    with contextlib.suppress(ImportError, AttributeError):  # 2.21 or newer
        from ansible._internal import _task

        kinds = [kind for kind in vars(_task).values() if hasattr(kind, "get_result_key_to_resolved_field_mapping")]
        for kind in kinds:
            for one in (False, True):
                kind.get_result_key_to_resolved_field_mapping(source_is_module=one)  # by name, as they are asked for: what is kept knows the difference
                for other in (False, True):
                    kind._get_field_name_to_result_key_mapping(for_callback=one, for_round_trip=other)  # pylint: disable=protected-access


def prepare():
    """Import ansible-core and let its loaders find its own plugins and what they document."""
    for name in LATE:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    from ansible.plugins import loader

    loader.init_plugin_loader()
    # The play asks for it again, with the same folders; it is told so, and all is well.
    warnings.filterwarnings("ignore", "AnsibleCollectionFinder has already been configured")
    for name in ACTIONS:
        loader.action_loader.get(name, class_only=True)
    look_once(loader)
    know_results()
    # Files of this collection are compiled for the first play (plugins/__init__.py).
    sys.dont_write_bytecode = False


def settings_anew(home):
    """Read Ansible's settings from the environment as it is now, as ``ansible.constants`` does when it is imported.

    A default that is a template names Ansible's home (:arg home: the earlier one) and nothing else that could differ.
    """
    from ansible import constants

    now = os.environ["ANSIBLE_HOME"]
    definitions = constants.config.get_configuration_definitions()
    for name, definition in definitions.items():
        if str(definition.get("default")).startswith("{{") and definition.get("type") not in ("tmp", "tmppath", "temppath"):
            value = getattr(constants, name)
            if isinstance(value, str):
                value = value.replace(home, now)
            elif isinstance(value, list):
                value = [entry.replace(home, now) for entry in value]
        else:
            value = constants.config.get_config_value(name, variables=vars(constants))
        constants.set_constant(name, value)
    # Zip files of modules, which Ansible makes anew in each play, are made once.
    os.symlink(os.path.join(os.path.dirname(home), "modules"), os.path.join(constants.DEFAULT_LOCAL_TMP, "ansiballz_cache"))
    constants.set_constant("DEFAULT_INTERNAL_POLL_INTERVAL", 0.02)  # whoever waits for a task looks a thousand times a second otherwise


def play(order, out, err):
    """Become the program; does not return."""
    atexit._clear()  # pylint: disable=protected-access  # the parent's own folders are not this process's
    for number, handle in ((0, os.open(os.devnull, os.O_RDONLY)), (1, out), (2, err)):
        os.dup2(handle, number)
        os.close(handle)
    home = os.environ["ANSIBLE_HOME"]
    os.environ.clear()
    os.environ.update(order["environ"])
    os.chdir(order["cwd"])
    sys.argv[:] = order["command"]
    sys.executable = order["python"]
    gc.set_threshold(100_000, 50, 100)  # a play is over before it is worth looking for what nobody holds any more
    sys.path[0] = os.path.dirname(sys.argv[0])
    settings_anew(home)
    try:
        importlib.import_module(PROGRAMS[os.path.basename(order["command"][0])]).main()
    except SystemExit as ended:
        # What Python does at its end, but for taking apart the many objects that all plays share.
        threading._shutdown()  # pylint: disable=protected-access
        atexit._run_exitfuncs()  # pylint: disable=protected-access
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(ended.code or 0))


def attend(door, end, become):
    """Fork for each who connects, tell the number of the process and then its exit code, until ``end`` can be read.

    :arg become: called in the child with the connection, from which it reads what is asked; does not return.
    """
    told, tell = os.pipe()
    for handle in (told, tell):
        os.set_blocking(handle, False)
    signal.signal(signal.SIGCHLD, lambda *_signal: None)
    signal.set_wakeup_fd(tell)
    waiting = {}
    while True:
        ready = select.select([door, end, told], [], [])[0]
        if end in ready:
            return
        if told in ready:
            os.read(told, 4096)
            while waiting:
                child, status = os.waitpid(-1, os.WNOHANG)
                if not child:
                    break
                with waiting.pop(child) as talk, contextlib.suppress(OSError):
                    talk.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
        if door in ready:
            talk = door.accept()[0]
            child = os.fork()
            if not child:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for other in (door, *waiting.values()):
                    other.close()
                os.close(told)
                os.close(tell)
                try:
                    become(talk)
                except BaseException:  # pylint: disable=broad-except
                    traceback.print_exc()
                    sys.stderr.flush()
                os._exit(1)
            waiting[child] = talk
            with contextlib.suppress(OSError):
                talk.sendall(b"%d\n" % child)


def play_asked(talk):
    first, handles, *_flags = socket.recv_fds(talk, 1, 2)
    with talk, talk.makefile("rb") as stream:
        order = json.loads(first + stream.readline())
    play(order, *handles)


def serve(address):
    """Prepare, then fork for each who connects, until the standard input ends."""
    prepare()
    gc.collect()
    gc.freeze()  # what all plays share is neither looked at nor copied by any of them
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen(64)
        print("ready", flush=True)
        attend(door, sys.stdin, play_asked)


if __name__ == "__main__":
    serve(sys.argv[1])
