"""How is a mail handed to the server that the options name? One connection for a round."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from kompeten.notices.ports import Post, Refused, Unavailable
from kompeten.notices.terms import Mail

TIMEOUT_SECONDS = 20
# Automatic answers (out of office) shall not be sent to what nobody reads. Source: RFC 3834.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


class DjangoPost:
    """A round on one connection of Django's mail backend: SMTP, the console, or memory in tests."""

    def __init__(self, connection: BaseEmailBackend) -> None:
        self.connection = connection

    def deliver(self, mail: Mail) -> None:
        """Hand over one mail; see `ports.Post`."""
        try:
            validate_email(mail.to)
        except ValidationError as error:
            raise Refused("mail.bad_address") from error
        headers = {"Message-ID": mail.key, **AUTOMATIC}
        message = EmailMessage(
            mail.subject, mail.body, to=[mail.to], headers=headers, connection=self.connection
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            code, _ = next(iter(error.recipients.values()))
            if code >= 500:
                raise Refused("mail.refused") from error
            raise Unavailable(_line(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable(_line(error)) from error


@contextmanager
def round_of_post() -> Iterator[Post]:
    """Open one connection for a round; see `ports.PostOffice`."""
    connection = get_connection(timeout=TIMEOUT_SECONDS)
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable(_line(error)) from error
    try:
        yield DjangoPost(connection)
    finally:
        connection.close()


def _line(error: Exception) -> str:
    """Return one line for the operator, without addresses: these stay with their people."""
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
