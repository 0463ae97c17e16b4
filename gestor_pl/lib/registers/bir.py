"""GUS BIR: the REGON register over SOAP 1.2, with a session and MTOM answers.

Source: GUS, "Usługa BIR, opis usługi sieciowej", versions 1.1 and 1.2.
"""

from xml.sax.saxutils import escape

from .errors import RegisterAnswerError, RegisterRefusedError
from .mtom import MIMES, unwrap
from .safe_xml import find_text, local, parse
from .subject import (
    ACTIVE,
    CLOSED,
    FIRM,
    PERSON,
    SUSPENDED,
    pkd,
    street,
    subject,
    text,
)

PATH = "/wsBIR/UslugaBIRzewnPubl.svc"
_SERVICE = "http://CIS/BIR/PUBL/2014/07"
_ENVELOPE = """\
<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:ns="{ns}"\
 xmlns:dat="http://CIS/BIR/PUBL/2014/07/DataContract"\
 xmlns:val="http://CIS/BIR/2014/07">
<soap:Header xmlns:wsa="http://www.w3.org/2005/08/addressing">\
<wsa:To>{to}</wsa:To><wsa:Action>{action}</wsa:Action></soap:Header>
<soap:Body>{body}</soap:Body></soap:Envelope>"""
#: kind of number -> element for one, element for many; REGON by its length
_SEARCH = {"nip": ("Nip", "Nipy"), "krs": ("Krs", "Krsy")}
_SEARCH_REGON = {9: ("Regon", "Regony9zn"), 14: ("Regon", "Regony14zn")}
#: the newer names carry PKD 2025; who knows only the older ones says error 5
PREFIXES = ("BIR12", "BIR11")
NOT_FOUND, BAD_REPORT, NO_SESSION = "4", "5", "7"
_PERSON_REPORTS = {
    "1": "OsFizycznaDzialalnoscCeidg",
    "2": "OsFizycznaDzialalnoscRolnicza",
    "3": "OsFizycznaDzialalnoscPozostala",
    "4": "OsFizycznaDzialalnoscSkreslonaDo20141108",
}


class BirClient:
    """Ask the register; log in when there is no session or it has ended.

    :param transport: to the host of the service
    :param str key: the user's key, given by GUS
    :param str session: of an earlier login, if there is one
    """

    def __init__(self, transport, key, session=""):
        self.transport = transport
        self.key = key
        self.session = session
        self.raw = b""

    def search(self, kind, values):
        """Return the rows of up to 20 numbers of one kind; unknown numbers have none.

        :rtype: list[dict[str, str]]
        """
        names = _SEARCH.get(kind) or _SEARCH_REGON[len(values[0])]
        name = names[len(values) > 1]
        numbers = escape(",".join(values))
        return self._rows(
            "DaneSzukajPodmioty",
            "<ns:pParametryWyszukiwania>"
            f"<dat:{name}>{numbers}</dat:{name}></ns:pParametryWyszukiwania>",
        )

    def report(self, regon, name):
        """Return the rows of a report, in its newest version that the service knows."""
        for prefix in PREFIXES:
            try:
                return self._rows(
                    "DanePobierzPelnyRaport",
                    f"<ns:pRegon>{escape(regon)}</ns:pRegon>"
                    f"<ns:pNazwaRaportu>{prefix}{name}</ns:pNazwaRaportu>",
                )
            except BadReportError:
                continue
        return []

    def state(self):
        """Return whether the service is on: its own word, ``StatusUslugi``."""
        if not self.session:
            self.login()
        return self._call(
            "GetValue", "<val:pNazwaParametru>StatusUslugi</val:pNazwaParametru>"
        )

    def login(self):
        """Open a session.

        :raise RegisterRefusedError: if the key opens none
        """
        self.session = ""
        key = f"<ns:pKluczUzytkownika>{escape(self.key)}</ns:pKluczUzytkownika>"
        self.session = text(self._call("Zaloguj", key))
        if not self.session:
            raise RegisterRefusedError("key_refused", status=200)

    def _rows(self, operation, body):
        if not self.session:
            self.login()
        result = self._call(operation, body)
        rows = read_rows(result)
        if not result.strip() or _code(rows) == NO_SESSION:
            # an ended session answers with nothing at all
            self.login()
            rows = read_rows(self._call(operation, body))
        code = _code(rows)
        if code == NOT_FOUND:
            return []
        if code == BAD_REPORT:
            raise BadReportError("register_says", message=_message(rows))
        if code:
            raise RegisterAnswerError("register_says", message=_message(rows))
        return rows

    def _call(self, operation, body):
        """Return the text that an operation gives back; it may be XML in its turn."""
        space = "val" if operation == "GetValue" else "ns"
        service = "http://CIS/BIR/2014/07/IUslugaBIR" if space == "val" else ""
        action = f"{service or _SERVICE + '/IUslugaBIRzewnPubl'}/{operation}"
        envelope = _ENVELOPE.format(
            ns=_SERVICE,
            to=self.transport.base_url + PATH,
            action=action,
            body=f"<{space}:{operation}>{body}</{space}:{operation}>",
        )
        headers = {
            "Content-Type": f'application/soap+xml; charset=utf-8; action="{action}"'
        }
        if self.session:
            headers["sid"] = self.session
        reply = self.transport.post(
            PATH, accept=MIMES, headers=headers, data=envelope.encode()
        )
        self.raw = unwrap(reply.mime, reply.body)
        root = parse(self.raw)
        result = find_text(root, f"{operation}Result")
        if result is None:
            raise RegisterAnswerError("no_result", operation=operation)
        return result


