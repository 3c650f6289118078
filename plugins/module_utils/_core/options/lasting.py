# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a file outlives the run: a job of an automation controller has a container of its own, which is removed with all that was written in it."""

from __future__ import annotations

import os

#: Places that are mounts of their own in a container and are removed with it all the same.
_PASSING = ("/tmp", "/var/tmp", "/run", "/dev")
_MOUNT = "a path that the controller mounts into its jobs (AWX_ISOLATION_SHOW_PATHS)"


def in_job(environ):
    """Return whether an automation controller runs this in a job of its own."""
    return bool(environ.get("JOB_ID") and environ.get("AWX_PRIVATE_DATA_DIR"))


def lost_with_job(path, environ=None):
    """Return whether a file is gone when the job ends in which this runs: it lies on no mount that the controller keeps.

    :arg path: as users give it.
    """
    environ = os.environ if environ is None else environ
    if not in_job(environ):
        return False
    place = os.path.abspath(os.path.expanduser(os.path.expandvars(path)))
    private = os.path.abspath(environ["AWX_PRIVATE_DATA_DIR"])
    while not os.path.ismount(place):
        place = os.path.dirname(place)
    # The job's own folder is a mount as well; what it lies on is removed with it.
    return place == "/" or any(place == gone or place.startswith(gone + "/") for gone in (private, "/runner", *_PASSING))


def warning(what, path, environ=None, instead=None):
    """Return the warning for a file that is lost with the job, None for any other.

    :arg what: what the file is, as users call it.
    :arg instead: what does not lose it, beside such a path.
    """
    if not lost_with_job(path, environ):
        return None
    return "%s %s is lost when this job ends, with the container in which it runs: use %s%s" % (what, path, "%s, or " % instead if instead else "", _MOUNT)
