"""`antrean token` and `antrean webhook`: programs that use the hall, and programs that it tells."""

from __future__ import annotations

import click

from assets.words import N_
from hall.command.base import _, as_json, cli, open_hall, print_json, tell
from hall.rights import Scope
from hall.tickets import Deed


@cli.group(help=_("The programs that may use the hall over its API."))
def token() -> None:
    pass


@token.command("add", help=_("Let a program in; prints its token once."))
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice([scope.value for scope in Scope]))
def add_token(name: str, scopes: tuple[str, ...]) -> None:
    with open_hall() as hall:
        secret = hall.tokens.add(name, map(Scope, scopes))
    click.echo(secret)
    tell(N_("This is the token of “{name}”. It is shown only now."), err=True, name=name)


@token.command("list", help=_("Every token: its name and its scopes."))
@as_json
def list_tokens(*, as_json: bool) -> None:
    with open_hall() as hall:
        found = hall.tokens.all()
    for one in found:
        made, scopes = one.made_at.isoformat(timespec="seconds"), sorted(one.scopes)
        if as_json:
            print_json({"name": one.name, "scopes": scopes, "made_at": made})
        else:
            click.echo(f"{one.name:<24} {', '.join(scopes):<36} {made}")


@token.command(help=_("Put a program out, and take its webhooks away."))
@click.argument("name")
def revoke(name: str) -> None:
    with open_hall() as hall:
        hall.tokens.revoke(name)
        tell(N_("The token “{name}” opens nothing any more."), name=name)


@cli.group(help=_("The programs that are told what happens to tickets."))
def webhook() -> None:
    pass


@webhook.command("add", help=_("Tell the program at an address; prints the secret of its signatures once."))
@click.argument("url")
@click.option("--events", required=True, help=_("Such as called,finished."))
def add_webhook(url: str, events: str) -> None:
    words = [word.strip() for word in events.split(",") if word.strip()]
    unknown = [word for word in words if word not in set(Deed)]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)} ({', '.join(Deed)})")
    with open_hall() as hall:
        hook = hall.webhooks.add(url, map(Deed, words))
    click.echo(hook.secret)
    tell(N_("This is the secret of webhook {id}. It is shown only now."), err=True, id=hook.id)


@webhook.command("list", help=_("Every webhook, how far it was told, and what is wrong."))
@as_json
def list_webhooks(*, as_json: bool) -> None:
    with open_hall() as hall:
        found, sequence = hall.webhooks.all(), hall.sequence()
    for one in found:
        events = sorted(one.events)
        if as_json:
            said = {"id": one.id, "url": one.url, "events": events, "position": one.position, "sequence": sequence}
            print_json({**said, "trouble": one.trouble, "stopped": one.stopped})
        else:
            state = _("stopped") if one.stopped else _("failing") if one.trouble else _("well")
            click.echo(f"{one.id:<8} {one.url}  {', '.join(events)}  {state}  {one.trouble or ''}".rstrip())


@webhook.command(help=_("Go on telling a webhook that was stopped, from where it was left."))
@click.argument("number", type=int)
def resume(number: int) -> None:
    with open_hall() as hall:
        hall.webhooks.resume(number)


@webhook.command(help=_("Tell a webhook nothing more."))
@click.argument("number", type=int)
def remove(number: int) -> None:
    with open_hall() as hall:
        hall.webhooks.remove(number)
