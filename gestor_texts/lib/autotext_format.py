"""How a value stands in a text: dates, amounts and lists in the words of a language."""

from datetime import UTC, date, datetime

from babel.dates import format_date
from markupsafe import Markup, escape

try:
    from num2words import num2words
except ImportError:  # the host runs without it as well
    num2words = None

#: formats that each kind of field can take besides the plain one
DAY_PATTERNS = {"date_long": "long", "month": "LLLL y", "year": "y"}
# in this order: a yes is an integer too, and a moment is a day too
KINDS = {
    "boolean": bool,
    "integer": int,
    "float": float,
    "datetime": datetime,
    "date": date,
}
LISTS = {"list": ", ", "lines": "\n"}


def day_in_words(day, how, locale):
    """Return a day in the words of a language.

    >>> import datetime
    >>> day = datetime.date(2026, 11, 24)
    >>> day_in_words(day, "date_long", "pl_PL"), day_in_words(day, "month", "pl_PL")
    ('24 listopada 2026', 'listopad 2026')
    >>> day_in_words(day, "date_long", "en_US"), day_in_words(day, "month", "en_US")
    ('November 24, 2026', 'November 2026')
    """
    return format_date(day, DAY_PATTERNS[how], locale=locale)


def amount_in_words(amount, currency, digits, locale):
    """Return an amount as it is written under a document, or nothing without num2words.

    >>> amount_in_words(-123.45, "PLN", 2, "pl_PL")
    'minus sto dwadzieścia trzy PLN 45/100'
    >>> amount_in_words(2000, "EUR", 2, "en_US")
    'two thousand EUR 00/100'
    """
    if num2words is None:
        return ""
    whole, _dot, part = f"{abs(amount):.{digits}f}".partition(".")
    try:
        words = num2words(int(whole), lang=locale)
    except NotImplementedError:
        words = num2words(int(whole), lang="en")
    sign = "minus " if amount < 0 and float(f"{whole}.{part or 0}") else ""
    rest = f" {part}/{10**digits}" if digits else ""
    return f"{sign}{words} {currency}{rest}"


def as_html(text):
    """Return a text as HTML that keeps its lines; markup stays as it is.

    >>> as_html("A & B\\nC")
    Markup('A &amp; B<br/>C')
    """
    if isinstance(text, Markup):
        return text
    return Markup("<br/>").join(escape(line) for line in text.split("\n"))


def without_empty_lines(text):
    """Return a text without its empty lines, as an address is written.

    >>> without_empty_lines("Polna 5\\n\\nKraków 31-001 \\n")
    'Polna 5\\nKraków 31-001'
    """
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


class Formatter:
    """Writes values in the language of an environment."""

    def __init__(self, env, sanitize):
        """
        :param env: environment whose context has the language
        :param sanitize: function that makes HTML of others harmless
        """
        self.env = env
        self.locale = env.lang or "en_US"
        self.sanitize = sanitize

    def show(self, value, how="auto", record=None, name=None):
        """Return a value as text or markup, or nothing when it is missing.

        :param str how: a format of an autotext; one that does not suit is not used
        :param record: whose field it is, when it is a field's
        :param str name: of the field
        """
        kind = record._fields[name].type if name else self._guess_kind(value)
        if kind not in ("boolean", "float", "integer", "monetary") and not value:
            return None
        if kind == "html":
            return Markup(self.sanitize(value))
        if how in DAY_PATTERNS and kind in ("date", "datetime"):
            return day_in_words(self._as_day(value), how, self.locale)
        if how == "address" and kind == "many2one" and value._name == "res.partner":
            address = value._display_address(without_company=True)
            return without_empty_lines(address) or None
        if how in ("amount", "amount_words") and kind in ("float", "monetary"):
            return self._show_amount(value, how, record, name)
        shown = getattr(self, f"_show_{kind}", self._show_text)(value, record, name)
        return shown or None

    @staticmethod
    def _guess_kind(value):
        if isinstance(value, Markup):
            return "html"
        if hasattr(value, "_name"):
            return "many2one"
        for kind, type_ in KINDS.items():
            if isinstance(value, type_):
                return kind
        return "char"

    def _as_day(self, moment):
        if not isinstance(moment, datetime):
            return moment
        return moment.replace(tzinfo=UTC).astimezone(self.env.tz).date()

    def _get_currency(self, record, name):
        names = ["currency_id"]
        if name and record._fields[name].type == "monetary":
            names.insert(0, record._fields[name].get_currency_field(record))
        for currency_name in names:
            if record is not None and record._fields.get(currency_name):
                if currency := record[currency_name]:
                    return currency
        return self.env.company.currency_id

    def _show_amount(self, value, how, record, name):
        currency = self._get_currency(record, name).with_env(self.env)
        if how == "amount":
            return currency.format(value)
        return amount_in_words(
            value, currency.name, currency.decimal_places, self.locale
        )

    def _show_text(self, value, _record, _name):
        return str(value)

    def _show_selection(self, value, record, name):
        labels = record._fields[name]._description_selection(self.env)
        return dict(labels).get(value, value)

    def _show_boolean(self, value, _record, _name):
        return self.env._("Yes") if value else self.env._("No")

    def _show_integer(self, value, _record, _name):
        return str(value)

    def _show_float(self, value, record, name):
        digits = name and record._fields[name].get_digits(self.env)
        return self.env["ir.qweb.field.float"].value_to_html(
            value, {"precision": digits[1] if digits else 2}
        )

    def _show_monetary(self, value, record, name):
        return self._show_amount(value, "amount", record, name)

    def _show_date(self, value, _record, _name):
        return self.env["ir.qweb.field.date"].value_to_html(value, {})

    def _show_datetime(self, value, _record, _name):
        return self.env["ir.qweb.field.datetime"].value_to_html(
            value, {"hide_seconds": True}
        )

    def _show_many2one(self, value, _record, _name):
        return value.display_name