class BadReportError(RegisterAnswerError):
    """The service does not know a report of this name."""


def read_rows(result):
    """Return the rows of an answer; each is a dictionary without empty values.

    >>> read_rows("<root><dane><Nip>1</Nip><Typ /></dane></root>")
    [{'Nip': '1'}]
    >>> read_rows("")
    []

    :param str result: what an operation gave back
    """
    if not result.strip():
        return []
    return [
        {local(item): item.text.strip() for item in row if (item.text or "").strip()}
        for row in parse(result.encode())
    ]


def _code(rows):
    return next((row["ErrorCode"] for row in rows if "ErrorCode" in row), "")


def _message(rows):
    """Return the service's own words, which name the number at most."""
    words = (row.get("ErrorMessagePl", "") for row in rows)
    return text(next(filter(None, words), _code(rows)))[:200]


def main_row(rows):
    """Return the row of the firm itself: a firm may come with its local units.

    >>> main_row([{"Typ": "LP"}, {"Typ": "P"}])
    {'Typ': 'P'}
    >>> main_row([{"Typ": "F", "SilosID": "4"}, {"Typ": "F", "SilosID": "1"}])
    {'Typ': 'F', 'SilosID': '1'}
    """
    order = {"P": 0, "F": 1}
    return min(rows, key=lambda r: (order.get(r.get("Typ"), 2), r.get("SilosID", "9")))


def reports(row):
    """Return the names of the reports of a row: data, activities, local units.

    >>> reports({"Typ": "P"})
    ['OsPrawna', 'OsPrawnaPkd', 'OsPrawnaListaJednLokalnych']
    >>> reports({"Typ": "F", "SilosID": "1"})[:2]
    ['OsFizycznaDzialalnoscCeidg', 'OsFizycznaPkd']
    >>> reports({"Typ": "LP"})
    ['JednLokalnaOsPrawnej', 'JednLokalnaOsPrawnejPkd']
    """
    kind = row.get("Typ", "P")
    if kind == "F":
        name = _PERSON_REPORTS.get(row.get("SilosID"), _PERSON_REPORTS["3"])
        return [name, "OsFizycznaPkd", "OsFizycznaListaJednLokalnych"]
    if kind in ("LP", "LF"):
        name = "JednLokalnaOsPrawnej" if kind == "LP" else "JednLokalnaOsFizycznej"
        return [name, f"{name}Pkd"]
    return ["OsPrawna", "OsPrawnaPkd", "OsPrawnaListaJednLokalnych"]


