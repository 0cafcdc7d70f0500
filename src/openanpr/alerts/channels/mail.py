"""E-mail: says that something waits, how grave it is, and where to look. No mark, no place."""

import smtplib
from email.message import EmailMessage
from typing import Final

from openanpr.alerts.channels.interface import CannotDeliver, Message
from openanpr.config.values import Settings

_TIMEOUT_S: Final = 20.0


class Mail:
    """Sends to one address through the force's own mail server."""

    def __init__(self, *, to: str, settings: Settings, password: str = "") -> None:
        self._to = to
        self._settings = settings
        self._password = password

    def send(self, notice: Message) -> None:
        """Hand the message to the mail server."""
        if not self._settings.smtp_host:
            raise CannotDeliver("no mail server is set: OPENANPR_SMTP_HOST", final=True)
        try:
            self._hand_over(_message(notice, to=self._to, sender=self._settings.mail_from))
        except smtplib.SMTPRecipientsRefused:
            raise CannotDeliver("the mail server refuses this address", final=True) from None
        except (smtplib.SMTPException, OSError) as problem:
            raise CannotDeliver(
                f"the mail server cannot be reached or refuses ({type(problem).__name__})"
            ) from None

    def _hand_over(self, message: EmailMessage) -> None:
        settings = self._settings
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=_TIMEOUT_S) as server:
            if settings.smtp_tls:
                server.starttls()
            if settings.smtp_user:
                server.login(settings.smtp_user, self._password)
            server.send_message(message)


def _message(notice: Message, *, to: str, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = notice.subject
    message["Message-ID"] = f"<{notice.message}@{sender.rpartition('@')[2] or 'openanpr'}>"
    message.set_content(notice.text)
    return message
