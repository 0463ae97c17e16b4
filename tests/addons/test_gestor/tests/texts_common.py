from markupsafe import Markup

from .common import TestGestorCommon


class TestTextsCommon(TestGestorCommon):
    """Two papers of two clients, one Polish and one English, and autotexts for them.

    ======  ===================  ========  ==========
    paper   client               language  amount
    ======  ===================  ========  ==========
    first   Zakład Łąka sp. z o.o.  pl_PL     1234.50 PLN
    second  Meadow & Sons        en_US     empty
    ======  ===================  ========  ==========
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")
        cls.group = cls.env["gestor.autotext.group"].create({"name": "Paper"})
        cls.pln = cls.env.ref("base.PLN")
        cls.pln.active = True
        cls.clients = cls.env["res.partner"].create(
            [
                {"name": "Zakład Łąka sp. z o.o.", "is_company": True, "lang": "pl_PL"},
                {"name": "Meadow & Sons", "is_company": True, "lang": "en_US"},
            ]
        )
        cls.first, cls.second = cls.papers
        cls.first.write(
            {
                "partner_id": cls.clients[0].id,
                "currency_id": cls.pln.id,
                "amount": 1234.5,
                "date_due": "2026-11-24",
            }
        )
        cls.second.partner_id = cls.clients[1]

    @classmethod
    def _create_autotext(cls, name, path, **vals):
        return cls.env["gestor.autotext"].create(
            {
                "name": name,
                "group_id": cls.group.id,
                "model_id": cls._model_id("test.gestor.document").id,
                "field_path": path,
                **vals,
            }
        )

    @classmethod
    def _create_template(cls, body, **vals):
        return cls.env["gestor.text.template"].create(
            {
                "name": "Test text",
                "model_id": cls._model_id("test.gestor.document").id,
                "user_id": False,
                "body_html": body,
                **vals,
            }
        )

    @classmethod
    def _render(cls, body, records=None, user=None, **vals):
        """Return the texts of the papers as the weakest user gets them."""
        template = cls._create_template(body, **vals)
        records = cls.papers if records is None else records
        user = user or cls.anna
        rendered = template.with_user(user)._gestor_render(records.with_user(user))
        return [rendered[record.id] for record in records]

    @staticmethod
    def _chip(code):
        return Markup('<span class="gestor_autotext" data-id="%s">?</span>') % code
