"""Who is acting, as every room sees it: no account, no session, no database row."""

from dataclasses import dataclass, field

from kompeten.kernel.roles import STAFF, Role


@dataclass(frozen=True, slots=True)
class Helper:
    """Whoever lends a hand: their account, what they are called, and the one record that is open.

    `about` is the reference of that record: nothing else of the person is there meanwhile.
    """

    account_id: int
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: an account with the roles it holds at this instant, or the house itself.

    `person_id` is None for accounts without a person record and for the house;
    `organization_ids` are the organizations in whose name a sponsor acts. `helped_by` is set while
    somebody acts at another's device and with their help: then little is open (`Step.with_help`).
    """

    account_id: int | None
    roles: frozenset[Role]
    person_id: int | None = None
    organization_ids: frozenset[int] = field(default=frozenset())
    label: str = ""
    helped_by: Helper | None = None

    def may(self, allowed: frozenset[Role]) -> bool:
        """Say whether one of the actor's roles is among `allowed`."""
        return not self.roles.isdisjoint(allowed)

    @property
    def account(self) -> int:
        """The account's key.

        :raises LookupError: the house itself and strangers have no account
        """
        if self.account_id is None:
            raise LookupError("this actor has no account")
        return self.account_id

    @property
    def hand(self) -> int:
        """The account at whose device this is done: the helper's, else the actor's own.

        :raises LookupError: there is none
        """
        return self.account if self.helped_by is None else self.helped_by.account_id

    @property
    def is_staff(self) -> bool:
        """Say whether the actor holds any role of the office."""
        return self.may(STAFF)


SYSTEM = Actor(account_id=None, roles=frozenset({Role.SYSTEM}), label="system")
STRANGER = Actor(account_id=None, roles=frozenset(), label="")
