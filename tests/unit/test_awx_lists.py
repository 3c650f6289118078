# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of extensions/awx as the roles of infra.aap_configuration read them: their names, and the keys of their items (release 3.0.0).

Those roles pass over what they do not read, so that a wrong name would leave an object without it and nobody would hear of it.
"""

from __future__ import annotations

import pathlib

import pytest
import yaml

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "extensions/awx"
_NOTIFIED = " notification_templates_started notification_templates_success notification_templates_error"
#: The variable that a role loops over, and the keys of an item that it hands to its module.
READ = {
    "controller_credential_types": "name new_name description kind inputs injectors state",
    "controller_credentials": "name new_name copy_from description organization credential_type inputs team user update_secrets state",
    "controller_projects": "name description organization scm_type scm_url scm_branch scm_refspec credential scm_credential default_environment local_path"
                           " allow_override scm_clean scm_delete_on_update scm_track_submodules scm_update_on_launch scm_update_cache_timeout timeout"
                           " job_timeout signature_validation_credential update_project wait interval state" + _NOTIFIED,
    "controller_inventories": "name description organization variables kind host_filter input_inventories instance_groups"
                              " prevent_instance_group_fallback state",
    "controller_hosts": "name description inventory enabled variables state",
    "controller_inventory_sources": "name description inventory organization source source_project source_path source_vars credential execution_environment"
                                    " enabled_var enabled_value host_filter limit overwrite overwrite_vars update_on_launch update_cache_timeout timeout"
                                    " scm_branch verbosity state" + _NOTIFIED,
    "controller_labels": "name new_name organization state",
    "controller_notifications": "name new_name copy_from description organization notification_type notification_configuration messages state",
    "controller_templates": "name description organization project playbook inventory execution_environment credentials labels job_type diff_mode extra_vars"
                            " forks limit verbosity timeout become_enabled allow_simultaneous job_slice_count use_fact_cache instance_groups job_tags skip_tags"
                            " scm_branch ask_job_type_on_launch ask_variables_on_launch ask_inventory_on_launch ask_limit_on_launch ask_credential_on_launch"
                            " survey_enabled survey_spec survey state" + _NOTIFIED,
    "controller_workflows": "name description organization inventory limit scm_branch extra_vars allow_simultaneous labels survey_enabled survey_spec survey"
                            " ask_variables_on_launch ask_inventory_on_launch ask_limit_on_launch simplified_workflow_nodes workflow_nodes"
                            " destroy_current_nodes notification_templates_approvals state" + _NOTIFIED,
    "controller_schedules": "name new_name description unified_job_template organization rrule enabled extra_data inventory credentials limit job_type"
                            " diff_mode verbosity scm_branch labels execution_environment forks timeout state",
}
_NODE = ("identifier unified_job_template approval_node lookup_organization organization inventory extra_data credentials job_type limit diff_mode verbosity"
         " all_parents_must_converge success_nodes failure_nodes always_nodes related state")
#: Variables of our own inside the lists' files.
OURS = {"panels_awx_sources": "controller_inventory_sources", "panels_awx_webhooks": "controller_notifications"}


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads what Ansible must not render as text."""


Loader.add_constructor("!unsafe", lambda loader, node: node.value)


def lists():
    """Return ``{variable: value}`` of all files, each variable once."""
    found = {}
    for path in sorted(FOLDER.glob("controller_*.yml")):
        for name, value in yaml.load(path.read_text(encoding="utf-8"), Loader).items():  # noqa: S506  # it is a safe loader
            assert name not in found, "%s is in two files" % name
            found[name] = value
    return found


def test_every_list_has_a_name_that_a_role_reads():
    assert set(lists()) - set(OURS) - {"panels_awx_notified"} == set(READ)


@pytest.mark.parametrize("name", sorted([*READ, *OURS]))
def test_items_have_keys_that_the_role_reads(name):
    value = lists()[name]
    if isinstance(value, str):
        # What is the user's, or one of ours by a condition.
        assert name in ("controller_credentials", *OURS.values()) and value.startswith("{{ panels_awx_")
        return
    allowed = set(READ[OURS.get(name, name)].split())
    assert value
    for item in value:
        assert set(item) - allowed == set() and item["name"], item.get("name")
        assert isinstance(item.get("survey_spec", {}), dict) and isinstance(item.get("labels", []), list)
        for node in item.get("simplified_workflow_nodes", ()):
            assert set(node) - set(_NODE.split()) == set() and ("approval_node" in node) != ("unified_job_template" in node)
        if name == "controller_credential_types":
            # The role makes "{{" of "{  {" in a text of all of it: no template of ours may be read so by accident.
            assert "{  {" not in yaml.safe_dump(item["injectors"], width=1000)


def test_accounts_of_the_guide_have_keys_that_the_role_reads():
    """What the guide tells users to write goes through the same role."""
    guide = (FOLDER.parents[1] / "docs/guides/awx.md").read_text(encoding="utf-8")
    written = [yaml.load(block.partition("```")[0], Loader) for block in guide.split("```yaml\n")[1:]]  # noqa: S506  # it is a safe loader
    accounts = [one for block in written if isinstance(block, dict) for one in block.get("panels_awx_credentials", ())]
    assert len(accounts) >= 2 and all(set(one) <= set(READ["controller_credentials"].split()) for one in accounts)
