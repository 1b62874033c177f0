"""`antrean kiosk-pin`: the PIN with which a technician opens a locked kiosk."""

from __future__ import annotations

import click

from assets.words import N_
from hall import staff
from hall.command.base import _, cli, tell


@cli.command("kiosk-pin", help=_("Make the PIN with which a technician opens a locked kiosk; it is shown only now."))
def kiosk_pin() -> None:
    pin = staff.new_pin()
    tell(N_("The technician's PIN is {pin}. Put this line into [kiosk] of antrean.toml:"), pin=pin)
    click.echo(f'pin = "{staff.secret(pin)}"')
