# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Connection options that every vendor has."""

    DOCUMENTATION = r"""
options:
  api_timeout:
    description:
      - Seconds to wait for a connection, and then for each part of an answer.
      - A variable of the environment that is empty counts as not set, for every option of every vendor.
      - If not set, the environment variable C(<VENDOR>_API_TIMEOUT) is used.
    type: float
    default: 30.0
  api_deadline:
    description:
      - Seconds that the whole task may take, waits and repeated requests included. What is given, here or in the environment, is kept exactly.
      - If not set, the environment variable C(<VENDOR>_API_DEADLINE) is used.
      - Without either the task may take 300 seconds, and for each further request that a list turns out to need O(api_timeout) divided by
        O(api_concurrency) more (3.75 s by default). So a list ends when its server is silent and not because it is long. Pages that are read
        give more time up to an hour.
    type: float
  api_retries:
    description:
      - How often a request is repeated when it is safe to do so (no connection, HTTP 408, 429, 502, 503, 504, 52x).
      - A C(Retry-After) of the server is honoured. A request that creates something is never repeated without a look whether it is there.
      - If not set, the environment variable C(<VENDOR>_API_RETRIES) is used.
    type: int
    default: 5
  api_concurrency:
    description:
      - How many requests of one task may be under way at once, at most 256.
      - If not set, the environment variable C(<VENDOR>_API_CONCURRENCY) is used.
    type: int
    default: 8
  api_token_cache:
    description:
      - Keep the token for the tasks of one run, in a file that only you can read inside Ansible's own temporary folder, which is removed at the end.
      - If not set, the environment variable C(<VENDOR>_API_TOKEN_CACHE) is used.
    type: bool
    default: true
  validate_certs:
    description:
      - Verify the server's TLS certificate. Turning this off lets anybody on the way read the password.
      - If not set, the environment variable C(<VENDOR>_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - A file or folder of CA certificates to trust instead of the usual ones. It wins over E(REQUESTS_CA_BUNDLE).
      - If not set, the environment variable C(<VENDOR>_CA_PATH) is used.
    type: path
"""

    PLUGINS = r"""
options:
  api_timeout:
    description: Seconds to wait for a connection, and then for each part of an answer.
    type: float
    default: 30.0
  api_deadline:
    description: Seconds that everything together may take. If not set, 300, and more the more requests a list turns out to need.
    type: float
  api_retries:
    description: How often a request is repeated when it is safe to do so.
    type: int
    default: 5
  api_concurrency:
    description: How many requests may be under way at once, at most 256.
    type: int
    default: 8
  api_token_cache:
    description: Keep the token for the tasks of one run.
    type: bool
    default: true
  validate_certs:
    description: Verify the server's TLS certificate.
    type: bool
    default: true
  ca_path:
    description: A file or folder of CA certificates to trust instead of the usual ones.
    type: path
"""
