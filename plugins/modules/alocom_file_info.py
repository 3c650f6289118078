#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_file_info
short_description: Read recordings and uploaded files of Alocom events
version_added: 1.0.0
description:
  - Returns the files of one event or of one service. None found is an empty list; an event or a service that does not exist is an error.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  event:
    description:
      - Slug or id of the event whose files are wanted. Give this or O(service).
    type: str
  service:
    description:
      - Title or agent-service id of the bought service whose files are wanted.
    type: str
  title:
    description:
      - Only files whose title holds this text.
    type: str
  recordings_only:
    description:
      - Only recordings, not what people uploaded.
    type: bool
    default: false
seealso:
  - module: kariz.panels.alocom_event_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Links of the recordings of a class
  kariz.panels.alocom_file_info:
    event: math-10
    recordings_only: true
    query: "[].url"
  register: result

- name: Everything that was uploaded in one service
  kariz.panels.alocom_file_info:
    service: کلاس اصلی
    query: "[?flag != 'record']"
"""

RETURN = r"""
files:
  description: The files, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The vendor's id.
      type: str
    title:
      description: Title.
      type: str
    flag:
      description: V(record) for a recording.
      type: str
    format:
      description: Suffix of the file's name.
      type: str
    size:
      description: Size in bytes.
      type: int
    url:
      description: Where the file is.
      type: str
    downloadable:
      description: Whether people of the event may download it.
      type: bool
    converted:
      description: Whether the recording has been converted.
      type: bool
    deleted:
      description: Whether it was removed.
      type: bool
    deleted_at:
      description: When it was removed.
      type: str
    created_at:
      description: When it was made.
      type: str
    service_id:
      description: Id of the service in the vendor's meeting system.
      type: str
    session:
      description: Id of the event in the vendor's meeting system.
      type: str
    uploader:
      description: Who made it, with C(id), C(username), C(first_name), C(last_name) and C(role).
      type: dict
    remover:
      description: Who removed it, with the same keys; V(null) for nobody.
      type: dict
  sample:
    - id: 65f809d85022e0944ad15530
      title: physics-10-2024-2-18-13:0
      flag: record
      format: .mp4
      size: 87001
      url: https://download.alocom.co/rocket-api/files/records/physics-10-2024-2-18-13:0.mp4
      downloadable: false
      converted: false
      deleted: false
      deleted_at: null
      created_at: "2024-03-18T09:31:04.906Z"
      service_id: 60f558e2e99ed5002f24b8c7
      session: 612494ec303a6701848eceed
      uploader: {"id": "60f5572583367001d639641", "username": null, "first_name": "", "last_name": "کاوانو", "role": "admin"}
      remover: null
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "alocom", "url": "https://pnlapi.alocom.co", "name": "school"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 4, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "list files", "http_status": 500, "code": 500, "name": "server_error", "message": "...", "retryable": true}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.file_info import FILE_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(FILE_INFO)


if __name__ == "__main__":
    main()
