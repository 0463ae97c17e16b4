"""A real SMTP server on the loopback interface that keeps what it receives."""

import time
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from server import LOOPBACK, free_port


class Mailbox:
    """Use it as a context manager; it listens on ``port`` while it is open."""

    def __init__(self):
        self.messages = []
        self.port = free_port()
        self._controller = Controller(self, hostname=LOOPBACK, port=self.port)

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *error):
        self._controller.stop()

    async def handle_DATA(self, server, session, envelope):
        """Keep a message; the name of the method is aiosmtpd's."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append((list(envelope.rcpt_tos), message))
        return "250 kept"

    def wait_for(self, recipient, seconds=60):
        """Return the last message to an address.

        :raise AssertionError: if none came in time
        """
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            found = [m for to, m in self.messages if recipient in to]
            if found:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"no mail to {recipient} among {len(self.messages)}")
