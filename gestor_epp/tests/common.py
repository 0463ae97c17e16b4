import base64

from odoo.tests import TransactionCase, new_test_user

from . import epp_sample

OWN_NIP = "5261040828"


class GestorEppCommon(TransactionCase):
    """An importer with the smallest rights, in a Polish company with its taxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._create_company("Przykład Sp. z o.o.")
        cls.company.partner_id.vat = f"PL{OWN_NIP}"
        cls.importer = cls._create_user("epp_importer")

    @classmethod
    def _create_company(cls, name):
        company = cls.env["res.company"].create(
            {
                "name": name,
                "country_id": cls.env.ref("base.pl").id,
                "currency_id": cls.env.ref("base.PLN").id,
            }
        )
        cls.env.ref("base.PLN").active = True
        cls.env["account.chart.template"].try_loading("pl", company, False)
        return company

    @classmethod
    def _create_user(cls, login, groups="gestor_epp.gestor_epp_group_import", **vals):
        company = vals.pop("company", cls.company)
        vals = {
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "lang": "en_US",
            **vals,
        }
        return new_test_user(cls.env, login, groups, **vals)

    @classmethod
    def _create_job(cls, data, user=None, **vals):
        user = user or cls.importer
        jobs = cls.env["gestor.epp.import"].with_user(user)
        return jobs.create(
            {
                "file": base64.b64encode(data),
                "file_name": "test.epp",
                "company_id": user.company_id.id,
                **vals,
            }
        )

    @classmethod
    def _finish(cls, job):
        """Do what the cron does, without its commits."""
        while job.sudo().state in ("checking", "running"):
            job.sudo().with_user(cls.env.ref("base.user_root"))._run_chunk()

    @classmethod
    def _import(cls, data, **vals):
        job = cls._create_job(data, **vals)
        job.action_check()
        cls._finish(job)
        job.action_import()
        cls._finish(job)
        return job

    @classmethod
    def _document(cls, clients=(), goods=(), prices=(), **options):
        names = ("KONTRAHENCI", "TOWARY", "CENNIK")
        pairs = zip(names, (clients, goods, prices), strict=True)
        return epp_sample.document([pair for pair in pairs if pair[1]], **options)

    def _lines(self, job, **values):
        lines = job.line_ids
        for name, value in values.items():
            lines = lines.filtered(lambda line, n=name, v=value: line[n] == v)
        return lines

    def _partner(self, code):
        return (
            self.env["res.partner"]
            .with_context(active_test=False)
            .search([("ref", "=", code), ("company_id", "=", self.company.id)])
        )

    def _product(self, code):
        return self.env["product.template"].search(
            [("default_code", "=", code), ("company_id", "=", self.company.id)]
        )

    def _pricelists(self):
        """Price lists of the file; a company may have a default one by itself."""
        names = (*epp_sample.PRICE_NAMES, "Detal")
        return self.env["product.pricelist"].search(
            [("company_id", "=", self.company.id), ("name", "in", names)]
        )

    def assertFine(self, job, state="done"):
        self.assertEqual(job.state, state, job.error)
        errors = self._lines(job, action="error")
        self.assertFalse(errors, errors.mapped("reason"))
