from odoo.addons.gestor_partners.tests.common import GestorPartnersCommon


class GestorConsentsCommon(GestorPartnersCommon):
    """A marketing consent for each channel, clients, and who may do what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a database may have its own types: they must not change what is tested
        cls.env["gestor.consent.type"].search([]).active = False
        cls.newsletter = cls._create_type("Newsletter", is_email=True)
        cls.calls = cls._create_type("Calls", is_sms=True, is_phone=True)
        cls.anna = cls._create_client(
            "Anna Alfa", email="anna@alfa.example", phone="+48 601 100 200"
        )
        cls.jan = cls._create_client(
            "Jan Beta", email="jan@beta.example", phone="+48 602 100 200"
        )
        cls.admin = cls._create_user(
            "privacy", "gestor_base.gestor_base_group_manager,base.group_system"
        )
        cls.consents = cls.env["gestor.consent"]
        cls.logs = cls.env["gestor.consent.log"]

    @classmethod
    def _create_type(cls, name="Newsletter", **vals):
        vals.setdefault("is_marketing", True)
        return cls.env["gestor.consent.type"].create(
            {
                "name": name,
                "version_ids": [(0, 0, {"text": f"<p>I agree to {name}</p>"})],
                **vals,
            }
        )

    @classmethod
    def _record(cls, partners, kinds, state="given", source="form", **vals):
        return cls.consents._gestor_record(partners, kinds, state, source, vals)

    def _get_log(self, partner, kind=None):
        kind = kind or self.newsletter
        return self.logs.search(
            [("partner_id", "=", partner.id), ("type_id", "=", kind.id)], order="id"
        )

    def _reason(self, partner, channel="email", **kwargs):
        return partner._gestor_may_contact(channel, **kwargs)[partner.id].reason
