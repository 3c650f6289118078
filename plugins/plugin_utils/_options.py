# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lookup and inventory plugins share: from a plugin's options to a client, and one shape of failure."""

from __future__ import annotations

import contextlib
import json
import os

from ansible import constants as C
from ansible.errors import AnsibleError
from ansible.module_utils.basic import missing_required_lib
from ansible.utils.display import Display

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError
from ansible_collections.kariz.panels.plugins.module_utils._core.host import Host
from ansible_collections.kariz.panels.plugins.module_utils._core.http import session
from ansible_collections.kariz.panels.plugins.module_utils._core.http.tokens import TokenStore
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._core.options.connection import variable
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.invocation import given_secrets
from ansible_collections.kariz.panels.plugins.module_utils._core.state.runner import connect

display = Display()


class PluginHost(Host):
    """The view that a plugin on the controller gives to a job. Plugins only read: check mode keeps every write back."""

    def __init__(self, params):
        super().__init__(params, check_mode=True, warn=display.warning, note=display.vv)
        if params["api_token_cache"]:
            self.tokens = TokenStore(C.DEFAULT_LOCAL_TMP)


@contextlib.contextmanager
def own_sources(vendor_class):
    """Let a plugin take its options while the vendor's environment is out of sight.

    For the platform the environment wins over its configuration file; here it is what is left when nothing nearer says
    anything, as for modules, and :func:`connected` adds it.
    """
    names = [variable(vendor_class.vendor, name) for name in vendor_class.connection]
    hidden = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


def given(plugin, vendor_class, template, by_hand=False):
    """Return the connection options that were set for this plugin, by hand, in a variable or in a configuration file.

    :arg template: makes values of templates in variables, which the platform leaves to the plugin.
    :arg by_hand: what was set by hand may be a template as well, as in an inventory file.
    """
    found = {}
    for name in vendor_class.connection:
        if plugin.has_option(name):
            value, origin = plugin.get_option_and_origin(name)
            if origin != "default" and value is not None:
                found[name] = template(value) if origin.startswith("var: ") or (by_hand and origin == "Direct") else value
    # The same plain data that a module would get: no tags of the platform.
    return json.loads(json.dumps(found, default=str))


@contextlib.contextmanager
def connected(vendor_class, title, named, error_class=AnsibleError):
    """Yield ``(client, host)`` for the options of a plugin; every failure becomes ``error_class`` with the sentence that a module would fail with.

    :arg title: what the sentence begins with.
    :arg named: what :func:`given` returned.
    """
    if session.requests is None:
        raise error_class("%s: %s" % (title, missing_required_lib("requests")))
    checked = check.Checker(vendor_class.connection).check(named)
    host = PluginHost(checked.values)
    host.redactor.add(*checked.secrets)
    if checked.problems:
        host.redactor.add(*given_secrets(vendor_class.connection, named))
        raise error_class("%s: %s" % (title, check.told(checked.problems, host.redactor.text)))
    client = None
    try:
        client = connect(vendor_class, host.params, host)
        yield client, host
    except PanelError as error:
        raise error_class(host.redactor.text("%s: %s" % (title, error.sentence()))) from None
    finally:
        if client is not None:
            client.transport.close()
