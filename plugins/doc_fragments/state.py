# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """What modules that manage objects have in common."""

    DOCUMENTATION = r"""
options:
  return_content:
    description:
      - How much of a list comes back.
      - V(full) returns every object whole, V(summary) only key, C(action) and C(changed).
      - V(auto) is V(full) up to 1,000 objects; beyond that, what changed comes back whole and the rest as its key.
      - With V(auto), a set of more than 1,000 entries in an object (the numbers of a phonebook) is left out and its size told, such as C(numbers_count), and
        the difference holds the entries that differ and how many more there are.
      - With V(auto) and V(summary) nothing is longer than 700,000 characters, which is what automation controllers keep of a result, and a failure that is
        printed (one without C(failed_when)) not longer than 50,000; C(shortened) says what was left out. The variable C(kariz_result_limit), or
        E(KARIZ_RESULT_LIMIT) in the environment, sets another limit, V(0) none; with V(beside) long lists are kept in a file of the run, the result
        refers to them, and whatever uses it has all of them. What a vendor tells only once is never left out.
    type: str
    choices: [auto, full, summary]
    default: auto
  expected:
    description:
      - The changes that the task may make, as a mapping of an object's label (such as its username) to V(created), V(updated) or V(deleted). When it would
        make any other, it fails before anything is written.
      - For carrying out what was approved, as M(kariz.panels.desired_apply) does.
    type: dict
notes:
  - An option that is not given is left alone; given empty (V("") or V([])) it is cleared.
  - In a list every object is tried, and then the task fails if any of them failed.
  - With a local connection the module runs inside the controller's process; otherwise it runs on the target like any module.
    Set the environment variable E(KARIZ_ACTION) or the variable C(kariz_action) to V(0) to always run it as a module.
attributes:
  check_mode:
    description: Can run in check mode and return what would change without writing anything.
    support: full
  diff_mode:
    description: Returns what changed, secrets masked.
    support: full
"""

    PURGE = r"""
options:
  purge:
    description:
      - Remove the objects in scope that the list does not name.
    type: bool
    default: false
  purge_limit:
    description:
      - The most objects that O(purge) may remove. If more would go, the task fails before anything is written.
      - Whatever an item names, by its id or by its key, is never purged. When an item fails before anything is written, nothing is purged at all.
    type: int
    default: 20
"""

    FORETOLD = r"""
options:
  foretold:
    description:
      - What earlier tasks of a play in check mode would make, rename and remove, by kind, as the filter P(kariz.panels.foretold#filter) takes it from
        their results. It counts as done, and whatever else is missing is an error as it would be in the run itself.
      - Without it, what is missing in check mode is a warning only, since an earlier task may be about to make it.
      - Means nothing outside of check mode.
    type: dict
"""

    INFO = r"""
options:
  query:
    description:
      - A JMESPath expression that is applied to the list before it is returned.
    type: str
  return_content:
    description:
      - How much comes back. V(summary) returns of each object only what it is called, and its state.
      - V(full) returns everything, however long it is.
      - V(auto) returns everything up to 700,000 characters, which is what automation controllers keep of a result, and beyond that as much as fits;
        C(shortened) says what was left out. The variable C(kariz_result_limit), or E(KARIZ_RESULT_LIMIT) in the environment, sets another limit,
        V(0) none; with V(beside) long lists are kept in a file of the run, the result refers to them, and whatever uses it has all of them.
    type: str
    choices: [auto, full, summary]
    default: auto
attributes:
  check_mode:
    description: Changes nothing, so it does the same in check mode.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
"""

    ACTION = r"""
attributes:
  check_mode:
    description: Can run in check mode and return what would change without writing anything.
    support: full
  diff_mode:
    description: Returns what changed, secrets masked.
    support: full
"""
