"""A request's cookie or token -> who it is; by what is in the library, and before anything of its body is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.requests import Request

from firsthand.library import Library
from firsthand.library import tokens as stored_tokens
from firsthand.library.accounts import ROLES, Account, Session, any_account, see_session, session_of
from firsthand.library.log import user
from firsthand.web.access import Person, Visit
from firsthand.web.keys import fresh, hashed, is_one
from firsthand.web.options import Options

LONGEST = timedelta(days=7)
"""After that, people sign in again, whatever they do. Chosen: a week's work."""

IDLE = timedelta(hours=12)
"""As long without a request, and they sign in again. Chosen: a night."""

SEEN = timedelta(minutes=5)
"""How exact it is when a session or a token was last seen: to write it down costs a commit."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be written down about a visit, when it is over."""

    session: str | None = None
    token: stored_tokens.Token | None = None

    def __bool__(self) -> bool:
        return bool(self.session or self.token)

    def keep(self, library: Library) -> None:
        """Write it down."""
        with library.writing() as connection:
            if self.session:
                see_session(connection, self.session)
            if self.token:
                stored_tokens.see(connection, self.token)


def visit_of(request: Request, library: Library, options: Options) -> tuple[Visit, Sight]:
    """Who is asking. A token that is wrong makes nobody of who else might have been let in."""
    given = request.cookies.get(options.cookie, "")
    known = is_one(given)
    cookie = given if known else fresh()
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    with library.reading() as connection:
        if scheme.casefold() == "bearer":
            return _by_token(stored_tokens.owner(connection, hashed(token.strip())), cookie)
        found = session_of(connection, hashed(cookie)) if known else None
        if found and _holds(found):
            return _by_session(found, cookie)
        must = options.accounts or any_account(connection)
    if must:
        return Visit(None, cookie, not known, None), Sight()
    return Visit(Person(user(), "admin"), cookie, not known, "computer"), Sight()


def _by_token(found: tuple[Account, stored_tokens.Token] | None, cookie: str) -> tuple[Visit, Sight]:
    if found is None or found[0].locked or found[1].over:
        return Visit(None, cookie, False, None), Sight()
    one, token = found
    role = min(token.role, one.role, key=ROLES.index)
    sight = Sight(token=token) if _is_old(token.used) else Sight()
    return Visit(Person(one.name, role), cookie, False, "token", one.no), sight


def _holds(found: Session) -> bool:
    now = datetime.now(UTC)
    return not found.account.locked and now - found.made < LONGEST and now - found.seen < IDLE


def _by_session(found: Session, cookie: str) -> tuple[Visit, Sight]:
    one = found.account
    sight = Sight(session=hashed(cookie)) if _is_old(found.seen) else Sight()
    return Visit(Person(one.name, one.role), cookie, False, "session", one.no), sight


def _is_old(seen: datetime | None) -> bool:
    return seen is None or datetime.now(UTC) - seen >= SEEN
