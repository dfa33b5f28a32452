"""A full disk is told as what it is."""

import errno

import pytest
from django.db import OperationalError

from anlan.kernel import disk
from anlan.kernel.problems import Refused


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OperationalError("database or disk is full"),
        OperationalError('could not extend file "base/1/2": No space left on device'),
    ],
)
def test_want_of_room_is_refused(error: Exception) -> None:
    with pytest.raises(Refused) as refused, disk.room_needed():
        raise error
    assert [problem.code for problem in refused.value.problems] == [disk.FULL]


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "denied"), OperationalError("database is locked")])
def test_other_failures_pass(error: Exception) -> None:
    with pytest.raises(type(error)), disk.room_needed():
        raise error
