"""Lays documents out with WeasyPrint, one after the other.

Parsed bundles, compiled stylesheets and loaded fonts are kept for the life of the
process: the first document of a process costs some tenths of a second more. Layout
trees are not: each document becomes bytes before the next one begins, so memory does
not grow with the number of documents.
"""

import functools
import gc
import io
import logging
import threading
import warnings
from collections import OrderedDict

from PIL import Image

from . import document as doc
from .css import Stylesheet
from .urls import BASE_URL, ResourceRefused

_logger = logging.getLogger(__name__)

#: Pango's font map must not be used by two threads; a layout holds the GIL anyway.
_lock = threading.Lock()
_LOCK_SECONDS = 300
#: Layout trees are full of cycles and the collector seldom looks at old objects:
#: without a hint 100 documents hold 50 MB, with it none, for 4 % of the time.
_DOCUMENTS_PER_COLLECTION = 25
#: the host accepts no larger pictures either (``IMAGE_MAX_RESOLUTION``)
MAX_PIXELS = 50_000_000


class EngineMissing(Exception):
    """WeasyPrint, or the Pango libraries it needs, cannot be loaded."""


class EngineBusy(Exception):
    """Other threads printed for longer than anybody would wait."""


class Resources:
    """Where a document's stylesheets, pictures and fonts come from."""

    def stylesheet(self, href):
        """Return a bundle.

        :return: a key that changes with the content, and the CSS
        :rtype: tuple[str, str]
        :raise ResourceRefused: if there is none
        """
        raise NotImplementedError

    def fetch(self, url):
        """Return the content of an address other than ``data:``.

        :return: bytes and MIME type, which may be None
        :raise ResourceRefused: if the document may not use it, or it is missing
        """
        raise NotImplementedError


class Recent(OrderedDict):
    """A dictionary that forgets what was not used for the longest time.

    >>> recent = Recent(2)
    >>> [recent.remember(key, lambda: key.upper()) for key in "abac"]
    ['A', 'B', 'A', 'C']
    >>> list(recent)
    ['a', 'c']
    """

    def __init__(self, size):
        super().__init__()
        self.size = size

    def remember(self, key, make):
        """Return the value of a key, made when it is not there."""
        if key in self:
            self.move_to_end(key)
        else:
            self[key] = make()
            while len(self) > self.size:
                self.popitem(last=False)
        return self[key]


_bundles = Recent(8)
_compiled = Recent(32)


@functools.cache
def _weasyprint():
    """Load WeasyPrint on first use: it takes a second and needs system libraries."""
    logger = logging.getLogger("weasyprint")
    logger.handlers = [_Reporter()]
    logger.propagate = False
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        import weasyprint  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise EngineMissing(str(error)) from error
    return weasyprint, FontConfiguration()


def check():
    """Make sure that documents can be laid out.

    :raise EngineMissing: with the reason
    """
    _weasyprint()


class _Reporter(logging.Handler):
    """Report what WeasyPrint complains about, such as a broken picture, as news.

    It calls unknown CSS a warning and a missing picture an error; for the server
    neither is one.
    """

    def emit(self, record):
        level = logging.INFO if record.levelno >= logging.ERROR else logging.DEBUG
        _logger.log(level, "%s", record.getMessage()[:300])


def _refuse_giant(content):
    """Refuse a picture that would take minutes and gigabytes to draw.

    :raise ResourceRefused: by the size its head tells, before anything is unpacked
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            width, height = Image.open(io.BytesIO(content)).size
    except Image.DecompressionBombError as error:
        raise ResourceRefused("picture too large") from error
    except Exception:
        return  # no picture of pixels, or a broken one: WeasyPrint tells
    if width * height > MAX_PIXELS:
        raise ResourceRefused("picture too large")


def _fetcher(resources):
    """Make the one door through which WeasyPrint gets at anything."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class Fetcher(URLFetcher):
        def fetch(self, url, headers=None):
            try:
                if url[:5].lower() == "data:":
                    response = super().fetch(url, headers)
                    content, mimetype = response.read(), response.content_type
                else:
                    content, mimetype = resources.fetch(url)
                _refuse_giant(content)
            except ResourceRefused as error:
                _logger.info("Not printed, %s: %s", error, url[:200])
                raise
            headers = {"Content-Type": mimetype} if mimetype else {}
            return URLFetcherResponse(url, content, headers)

    return Fetcher(allowed_protocols=["data"], allow_redirects=False)


