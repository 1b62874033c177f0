"""Who may do what: rights, and the roles of staff and scopes of tokens that give them, for pages and API. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from hall.errors import Refusal


class Right(StrEnum):
    """One kind of thing to do in a hall."""

    READ = "read"
    """See the catalogue, lines, counters, the board, printers and the journal."""
    ISSUE = "issue"
    """Give tickets, and take over bookings, which are tickets of another hour."""
    CANCEL = "cancel"
    """Take a ticket out of the line."""
    SERVE = "serve"
    """Work at a counter: call, serve, park, transfer, finish."""
    PAPER = "paper"
    """Copies of slips, test pages, new rolls."""
    PAUSE = "pause"
    """Pause and open services."""
    WATCH = "watch"
    """See the hall live: lines, counters, devices, alarms."""
    PAUSE_HALL = "pause_hall"
    """Pause and open the whole hall."""
    RUN = "run"
    """Whatever else is the whole hall's: close counters, messages on the boards, devices, the catalogue as a file."""
    FIGURES = "figures"
    """See reports."""
    CATALOGUE = "catalogue"
    """Describe the hall anew."""
    PEOPLE = "people"
    """Let staff and programs in, and put them out; see in the journal who did what."""
    WEBHOOKS = "webhooks"
    """Have events sent to another program."""


class Role(StrEnum):
    """What somebody is in the hall."""

    CLERK = "clerk"
    """Serves at a counter."""
    SUPERVISOR = "supervisor"
    """Answers for the services of one agency."""
    MANAGER = "manager"
    """Answers for the hall."""
    TECHNICIAN = "technician"
    """Looks after printers and screens, and serves nobody."""


class Scope(StrEnum):
    """What a program was let in for."""

    READ = "read"
    ISSUE = "issue"
    SERVE = "serve"
    MANAGE = "manage"
    WEBHOOKS = "webhooks"


_R = Right
_CLERK = frozenset({_R.READ, _R.ISSUE, _R.CANCEL, _R.SERVE, _R.PAPER})

OF_ROLE: dict[Role, frozenset[Right]] = {
    Role.CLERK: _CLERK,
    Role.SUPERVISOR: _CLERK | {_R.WATCH, _R.PAUSE, _R.FIGURES, _R.CATALOGUE},
    Role.MANAGER: frozenset(Right),
    Role.TECHNICIAN: frozenset({_R.READ, _R.PAPER, _R.WATCH}),
}
OF_SCOPE: dict[Scope, frozenset[Right]] = {
    Scope.READ: frozenset({_R.READ}),
    Scope.ISSUE: frozenset({_R.ISSUE, _R.CANCEL}),
    Scope.SERVE: frozenset({_R.CANCEL, _R.SERVE}),
    Scope.MANAGE: frozenset({_R.PAPER, _R.PAUSE, _R.PAUSE_HALL, _R.FIGURES, _R.PEOPLE}),
    Scope.WEBHOOKS: frozenset({_R.WEBHOOKS}),
}
_OF_AN_AGENCY = frozenset({_R.WATCH, _R.PAUSE, _R.FIGURES, _R.CATALOGUE})
"""Rights that a supervisor has for the own agency's services alone."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody or some program may do."""

    rights: frozenset[Right]
    agency: str | None = None
    """Of a supervisor: the agency whose services may be paused and described anew, and whose lines and figures are
    seen; None: of every agency."""

    @classmethod
    def of_role(cls, role: Role, agency: str | None = None) -> Self:
        """What a role gives."""
        return cls(OF_ROLE[role], agency)

    @classmethod
    def of_scopes(cls, scopes: frozenset[Scope]) -> Self:
        """What scopes give together."""
        return cls(frozenset(right for scope in scopes for right in OF_SCOPE[scope]))

    def allows(self, right: Right, agency: str | None = None) -> bool:
        """Whether it may be done, to the services of an agency if said."""
        mine = right not in _OF_AN_AGENCY or None in (agency, self.agency) or agency == self.agency
        return right in self.rights and mine

    def sees(self, agency: str | None) -> bool:
        """Whether what belongs to an agency, or (None) to the whole hall, is theirs to look after."""
        return self.agency is None or agency == self.agency

    def demand(self, right: Right, agency: str | None = None) -> None:
        """Refusal not_allowed (right)."""
        if not self.allows(right, agency):
            raise Refusal("not_allowed", right=str(right))


def checked_agency(role: Role, agency: str | None) -> str | None:
    """A supervisor has an agency, and nobody else. Refusal role_agency."""
    if (role is Role.SUPERVISOR) != bool(agency):
        raise Refusal("role_agency")
    return agency or None
