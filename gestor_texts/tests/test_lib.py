import doctest

from odoo.tests import BaseCase, tagged

from ..lib import autotext_format, field_paths, placeholders, print_table

MODULES = (autotext_format, field_paths, placeholders, print_table)


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_in_the_engines_are_true(self):
        for module in MODULES:
            with self.subTest(module=module.__name__):
                result = doctest.testmod(
                    module, optionflags=doctest.IGNORE_EXCEPTION_DETAIL
                )
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)

    def test_every_cut_text_can_be_put_together_again(self):
        for source in (
            "",
            "<p>Żółć &amp; {{A}}</p>",
            "{{A}}{{B}} text <b>{{A}}</b><br>",
            "<ul><li>{{A}}</li><li>x</li></ul><!-- x -->",
        ):
            with self.subTest(source=source):
                text = placeholders.cut_html(source)
                filled = text.fill({name: f"[{name}]" for name in text.names})
                expected = source.replace("{{", "[").replace("}}", "]")
                self.assertEqual(filled, expected)
