"""Answers in the shapes of the real registers; the firms do not exist."""

import json
import re
from xml.sax.saxutils import escape

from .register_server import Answer

NIP, REGON, KRS = "5261040828", "000331501", "0000028860"
OTHER_NIP = "7010000005"
ACCOUNT = "79913909960308246281948219"
UUID = "uuid:44a1f8b4-8a5b-4d6d-b1f0-9d2f6e2d5d3a+id=17"

FIRM_ROW = {
    "Regon": REGON,
    "Nip": NIP,
    "StatusNip": "",
    "Nazwa": 'PRZYKŁAD "ŁÓDŹ" & WSPÓLNICY SP. Z O.O.',
    "Wojewodztwo": "ŁÓDZKIE",
    "Powiat": "Łódź",
    "Gmina": "Łódź-Śródmieście",
    "Miejscowosc": "Łódź",
    "KodPocztowy": "90-001",
    "Ulica": "ul. Piotrkowska",
    "NrNieruchomosci": "12",
    "NrLokalu": "3",
    "Typ": "P",
    "SilosID": "6",
    "DataZakonczeniaDzialalnosci": "",
    "MiejscowoscPoczty": "Łódź",
}
REPORTS = {
    "OsPrawna": [
        {
            "praw_regon9": REGON,
            "praw_nip": NIP,
            "praw_nazwa": FIRM_ROW["Nazwa"],
            "praw_numerWRejestrzeEwidencji": KRS,
            "praw_dataRozpoczeciaDzialalnosci": "2001-07-20",
            "praw_numerTelefonu": "426000000",
            "praw_adresEmail": "BIURO@PRZYKLAD.EXAMPLE",
            "praw_adresStronyinternetowej": "WWW.PRZYKLAD.EXAMPLE",
            "praw_podstawowaFormaPrawna_Nazwa": "OSOBA PRAWNA",
            "praw_szczegolnaFormaPrawna_Nazwa": "SPÓŁKI Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
            "praw_rodzajRejestruEwidencji_Symbol": "138",
            "praw_liczbaJednLokalnych": "1",
        }
    ],
    "OsPrawnaPkd": [
        {
            "praw_pkdWersja": "2025",
            "praw_pkdKod": "6220A",
            "praw_pkdNazwa": "DORADZTWO",
            "praw_pkdPrzewazajace": "0",
        },
        {
            "praw_pkdWersja": "2025",
            "praw_pkdKod": "6210B",
            "praw_pkdNazwa": "PROGRAMOWANIE",
            "praw_pkdPrzewazajace": "1",
        },
    ],
    "OsPrawnaListaJednLokalnych": [
        {
            "lokpraw_regon14": "00033150100017",
            "lokpraw_nazwa": "ODDZIAŁ W GDAŃSKU",
            "lokpraw_adSiedzKodPocztowy": "80001",
            "lokpraw_adSiedzMiejscowosc_Nazwa": "Gdańsk",
            "lokpraw_adSiedzUlica_Nazwa": "ul. Długa",
            "lokpraw_adSiedzNumerNieruchomosci": "7",
        }
    ],
}
PERSON_ROW = {
    **FIRM_ROW,
    "Nip": OTHER_NIP,
    "Regon": "141934354",
    "Nazwa": "SKLEP PRZYKŁADOWY",
    "Typ": "F",
    "SilosID": "1",
}


def rows(*items):
    """The XML that stands as text in a result."""
    body = "".join(
        "<dane>"
        + "".join(
            f"<{key}>{escape(value)}</{key}>" if value else f"<{key} />"
            for key, value in item.items()
        )
        + "</dane>"
        for item in items
    )
    return f"<root>\r\n{body}\r\n</root>"


def error_rows(code, message="Nie znaleziono podmiotów."):
    return rows(
        {
            "ErrorCode": code,
            "ErrorMessagePl": message,
            "ErrorMessageEn": "No data found.",
            "Nip": NIP,
        }
    )


def soap(operation, result):
    """A SOAP 1.2 answer in MTOM, as the service sends it."""
    envelope = (
        '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
        'xmlns:a="http://www.w3.org/2005/08/addressing"><s:Header>'
        f'<a:Action s:mustUnderstand="1">{operation}Response</a:Action></s:Header>'
        f'<s:Body><{operation}Response xmlns="http://CIS/BIR/PUBL/2014/07">'
        f"<{operation}Result>{escape(result)}</{operation}Result>"
        f"</{operation}Response></s:Body></s:Envelope>"
    )
    body = (
        f"\r\n--{UUID}\r\nContent-ID: <http://tempuri.org/0>\r\n"
        "Content-Transfer-Encoding: 8bit\r\n"
        'Content-Type: application/xop+xml;charset=utf-8;type="application/soap+xml"'
        f"\r\n\r\n{envelope}\r\n--{UUID}--\r\n"
    )
    mime = (
        'multipart/related; type="application/xop+xml";start="<http://tempuri.org/0>";'
        f'boundary="{UUID}";start-info="application/soap+xml"'
    )
    return Answer(body.encode(), mime)