def suffix(row, *names):
    """Return a value of a report whatever the prefix of its name.

    >>> suffix({"praw_numerTelefonu": "1"}, "numerTelefonu")
    '1'
    >>> suffix({"fizC_RodzajRejestru_Symbol": "x", "fiz_pkd_Kod": "62"}, "pkdKod")
    '62'
    """
    wanted = {_plain(name) for name in names}
    for key, value in row.items():
        if _plain(key.partition("_")[2]) in wanted:
            return value
    return ""


def _plain(name):
    return name.replace("_", "").lower()


def read_subject(row, report=None, activities=(), units=()):
    """Return the normalised subject.

    >>> row = {"Nazwa": "ACME SP. Z O.O.", "Nip": "5261040828", "Regon": "000331501",
    ...        "Ulica": "ul. Długa", "NrNieruchomosci": "5", "NrLokalu": "2",
    ...        "Wojewodztwo": "MAZOWIECKIE", "Miejscowosc": "Warszawa", "Typ": "P"}
    >>> found = read_subject(row)
    >>> found["street"], found["state"], found["status"]
    ('ul. Długa 5/2', 'mazowieckie', 'active')

    :param dict row: of the search
    :param dict report: with more data, if it was fetched
    :param activities: rows of the report on PKD
    :param units: rows of the report on local units
    """
    report = report or {}
    legal_form = suffix(report, "szczegolnaFormaPrawna_Nazwa") or suffix(
        report, "podstawowaFormaPrawna_Nazwa"
    )
    ended = row.get("DataZakonczeniaDzialalnosci") or suffix(
        report, "dataZakonczeniaDzialalnosci", "dataSkresleniaDzialalnosci"
    )
    registry = suffix(report, "numerWRejestrzeEwidencji")
    court = suffix(report, "rodzajRejestruEwidencji_Symbol")
    return subject(
        name=row.get("Nazwa", ""),
        nip=row.get("Nip", ""),
        regon=row.get("Regon", ""),
        # 138 and 139: the two parts of the National Court Register
        krs=registry.zfill(10) if court in ("138", "139") and registry else "",
        street=_street(row),
        zip=_zip(row.get("KodPocztowy", "")),
        city=row.get("Miejscowosc", ""),
        state=row.get("Wojewodztwo", "").lower(),
        country="PL",
        phone=suffix(report, "numerTelefonu"),
        email=suffix(report, "adresEmail").lower(),
        website=suffix(report, "adresStronyinternetowej").lower(),
        legal_form=legal_form.lower(),
        kind=PERSON if row.get("Typ") in ("F", "LF") else FIRM,
        pkd=[found for found in map(_activity, activities) if found["code"]],
        status=_status(report, ended),
        started=suffix(report, "dataRozpoczeciaDzialalnosci"),
        ended=ended,
        units=[_unit(unit) for unit in units if suffix(unit, "regon14")],
    )


def _street(row):
    # a village without streets: the number stands after its name
    name = row.get("Ulica") or (
        row.get("Miejscowosc", "") if row.get("NrNieruchomosci") else ""
    )
    return street(name, row.get("NrNieruchomosci", ""), row.get("NrLokalu", ""))


def _zip(code):
    """Return a post code with its dash, which reports leave out."""
    return f"{code[:2]}-{code[2:]}" if len(code) == 5 and code.isdigit() else code


def _status(report, ended):
    if ended:
        return CLOSED
    stopped = suffix(report, "dataZawieszeniaDzialalnosci")
    resumed = suffix(report, "dataWznowieniaDzialalnosci")
    return SUSPENDED if stopped and resumed < stopped else ACTIVE


def _activity(row):
    main = suffix(row, "pkdPrzewazajace") == "1"
    return pkd(suffix(row, "pkdKod"), suffix(row, "pkdNazwa"), main)


def _unit(row):
    return {
        "regon": suffix(row, "regon14"),
        "name": suffix(row, "nazwa"),
        "street": street(
            suffix(row, "adSiedzUlica_Nazwa")
            or suffix(row, "adSiedzMiejscowosc_Nazwa"),
            suffix(row, "adSiedzNumerNieruchomosci"),
            suffix(row, "adSiedzNumerLokalu"),
        ),
        "zip": _zip(suffix(row, "adSiedzKodPocztowy")),
        "city": suffix(row, "adSiedzMiejscowosc_Nazwa"),
    }
