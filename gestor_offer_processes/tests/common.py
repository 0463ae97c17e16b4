from odoo import Command

from odoo.addons.gestor_offers.tests.common import GestorOffersCommon


class GestorOfferProcessesCommon(GestorOffersCommon):
    """The offers' people, a scenario of processes and its places in the pipeline.

    ::

        Talks --> Offering --> Signed (won)
           \\________\\\\-----> Given up (lost)

    Talks and Offering have a stage of the pipeline each.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["gestor.scenario"].search([]).is_default = False
        cls.crm_talks, cls.crm_offering = cls.env["crm.stage"].create(
            [
                {"name": "Pipeline talks", "sequence": -20},
                {"name": "Pipeline offering", "sequence": -10},
            ]
        )
        cls.scenario = cls.env["gestor.scenario"].create(
            {"name": "Deals", "model_id": cls.env["ir.model"]._get_id("crm.lead")}
        )
        cls.talks, cls.offering, cls.signed, cls.given_up = cls.env[
            "gestor.scenario.stage"
        ].create(
            [
                {
                    "scenario_id": cls.scenario.id,
                    "name": name,
                    "sequence": number,
                    "outcome": outcome,
                    "crm_stage_id": crm_stage and crm_stage.id,
                }
                for number, (name, outcome, crm_stage) in enumerate(
                    [
                        ("Talks", "open", cls.crm_talks),
                        ("Offering", "open", cls.crm_offering),
                        ("Signed", "won", None),
                        ("Given up", "lost", None),
                    ]
                )
            ]
        )
        cls._allow(cls.talks, cls.offering)
        cls._allow(cls.offering, cls.signed, cls.given_up)
        cls.competitor = cls.env["gestor.competitor"].create({"name": "Rival"})

    @classmethod
    def _allow(cls, stage, *stages):
        stage.next_stage_ids = [Command.link(other.id) for other in stages]

    @classmethod
    def _create_deal(cls, **vals):
        """Create a process of the salesperson that goes through the scenario."""
        process = cls._create_process(scenario_id=cls.scenario.id, **vals)
        return process.with_user(cls.salesperson)

    def _lose(self, leads, **vals):
        wizard = self.env["crm.lead.lost"].with_user(self.salesperson)
        vals = {"lost_reason_id": self.lost_reason.id, **vals}
        return wizard.create(
            {"lead_ids": [Command.set(leads.ids)], **vals}
        ).action_lost_reason_apply()
