from odoo.addons.gestor_partners.tests.common import GestorPartnersCommon

NIP = "PL5252144764"
OTHER_NIP = "PL5260250274"


class GestorDuplicatesCommon(GestorPartnersCommon):
    """Alfa has a NIP, an e-mail and a phone; two users may change clients."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_user("boss", "gestor_base.gestor_base_group_manager")
        cls.alfa = cls._create_firm(
            "Alfa Żurawie sp. z o.o.",
            vat=NIP,
            email="Biuro@Alfa-Zurawie.example",
            phone="+48 22 765 43 21",
            city="Gdynia",
        )

    @classmethod
    def _create_firm(cls, name, **vals):
        return cls._create_client(name, is_company=True, **vals)

    @classmethod
    def _set_policy(cls, company=None, **policies):
        (company or cls.env.company).write(
            {f"gestor_duplicate_{kind}": what for kind, what in policies.items()}
        )

    def _enter(self, name="Nowa", user=None, **vals):
        """Let a user save a new firm."""
        clients = self.env["res.partner"].with_user(user or self.editor)
        return clients.create({"name": name, "is_company": True, **vals})

    def _pairs(self, *partners):
        """Return the pairs on the work list, of these clients only."""
        ids = [partner.id for partner in partners]
        return self.env["gestor.duplicate"].search(
            [("partner_id", "in", ids), ("duplicate_id", "in", ids)]
        )

    def _hint(self, client):
        """Return what a form tells of a client, as ``{found id: reasons}``."""
        rows = (client.gestor_duplicate_hint or {}).get("rows", ())
        return {row["id"]: row["reasons"] for row in rows}
