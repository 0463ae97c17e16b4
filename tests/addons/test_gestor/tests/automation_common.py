from .common import TestGestorCommon

CRON = "gestor_automation.gestor_planned_action_cron"


class TestAutomationCommon(TestGestorCommon):
    """Orders of anna and bolek, a manager, and templates for the steps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("boss", "gestor_base.gestor_base_group_manager")
        cls.client = cls.env["res.partner"].create(
            {"name": "Client", "email": "client@example.com", "phone": "+48601202303"}
        )
        cls.orders = cls._create_orders(cls.anna, 2)
        cls.foreign_order = cls._create_orders(cls.bolek)
        cls.actions = cls.env["gestor.planned.action"]
        model = cls._model_id("test.gestor.order")
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Ready for pickup",
                "model_id": model.id,
                "subject": "Order {{ object.name }}",
                "body_html": "<p>Ready: <t t-out='object.name'/></p>",
                "partner_to": "{{ object.partner_id.id }}",
                "email_from": "shop@example.com",
            }
        )
        cls.sms_template = cls.env["sms.template"].create(
            {
                "name": "Ready",
                "model_id": model.id,
                "body": "Order {{ object.name }} is ready",
            }
        )

    @classmethod
    def _create_orders(cls, user, count=1, **vals):
        return cls.env["test.gestor.order"].create(
            [
                {
                    "name": f"Order {number}",
                    "user_id": user.id,
                    "partner_id": cls.client.id,
                    **vals,
                }
                for number in range(count)
            ]
        )

    def _plan(self, documents=None, handler="test_tally", **values):
        params = {"word": "x"} if handler == "test_tally" else None
        return self.actions._gestor_plan(
            self.orders if documents is None else documents,
            handler,
            **{"params": params, **values},
        )

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def _tally(self, documents):
        """Return how often the step was done for each document."""
        counts = self.env["test.gestor.tally"]._read_group(
            [("res_id", "in", documents.ids)], ["res_id"], ["__count"]
        )
        counts = dict(counts)
        return [counts.get(document.id, 0) for document in documents]