class Renderer:
    """Lays out the documents of one report.

    :param Page page: geometry
    :param Resources resources: where everything else comes from
    :raise EngineMissing: if WeasyPrint or Pango cannot be loaded
    """

    def __init__(self, page, resources):
        self.page = page
        self.resources = resources
        self.weasyprint, self.fonts = _weasyprint()
        self.fetcher = _fetcher(resources)
        self._bundles = {}
        self._pages = {}

    def render(self, bodies, header="", footer=""):
        """Yield the PDF of each body.

        :param bodies: HTML documents; each counts its pages by itself
        :param str header: HTML with the headers of all bodies, or empty
        :param str footer: likewise
        :rtype: collections.abc.Iterator[bytes]
        """
        headers = doc.split_parts(header, "minimal_layout_report_headers")
        footers = doc.split_parts(footer, "minimal_layout_report_footers")
        frame_class = headers.body_class or footers.body_class
        images = {}
        for index, body in enumerate(bodies):
            built = doc.build(
                body, headers.node(index), footers.node(index), frame_class
            )
            bundles = [self._bundle(href) for href in built.stylesheets]
            if not _lock.acquire(timeout=_LOCK_SECONDS):
                raise EngineBusy
            try:
                content = self._render_one(built, bundles, images)
            finally:
                _lock.release()
            yield content
            if index % _DOCUMENTS_PER_COLLECTION == _DOCUMENTS_PER_COLLECTION - 1:
                images.clear()
                gc.collect()

    def _bundle(self, href):
        """Return key and parsed content of a bundle, asked for once per report."""
        if href not in self._bundles:
            try:
                key, text = self.resources.stylesheet(href)
            except ResourceRefused as error:
                _logger.info("Stylesheet left out, %s: %s", error, href[:200])
                key, text = "", ""
            parsed = _bundles.remember(key, lambda: Stylesheet(text))
            self._bundles[href] = key, parsed
        return self._bundles[href]

    def _render_one(self, built, bundles, images):
        if built.root.find(".//svg") is not None:
            for _key, bundle in bundles:
                doc.paint_svg(built.root, bundle.paints(built.classes))
        text = built.to_html()
        html = self.weasyprint.HTML(
            string=text,
            base_url=BASE_URL,
            url_fetcher=self.fetcher,
            media_type="print",
        )
        sheets = [self._compile(built.classes, text, bundles)]
        page = self.page
        layout = self._lay_out(html, sheets, page, built.css, images)
        roomy = page.with_room_for(
            self._end(layout, doc.HEADER_END, page),
            self._end(layout, doc.FOOTER_END, page),
        )
        if roomy is not page:
            layout = self._lay_out(html, sheets, roomy, built.css, images)
        return layout.write_pdf(zoom=page.scale)

    def _lay_out(self, html, sheets, page, css, images):
        own = self._css(page.css() + css)
        return html.render(
            stylesheets=[*sheets, own], font_config=self.fonts, cache=images
        )

    def _compile(self, classes, html, bundles):
        """Return the rules of the bundles that this document needs, compiled."""
        key = (tuple(key for key, _parsed in bundles), classes)

        def compile_css():
            rules = "\n".join(parsed.cut(classes) for _key, parsed in bundles)
            faces = [
                face
                for _key, parsed in bundles
                for face in parsed.faces_used_by(rules + html)
            ]
            return self._css("\n".join([*faces, rules, doc.PRINT_CSS]))

        return _compiled.remember(key, compile_css)

    def _css(self, text):
        return self.weasyprint.CSS(
            string=text,
            base_url=BASE_URL,
            font_config=self.fonts,
            url_fetcher=self.fetcher,
        )

    @staticmethod
    def _end(layout, anchor, page):
        """Return where header or footer end, in mm from the top of the paper."""
        place = layout.pages[0].anchors.get(anchor)
        return page.to_mm(place[1]) if place else None