class Bir:
    """The service: it knows firms by number, keys, sessions and names of reports."""

    def __init__(self, firms=(FIRM_ROW,), key="k" * 20, prefixes=("BIR12", "BIR11")):
        self.firms = list(firms)
        self.key = key
        self.prefixes = prefixes
        self.sessions = set()
        self.calls = []

    def __call__(self, request):
        text = request.body.decode()
        operation = re.search(r"<(?:ns|val):(\w+)>", text)[1]
        self.calls.append(operation)
        if operation == "Zaloguj":
            return soap(operation, self._login(text))
        if operation == "GetValue":
            return soap(operation, "1")
        if request.headers.get("sid") not in self.sessions:
            return soap(operation, "")
        if operation == "DaneSzukajPodmioty":
            return soap(operation, self._search(text))
        return soap(operation, self._report(text))

    def _login(self, text):
        if f">{self.key}<" not in text:
            return ""
        session = f"{len(self.sessions):020d}"
        self.sessions.add(session)
        return session

    def _search(self, text):
        name, numbers = re.search(r"<dat:(\w+)>([\d,]+)</dat", text).groups()
        field = {"N": "Nip", "R": "Regon", "K": "Krs"}[name[0]]
        wanted = numbers.split(",")
        found = [row for row in self.firms if {**row, "Krs": KRS}[field] in wanted]
        return rows(*found) if found else error_rows("4")

    def _report(self, text):
        name = re.search(r"pNazwaRaportu>(\w+)<", text)[1]
        if name[:5] not in self.prefixes:
            return error_rows("5", "Nieprawidłowa lub pusta nazwa raportu.")
        report = REPORTS.get(name[5:])
        return rows(*report) if report else error_rows("4")


def listed(nip=NIP, status="Czynny", accounts=(ACCOUNT,), **values):
    return {
        "name": "PRZYKŁAD SP. Z O.O.",
        "nip": nip,
        "statusVat": status,
        "regon": REGON if nip == NIP else None,
        "pesel": None,
        "krs": KRS,
        "residenceAddress": None,
        "workingAddress": "PIOTRKOWSKA 12/3, 90-001 ŁÓDŹ",
        "representatives": [],
        "authorizedClerks": [],
        "partners": [],
        "registrationLegalDate": "2001-08-01",
        "removalDate": None,
        "accountNumbers": list(accounts),
        "hasVirtualAccounts": False,
        **values,
    }


def white_list(firms=(), unknown_is="subjects"):
    """A function that answers as the white list: search of one, of many, check."""
    table = {firm["nip"]: firm for firm in firms}
    proof = {"requestId": "aa111-8abcdef", "requestDateTime": "24-11-2026 08:00:00"}

    def answer(request):
        path = request.path.partition("?")[0]
        parts = path.split("/")
        if parts[2] == "check":
            firm = table.get(parts[4], {})
            is_listed = parts[6] in firm.get("accountNumbers", [])
            result = {"accountAssigned": "TAK" if is_listed else "NIE"}
        elif parts[3].endswith("s"):
            result = {
                "entries": [
                    {
                        "identifier": number,
                        "subjects": [table[number]] if number in table else [],
                    }
                    for number in parts[4].split(",")
                ]
            }
        else:
            result = {"subject": table.get(parts[4])}
        return json_answer({"result": {**result, **proof}})

    return answer


def json_answer(data, status=200):
    return Answer(json.dumps(data).encode(), "application/json;charset=UTF-8", status)


CEIDG = {
    "firma": [
        {
            "id": "9D2531B1-6DED-4538-95EA-22FF2C7D2E20",
            "nazwa": "Sklep Przykładowy Anna Przykład",
            "adresDzialalnosci": {
                "ulica": "ul. Polna",
                "budynek": "5A",
                "lokal": "2",
                "miasto": "Kraków",
                "wojewodztwo": "MAŁOPOLSKIE",
                "kraj": "PL",
                "kod": "30-001",
            },
            "wlasciciel": {
                "imie": "Anna",
                "nazwisko": "Przykład",
                "nip": OTHER_NIP,
                "regon": "141934354",
            },
            "pkdGlowny": {"kod": "4711Z", "nazwa": "Sprzedaż detaliczna"},
            "pkd": [{"kod": "4711Z", "nazwa": "Sprzedaż detaliczna"}, "5610A"],
            "telefon": "126000000",
            "email": "SKLEP@PRZYKLAD.EXAMPLE",
            "dataRozpoczecia": "2009-06-02",
            "status": "AKTYWNY",
        }
    ]
}
KRS_EXTRACT = {
    "odpis": {
        "rodzaj": "Aktualny",
        "naglowekA": {"rejestr": "RejP", "numerKRS": KRS},
        "dane": {
            "dzial1": {
                "danePodmiotu": {
                    "formaPrawna": "SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
                    "identyfikatory": {"regon": f"{REGON}00000", "nip": NIP},
                    "nazwa": "PRZYKŁAD SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
                },
                "siedzibaIAdres": {
                    "siedziba": {"kraj": "POLSKA", "wojewodztwo": "ŁÓDZKIE"},
                    "adres": {
                        "ulica": "UL. PIOTRKOWSKA",
                        "nrDomu": "12",
                        "nrLokalu": "3",
                        "miejscowosc": "ŁÓDŹ",
                        "kodPocztowy": "90-001",
                    },
                },
            }
        },
    }
}
VIES_VALID = {
    "countryCode": "CZ",
    "vatNumber": "25123891",
    "requestDate": "2026-11-24T08:00:00.000Z",
    "valid": True,
    "requestIdentifier": "WAPIAAAAYsQ1pXyz",
    "name": "PRIKLAD s.r.o.",
    "address": "Dlouhá 5\n11000 PRAHA 1",
}


def nbp(tables):
    """A function that answers as NBP: the tables of a period, or 404."""

    def answer(request):
        _start, table, first, last = re.search(
            r"/(tables)/([AB])/([\d-]+)/([\d-]+)", request.path
        ).groups()
        found = [
            {
                "table": table,
                "no": number,
                "effectiveDate": day,
                "rates": [{"currency": c, "code": c, "mid": m} for c, m in mids.items()],
            }
            for number, day, mids in tables
            if f"/{table}/" in number and first <= day <= last
        ]
        if not found:
            return Answer(b"404 NotFound - Brak danych", "text/plain", 404)
        return json_answer(found)

    return answer
