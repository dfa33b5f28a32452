"""Why a command could not be carried out: one line what is wrong, one line what to do, one exit code."""

DONE = 0
CHECK_FAILED = 1
WRONG_USE = 2
ENVIRONMENT_REFUSED = 3


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
