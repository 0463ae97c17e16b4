"""A real HTTP server on the loopback that answers as the registers do, or worse."""

import socket
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep  # kept: tests replace the one that the product uses


@dataclass
class Answer:
    """What the server sends back.

    :ivar pause: seconds before the answer
    :ivar drip: seconds between single bytes of the body
    :ivar endless: the body never ends and says nothing of its length
    """

    body: bytes = b"{}"
    mime: str = "application/json"
    status: int = 200
    headers: dict = field(default_factory=dict)
    pause: float = 0
    drip: float = 0
    endless: bool = False
    cut: bool = False


@dataclass
class Request:
    method: str
    path: str
    headers: dict
    body: bytes


class QuietServer(ThreadingHTTPServer):
    """Whoever asks may hang up at any time: that is what some tests are about."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class RegisterServer:
    """Answers by the beginning of a path; the last answer of a list stays.

    ``answers[path]`` is an :class:`Answer`, a list of them for one request after the
    other, or a function of the :class:`Request`.
    """

    def __init__(self):
        self.answers = {}
        self.requests = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer._handle(self)

            do_POST = do_GET

            def log_message(self, *args):
                pass

        self.httpd = QuietServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.httpd.server_address[1]}"
        self.thread = threading.Thread(target=self.httpd.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.httpd.shutdown()
        self.httpd.server_close()
        self.thread.join()

    def reset(self):
        self.answers.clear()
        self.requests.clear()

    def asked(self, beginning="/"):
        """Return the requests whose path begins so."""
        return [item for item in self.requests if item.path.startswith(beginning)]

    def _handle(self, handler):
        length = int(handler.headers.get("Content-Length") or 0)
        request = Request(
            handler.command,
            handler.path,
            dict(handler.headers),
            handler.rfile.read(length),
        )
        self.requests.append(request)
        try:
            self._send(handler, self._find(request))
        except (BrokenPipeError, ConnectionResetError):
            pass  # whoever asked has given up, as it should

    def _find(self, request):
        fitting = [name for name in self.answers if request.path.startswith(name)]
        if not fitting:
            return Answer(b'{"message": "no such page"}', status=404)
        answer = self.answers[max(fitting, key=len)]
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        return answer(request) if callable(answer) else answer

    def _send(self, handler, answer):
        sleep(answer.pause)
        if answer.cut:
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
            return
        handler.send_response(answer.status)
        handler.send_header("Content-Type", answer.mime)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.endless:
            handler.send_header("Connection", "close")
            handler.end_headers()
            handler.close_connection = True
            while True:
                handler.wfile.write(b"x" * 65536)
        if "Content-Length" not in answer.headers:
            handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        if not answer.drip:
            handler.wfile.write(answer.body)
            return
        for number in range(len(answer.body)):
            handler.wfile.write(answer.body[number : number + 1])
            handler.wfile.flush()
            sleep(answer.drip)
