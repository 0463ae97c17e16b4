"""A real SMTP server on the loopback interface, and a gateway that keeps SMS."""

import socket
from contextlib import contextmanager
from email import message_from_bytes, policy
from unittest.mock import patch

from aiosmtpd.controller import Controller

from odoo.addons.sms.tools.sms_api import SmsApi

LOOPBACK = "127.0.0.1"


class Mailbox:
    """Keeps what arrives: ``messages`` are pairs of recipients and the message."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        """Keep a message; the name of the method is aiosmtpd's."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append((list(envelope.rcpt_tos), message))
        return "250 kept"

    @property
    def recipients(self):
        """The addresses that something was delivered to."""
        return sorted(address for to, _message in self.messages for address in to)


def _get_free_port():
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


@contextmanager
def open_mailbox(env):
    """Let the host send for real, to a server that listens while this is open."""
    mailbox = Mailbox()
    port = _get_free_port()
    controller = Controller(mailbox, hostname=LOOPBACK, port=port)
    controller.start()
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create(
        {
            "name": "Loopback",
            "smtp_host": LOOPBACK,
            "smtp_port": port,
            "smtp_encryption": "none",
        }
    )
    server_class = type(env["ir.mail_server"])
    try:
        with patch.object(server_class, "_disable_send", lambda self: False):
            yield mailbox
    finally:
        controller.stop()


@contextmanager
def open_sms_gateway():
    """Keep the numbers that the host hands to its SMS service."""
    numbers = []

    def keep(_api, messages, delivery_reports_url=False):
        results = []
        for message in messages:
            for number in message["numbers"]:
                numbers.append(number["number"])
                results.append({"uuid": number["uuid"], "state": "sent", "credit": 0})
        return results

    with patch.object(SmsApi, "_send_sms_batch", keep):
        yield numbers
