"""Who acts. Every change has exactly one of these behind it; none is not one of them."""

from dataclasses import dataclass

from anlan.kernel.paths import Range


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held by a person within one range."""

    role: str
    range: Range


@dataclass(frozen=True, slots=True)
class PersonActor:
    """A signed-in person with the roles in force today."""

    user_id: int
    label: str
    grants: tuple[Grant, ...]
    kind: str = "person"

    def ranges(self, roles: frozenset[str]) -> tuple[Range, ...]:
        """The ranges in which the person holds one of these roles."""
        return tuple(grant.range for grant in self.grants if grant.role in roles)


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The system itself, under the name of the job that acts."""

    name: str
    kind: str = "system"

    @property
    def label(self) -> str:
        """What the record of changes shows."""
        return self.name


@dataclass(frozen=True, slots=True)
class CliActor:
    """Somebody with a shell on the server: the operating system's user, and for whom they act."""

    os_user: str
    on_behalf_of: str = ""
    kind: str = "cli"

    @property
    def label(self) -> str:
        """What the record of changes shows."""
        return f"{self.os_user} ({self.on_behalf_of})" if self.on_behalf_of else self.os_user


@dataclass(frozen=True, slots=True)
class TokenActor:
    """A household acting with its card."""

    household_id: int
    kind: str = "token"

    @property
    def label(self) -> str:
        """What the record of changes shows."""
        return f"household {self.household_id}"


@dataclass(frozen=True, slots=True)
class AnonymousActor:
    """Somebody unknown, through a public form."""

    form: str
    kind: str = "anonymous"

    @property
    def label(self) -> str:
        """What the record of changes shows."""
        return self.form


Actor = PersonActor | SystemActor | CliActor | TokenActor | AnonymousActor
