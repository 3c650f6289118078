# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An interpreter for modules that has imported already what is the same for all of them: nine tenths of what each of their many short lives costs.

:class:`Warm` gives a path for ``ansible_python_interpreter``. A process of its own (this file as a script) forks a child for each module, which takes
the module's arguments, environment, folder and files and runs it as Python would. Libraries are there before the fork, and what ansible-core itself packs
into each archive; no module's code is, neither of this collection nor of another: each finds its own in the archive. Whatever else is asked of the
interpreter, Python does.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import marshal
import os
import runpy
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import prepared

HERE = Path(__file__).resolve().parent

#: What modules import of the standard library and of what stands beside it.
LIBRARIES = ("ast", "base64", "cgi", "copy", "cryptography.x509", "ctypes", "datetime", "email.mime.multipart", "email.mime.nonmultipart", "email.policy",
             "gzip", "hashlib", "http.client", "http.cookiejar", "json", "locale", "logging", "logging.handlers", "netrc", "platform", "pwd", "queue",
             "select", "shlex", "shutil", "ssl", "syslog", "tempfile", "typing", "urllib.error", "urllib.parse", "urllib.request", "uuid", "yaml", "zipfile",
             "zipimport",
             # what this collection's modules ask for
             "concurrent.futures.thread", "decimal", "difflib", "encodings.idna", "fcntl", "html.parser", "requests", "sqlite3", "stringprep", "zoneinfo")
#: What modules import of ansible-core: another half of what is left.
CORE = ("ansible.module_utils.basic", "ansible.module_utils.urls", "ansible.module_utils._internal._ansiballz._loader",
        "ansible.module_utils._internal._json._profiles._module_legacy_c2m", "ansible.module_utils._internal._json._profiles._module_legacy_m2c",
        "ansible.module_utils._internal._json._profiles._module_modern_c2m", "ansible.module_utils._internal._json._profiles._module_modern_m2c")
#: The package around them, as Ansible packs it into the archive of each module.
PACKAGE = "from pkgutil import extend_path\n__path__ = extend_path(__path__, __name__)\n__version__ = %r\n__author__ = %r\n"
#: Run by a Python without its packages, and without a module that is not in the interpreter itself: it starts in a hundredth of a second.
CLIENT = """#!{python} -ISE
import posix, sys
if len(sys.argv) < 2 or not sys.argv[1].rpartition("/")[2].startswith("AnsiballZ_"):
    posix.execv({python!r}, [{python!r}, *sys.argv[1:]])
import _socket, marshal
talk = _socket.socket(_socket.AF_UNIX)
talk.connect({address!r})
posix.umask(umask := posix.umask(0))
files = b"".join(number.to_bytes(4, sys.byteorder) for number in range(3))
talk.sendmsg([b"m"], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
talk.sendall(marshal.dumps({{"argv": sys.argv[1:], "environ": dict(posix.environ), "cwd": posix.getcwd(), "umask": umask}}))
talk.shutdown(_socket.SHUT_WR)
answer = b""
while answer.count(b"\\n") < 2 and (more := talk.recv(64)):
    answer += more
posix._exit(int(answer.split()[1]) if answer.count(b"\\n") == 2 else 1)
"""


class Warm:
    """The interpreter: ``path``. Ends with this process."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kariz-warm-")
        address = os.path.join(self.folder.name, "socket")
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "PYTHONPATH"))}
        prepared.compile_once(environ)
        self.process = subprocess.Popen([sys.executable, os.path.abspath(__file__), address], env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.process.stdout.readline() != b"ready\n":
            raise RuntimeError("the interpreter of modules did not start")
        place = Path(self.folder.name, "python")
        place.write_text(CLIENT.format(python=sys.executable, address=address), encoding="utf-8")
        place.chmod(0o700)
        self.path = str(place)
        atexit.register(self.stop)

    def stop(self):
        self.process.stdin.close()  # the end of its standard input is its end
        self.process.wait(30)
        self.process.stdout.close()
        self.folder.cleanup()


def interpreter():
    """Return the path of the one warm interpreter of this process, or of Python itself where each module is to be a program of its own."""
    return sys.executable if prepared.FRESH else prepared.one_each("warm", Warm).path


def run(order, files):
    """Be the module; never returns."""
    code = 1
    try:
        for number, file in enumerate(files):
            os.dup2(file, number)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in ((0, "r"), (1, "w"), (2, "w")))
        os.environ.clear()
        os.environb.update(order["environ"])
        os.chdir(order["cwd"])
        gc.set_threshold(100_000, 50, 100)  # it is over before it is worth looking for what nobody holds any more
        os.umask(order["umask"])
        sys.argv = order["argv"]
        sys.path[1:1] = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
        code = 0
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # pylint: disable=broad-except
        code = 1
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def run_asked(talk):
    _first, files, _flags, _place = socket.recv_fds(talk, 1, 3)
    with talk, talk.makefile("rb") as stream:
        order = marshal.loads(stream.read())
    run(order, files)


def sources():
    """Yield the files that Ansible packs into the archives of this collection's modules."""
    from ansible import module_utils

    plugins = HERE.parents[1] / "plugins"
    for folder in (plugins / "modules", plugins / "module_utils", Path(module_utils.__file__).parent):
        yield from map(str, sorted(folder.rglob("*.py")))


def serve(address):
    release = importlib.import_module("ansible.release")
    for name in [name for name in sys.modules if name.partition(".")[0] == "ansible"]:
        del sys.modules[name]
    packed = Path(address).with_name("packed")
    (packed / "ansible").mkdir(parents=True)
    (packed / "ansible/__init__.py").write_text(PACKAGE % (release.__version__, release.__author__), encoding="utf-8")
    sys.path.insert(0, str(packed))
    for name in (*LIBRARIES, *CORE):
        with contextlib.suppress(ImportError):  # some names are of one release only
            importlib.import_module(name)
    sys.path.remove(str(packed))
    import zipimport

    import sitecustomize

    kept = os.environ["KARIZ_TEST_COMPILED"]
    zipimport.compile = sitecustomize.keep(kept, sitecustomize.know(kept, sources()))
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        os.write(1, b"ready\n")
        prepared.attend(listener, sys.stdin, run_asked)


if __name__ == "__main__":
    serve(sys.argv[1])
