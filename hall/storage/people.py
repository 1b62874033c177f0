"""Who may sign in, and who has."""

from __future__ import annotations

from datetime import datetime

from hall.rights import Role
from hall.storage.rows import Rows, millis, text


class People(Rows):
    """Staff and their sessions."""

    def staff_added(self, name: str, secret: str, role: Role, agency: str | None) -> None:
        """A person who may sign in."""
        self._rows(
            "INSERT INTO staff (hall, name, secret, failures, locked_until, role, agency)"
            " VALUES (:hall, :name, :secret, 0, 0, :role, :agency)",
            name=name,
            secret=secret,
            role=text(role),
            agency=agency,
        )

    def everybody(self) -> list[tuple[str, Role, str | None]]:
        """Name, role and a supervisor's agency, by name."""
        rows = self._rows("SELECT name, role, agency FROM staff WHERE hall = :hall ORDER BY name")
        return [(name, Role(role), agency) for name, role, agency in rows]

    def role_changed(self, name: str, role: Role, agency: str | None) -> None:
        """Somebody becomes something else."""
        self._rows(
            "UPDATE staff SET role = :role, agency = :agency WHERE hall = :hall AND name = :name",
            name=name,
            role=text(role),
            agency=agency,
        )

    def staff(self, name: str) -> tuple[str, int, datetime] | None:
        """Secret, failed attempts in a row, locked until."""
        rows = self._rows(
            "SELECT secret, failures, locked_until FROM staff WHERE hall = :hall AND name = :name", name=name
        )
        return (rows[0][0], rows[0][1], self._time(rows[0][2])) if rows else None

    def staff_changed(self, name: str, secret: str) -> None:
        """Another secret; whoever signed in with the old one is out."""
        self._rows(
            "UPDATE staff SET secret = :secret, failures = 0, locked_until = 0 WHERE hall = :hall AND name = :name",
            name=name,
            secret=secret,
        )
        self._rows("DELETE FROM session WHERE hall = :hall AND staff = :name", name=name)

    def staff_removed(self, name: str) -> None:
        """Somebody whose sessions have ended."""
        self._rows("DELETE FROM staff WHERE hall = :hall AND name = :name", name=name)

    def sessions_ended(self, name: str) -> None:
        """Every one of somebody."""
        self._rows("DELETE FROM session WHERE hall = :hall AND staff = :name", name=name)

    def signed_in(self, now: datetime) -> dict[str, list[str]]:
        """Staff with a session that holds -> its counters, "" for none."""
        found: dict[str, list[str]] = {}
        for name, counter in self._rows(
            "SELECT staff, counter FROM session WHERE hall = :hall AND expires_at > :now ORDER BY staff, counter",
            now=millis(now),
        ):
            found.setdefault(name, []).append(counter or "")
        return found

    def has_staff(self) -> bool:
        """Whether there is anybody."""
        return bool(self._rows("SELECT 1 FROM staff WHERE hall = :hall LIMIT 1"))

    def staff_tried(self, name: str, failures: int, locked_until: datetime) -> None:
        """After an attempt to sign in."""
        self._rows(
            "UPDATE staff SET failures = :failures, locked_until = :until WHERE hall = :hall AND name = :name",
            name=name,
            failures=failures,
            until=millis(locked_until),
        )

    def session_added(self, fingerprint: str, staff: str, expires_at: datetime) -> None:
        """Signed in."""
        self._rows(
            "INSERT INTO session (hall, fingerprint, staff, expires_at) VALUES (:hall, :fingerprint, :staff, :expires)",
            fingerprint=fingerprint,
            staff=staff,
            expires=millis(expires_at),
        )

    def session(self, fingerprint: str, now: datetime) -> tuple[str, str | None, Role, str | None] | None:
        """Staff, counter, role and agency of a session that still holds."""
        rows = self._rows(
            "SELECT staff, counter, role, agency FROM session"
            " JOIN staff ON staff.hall = session.hall AND staff.name = session.staff"
            " WHERE session.hall = :hall AND fingerprint = :fingerprint AND expires_at > :now",
            fingerprint=fingerprint,
            now=millis(now),
        )
        return (rows[0][0], rows[0][1], Role(rows[0][2]), rows[0][3]) if rows else None

    def session_at(self, fingerprint: str, counter: str | None) -> None:
        """The counter this session works at."""
        self._rows(
            "UPDATE session SET counter = :counter WHERE hall = :hall AND fingerprint = :fingerprint",
            fingerprint=fingerprint,
            counter=counter,
        )

    def staffed(self, counter: str, now: datetime) -> bool:
        """Whether anybody who is signed in works at a counter."""
        rows = self._rows(
            "SELECT 1 FROM session WHERE hall = :hall AND counter = :counter AND expires_at > :now LIMIT 1",
            counter=counter,
            now=millis(now),
        )
        return bool(rows)

    def sessions(self, now: datetime) -> list[tuple[str, tuple[str, str | None, Role, str | None]]]:
        """Of everybody who is signed in the fingerprint; and staff, counter, role and agency."""
        rows = self._rows(
            "SELECT fingerprint, staff, counter, role, agency FROM session"
            " JOIN staff ON staff.hall = session.hall AND staff.name = session.staff"
            " WHERE session.hall = :hall AND expires_at > :now",
            now=millis(now),
        )
        return [(mark, (name, counter, Role(role), agency)) for mark, name, counter, role, agency in rows]

    def others_at(self, counter: str, staff: str, now: datetime) -> list[str]:
        """The names of others who are signed in at a counter."""
        rows = self._rows(
            "SELECT DISTINCT staff FROM session WHERE hall = :hall AND counter = :counter AND expires_at > :now"
            " AND staff <> :staff ORDER BY staff",
            counter=counter,
            staff=staff,
            now=millis(now),
        )
        return [name for (name,) in rows]

    def others_left(self, counter: str, fingerprint: str) -> None:
        """Only one session works at a counter from now on."""
        self._rows(
            "UPDATE session SET counter = NULL"
            " WHERE hall = :hall AND counter = :counter AND fingerprint <> :fingerprint",
            counter=counter,
            fingerprint=fingerprint,
        )

    def session_ended(self, fingerprint: str, now: datetime) -> None:
        """Signed out; whatever has run out goes with it."""
        self._rows(
            "DELETE FROM session WHERE hall = :hall AND (fingerprint = :fingerprint OR expires_at <= :now)",
            fingerprint=fingerprint,
            now=millis(now),
        )
