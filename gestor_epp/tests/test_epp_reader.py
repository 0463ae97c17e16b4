import doctest
import io
import random
import tracemalloc
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.gestor_pl.lib import numbers

from ..lib import client_mapping, good_mapping, parsing
from ..lib.epp import EppFormatError, EppReader, Fault, Row, codepage, parse
from ..lib.epp import documents as epp_documents
from ..lib.epp import errors as epp_errors
from ..lib.epp import reader as epp_reader
from ..lib.epp import records as epp_records
from ..lib.epp import values as epp_values
from ..lib.tables import activities, cards, columns, delimited, workbook
from . import epp_sample

_ALPHABET = 'aB1 ,"\r\n;ąćęłńóśźżĄŁŻ[]'
_TEXT = st.text(_ALPHABET, max_size=24)
_QUIET = settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


def read(data, position=None):
    return list(EppReader(io.BytesIO(data), position))


def rows(data):
    return [item for item in read(data) if isinstance(item, Row)]


def faults(data):
    return [item for item in read(data) if isinstance(item, Fault)]


@tagged("post_install", "-at_install")
class TestEppReader(BaseCase):
    def _lines(self, *lines, end="\r\n"):
        start = ("[INFO]", '"1.11",3,1250', "", "[NAGLOWEK]", '"TOWARY"', "")
        return (end.join((*start, "[ZAWARTOSC]", *lines)) + end).encode("cp1250")

    def test_doctests_pass(self):
        engine = (epp_errors, epp_reader, epp_records, epp_documents, epp_values)
        engine += (codepage, parsing, activities, cards, columns, delimited, workbook)
        for module in (*engine, numbers, client_mapping, good_mapping, epp_sample):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed, module.__name__)

    def test_generated_file_reads_whole_in_both_code_pages(self):
        for encoding in ("cp1250", "cp852"):
            data = epp_sample.build(clients=30, goods=20, encoding=encoding)
            reader = EppReader(io.BytesIO(data))
            items = list(reader)
            self.assertEqual(reader.encoding, encoding)
            self.assertFalse([item for item in items if isinstance(item, Fault)])
            self.assertEqual(
                dict(reader.counts),
                {
                    "KONTRAHENCI": 30,
                    "GRUPYKONTRAHENTOW": 30,
                    "TOWARY": 20,
                    "CENNIK": 60,
                },
            )
            text = "\n".join(field for item in items for field in item.fields)
            self.assertIn('Linia 1\r\nLinia 2, z "cudzysłowem"', text)

    def test_both_code_pages_give_the_same_rows(self):
        windows, dos = (
            [item.fields for item in rows(epp_sample.build(encoding=encoding))]
            for encoding in ("cp1250", "cp852")
        )
        self.assertEqual(windows, dos)

    def test_line_numbers_count_quoted_breaks(self):
        data = self._lines('1,"A","x\r\ny"', '1,"B"')
        self.assertEqual([item.line for item in read(data)], [8, 10])

    def test_stray_quotes_spoil_their_own_line_only(self):
        for broken in ('1,"A"B","C"', '1,"A', '1,"A,"B"', '1,"a",b"c"', '1,"x "y" z"'):
            data = self._lines('1,"first"', broken, '1,"third"', '1,"fourth"')
            items = read(data)
            self.assertEqual([i.line for i in items], [8, 9, 10, 11], broken)
            self.assertEqual([isinstance(i, Fault) for i in items], [0, 1, 0, 0])
            self.assertEqual(items[1].section, "TOWARY")
            self.assertTrue(str(items[1]))

    def test_stray_quote_before_a_section_keeps_the_section(self):
        data = epp_sample.document(
            [("TOWARY", [["1", "A"]]), ("CENNIK", [["A", "Hurtowa", 1.0]])]
        ).replace(b'"1","A"', b'"1","A')
        self.assertEqual([item.code for item in faults(data)], ["unclosed_quote"])
        self.assertEqual([item.section for item in rows(data)], ["CENNIK"])

    def test_label_inside_quotes_is_text(self):
        data = self._lines('1,"A","see\r\n[NAGLOWEK]\r\nbelow"', '1,"B"')
        self.assertEqual(
            [item.fields[1:] for item in rows(data)],
            [["A", "see\r\n[NAGLOWEK]\r\nbelow"], ["B"]],
        )

    def test_whole_file_errors_are_told_apart(self):
        cases = {
            b"": "empty_file",
            b" \r\n\r\n": "empty_file",
            b"Kod;Nazwa\r\n": "not_epp",
            b"PK\x03\x04\x00\x00": "binary",
            "[INFO]\r\n1".encode("utf-16"): "utf16",
            b"[INFO]\r\n": "no_info",
            b"[INFO]\r\n[NAGLOWEK]\r\n": "no_info",
            b'[INFO]\r\n"1.11"x",3\r\n': "no_info",
        }
        for data, code in cases.items():
            with self.assertRaises(EppFormatError) as caught:
                read(data)
            self.assertEqual(caught.exception.code, code, data)
            self.assertTrue(str(caught.exception))

    def test_cut_off_file_says_so(self):
        data = self._lines('1,"A","x"', '1,"B","y"')
        for cut in (data[:-6], data[:-4], data[:-3]):
            self.assertEqual([i.code for i in faults(cut)], ["truncated"], cut[-12:])
        self.assertFalse(faults(data[:-2]))
        self.assertEqual(
            [i.code for i in faults(data[: data.index(b'"TOWARY"')])], ["no_content"]
        )

    def test_undecodable_line_is_a_fault(self):
        data = self._lines('1,"A"', '1,"@"', '1,"B"').replace(b"@", b"\x81")
        self.assertEqual([i.code for i in faults(data)], ["undecodable"])
        self.assertEqual(len(rows(data)), 2)

    def test_line_with_nul_is_a_fault_wherever_it_stands(self):
        many = ["1," + "x" * 60000] * 6  # beyond the start that tells binary files
        data = self._lines(*many, '1,"A@"', '1,"B"').replace(b"@", b"\0")
        self.assertEqual([i.code for i in faults(data)], ["nul"])
        self.assertEqual(len(rows(data)), 7)

    def test_wrong_code_page_is_noticed(self):
        data = epp_sample.build(clients=9, goods=0).decode("cp1250").encode("cp852")
        reader = EppReader(io.BytesIO(data))
        self.assertEqual(
            [i.code for i in reader if isinstance(i, Fault)], ["codepage_differs"]
        )
        self.assertEqual(reader.encoding, "cp852")
        data = epp_sample.build(clients=9, goods=0).replace(b",1250,", b",437,")
        self.assertEqual([i.code for i in faults(data)], ["codepage_unknown"])

    def test_endless_line_is_a_fault(self):
        data = self._lines('1,"A"', "1," + "x" * 200000, '1,"B"')
        self.assertEqual([i.code for i in faults(data)], ["too_long"])
        self.assertEqual(
            [(i.line, i.fields[1]) for i in rows(data)], [(8, "A"), (10, "B")]
        )

    def test_misplaced_labels_and_lines(self):
        data = self._lines('1,"A"', "[INFO]", "1,2", "[NAGLOWEK]", '"CENNIK"', "x")
        self.assertEqual(
            [item.code for item in faults(data)],
            ["label_misplaced", "outside", "outside"],
        )

    def test_older_and_newer_versions_parse(self):
        short = parse("KONTRAHENCI", ["2", "K1", "Nazwa"])
        self.assertEqual((short.name, short.iso, short.extra), ("Nazwa", "", ()))
        wide = parse("TOWARY", ["1", "T1", "", "", "Nazwa", *[""] * 37, "new"])
        self.assertEqual(wide.extra, ("new",))

    @_QUIET
    @given(st.lists(st.lists(_TEXT, min_size=2, max_size=6), max_size=8))
    def test_written_rows_come_back(self, values):
        values = [["1", *row] for row in values]
        data = epp_sample.document([("TOWARY", values)])
        self.assertEqual(read(data), rows(data))
        self.assertEqual([item.fields for item in rows(data)], values)

    @_QUIET
    @given(st.binary(max_size=400))
    def test_garbage_never_crashes(self, garbage):
        head = self._lines('1,"A"')
        for item in read(head.replace(b'1,"A"', garbage.replace(b"\0", b""))):
            self.assertTrue(item.line)
        try:
            read(garbage)
        except EppFormatError as error:
            self.assertIn(error.code, epp_errors.MESSAGES)

    @_QUIET
    @given(st.integers(0, 10**6))
    def test_reading_goes_on_from_any_row(self, seed):
        rng = random.Random(seed)
        data = bytearray(epp_sample.build(clients=12, goods=8, seed=seed % 5))
        for _i in range(3):  # three stray quotes somewhere in the body
            data.insert(rng.randrange(400, len(data)), 34)
        data = bytes(data)
        whole = read(data)
        stop, reader, taken = rng.randrange(1, 30), EppReader(io.BytesIO(data)), []
        for item in reader:
            taken.append(item)
            if len(taken) == stop:
                break
        self.assertEqual(taken + read(data, reader.position), whole)

    def test_memory_stays_flat(self):
        block = epp_sample.build(clients=200, goods=100)
        body = block[block.index(b"[NAGLOWEK]") :]
        sizes = []
        for times in (2, 20):
            data = block + body * times
            stream = io.BytesIO(data)
            tracemalloc.start()
            for _item in EppReader(stream):
                pass
            sizes.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        self.assertLess(sizes[1], sizes[0] * 1.2)

    def test_real_export_reads_whole(self):
        path = Path(__file__).parents[3] / "shared/data/epp/subiekt_gt.epp"
        if not path.exists():
            self.skipTest("the sample export is not on this machine")
        with path.open("rb") as stream:
            reader = EppReader(stream)
            for item in reader:
                self.assertIsInstance(item, Row)
                self.assertIsNotNone(parse(item.section, item.fields))
        self.assertEqual(sum(reader.counts.values()), 1500)
