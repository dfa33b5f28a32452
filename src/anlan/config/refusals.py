"""Why a command could not be carried out: one line what is wrong, one line what to do, one exit code."""

import errno

DONE = 0
CHECK_FAILED = 1
WRONG_USE = 2
ENVIRONMENT_REFUSED = 3


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址",
}


def reason(error: OSError) -> str:
    """Why the system refused something, in Chinese where it is a common reason."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


class CommandRefused(Exception):
    """A command that ends with two lines on standard error instead of a traceback.

    ``wrong`` says what is wrong, ``remedy`` what to do about it; both are sentences for people, in Chinese.
    """

    exit_code = CHECK_FAILED

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.remedy = remedy


class CheckFailed(CommandRefused):
    """Done, but rows were refused or a check failed."""


class WrongUse(CommandRefused):
    """The command was called with arguments that make no sense, or with a file that cannot be read."""

    exit_code = WRONG_USE


class EnvironmentRefused(CommandRefused):
    """The machine, the database or the home folder does not allow it."""

    exit_code = ENVIRONMENT_REFUSED
