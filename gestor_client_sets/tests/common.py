from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

USER_GROUP = "gestor_base.gestor_base_group_user"


class GestorClientSetsCommon(BaseCommon):
    """Two Gestor users who may only read clients, a manager, some clients.

    ``north``: Gdańsk, e-mail; ``south``: Kraków, no e-mail; ``far``: of company B.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_b = cls.env["res.company"].create({"name": "Druga Spółka"})
        cls.owner = cls._create_user("owner", USER_GROUP)
        cls.other = cls._create_user("other", USER_GROUP)
        cls.manager = cls._create_user("boss", "gestor_base.gestor_base_group_manager")
        cls.outsider = cls._create_user(
            "outsider",
            USER_GROUP,
            company_id=cls.company_b.id,
            company_ids=[Command.set(cls.company_b.ids)],
        )
        cls.north = cls._create_client(
            "Hurt Północ", city="Gdańsk", email="biuro@polnoc.example"
        )
        cls.south = cls._create_client("Hurt Południe", city="Kraków")
        cls.far = cls._create_client("Hurt Daleko", company_id=cls.company_b.id)
        cls.sets = cls.env["gestor.client.set"].with_user(cls.owner)
        cls.hurt = [("name", "=like", "Hurt P%")]

    @classmethod
    def _create_user(cls, login, groups, **vals):
        return new_test_user(cls.env, f"gestor_sets_{login}", groups=groups, **vals)

    @classmethod
    def _create_client(cls, name, **vals):
        return cls.env["res.partner"].create({"name": name, "is_company": True, **vals})

    @classmethod
    def _create_dynamic(cls, domain, conditions=(), **vals):
        return cls.sets.create(
            {
                "name": "Dynamiczny",
                "kind": "dynamic",
                "domain": repr(domain),
                "condition_ids": [Command.create(values) for values in conditions],
                **vals,
            }
        )

    @classmethod
    def _create_static(cls, partners, **vals):
        client_set = cls.sets.create({"name": "Statyczny", **vals})
        client_set._gestor_add(partners)
        return client_set

    @classmethod
    def _age(cls, partners, date):
        """Make clients as old as a day."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id IN %s",
            [fields.Datetime.to_datetime(date), partners._ids],
        )
        partners.invalidate_recordset()
