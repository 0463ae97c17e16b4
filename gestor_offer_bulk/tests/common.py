from odoo.addons.gestor_offers.tests.common import GestorOffersCommon
from odoo.addons.queue_job.tests.common import trap_jobs


class GestorOfferBulkCommon(GestorOffersCommon):
    """A client set of two with templates of an offer and a process.

    ``job``: the latest work of the salesperson
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesperson.lang = "en_US"
        cls.both = cls.client | cls.other_client
        cls.set = (
            cls.env["gestor.client.set"]
            .with_user(cls.salesperson)
            .create({"name": "For whom"})
        )
        cls.set._gestor_add(cls.both)
        cls.template = cls._save_template(cls._create_offer(user=cls.salesperson))
        process = cls._create_process(name="Autumn campaign")
        cls.process_template = cls._save_template(process.with_user(cls.salesperson))

    @classmethod
    def _save_template(cls, document):
        action = document.action_gestor_save_template()
        return cls.env["gestor.record.template"].browse(action["res_id"])

    @property
    def job(self):
        return self.env["gestor.job"].search([], limit=1)

    def _run(self, action, twice=True):
        """Call an action and do its background work, each job twice."""
        with trap_jobs() as trap:
            result = action()
            queue = list(trap.enqueued_jobs)
            while trap.enqueued_jobs:
                trap.enqueued_jobs.pop(0).perform()
            # a server that died before it could say that it was ready
            for job in queue if twice else ():
                job.perform()
        return result

    def _use_set(self, **vals):
        wizards = self.env["gestor.client.set.use"].with_user(self.salesperson)
        return wizards.create(
            {
                "client_set_id": self.set.id,
                "use": "offers",
                "purpose": "business",
                "offer_template_id": self.template.id,
                **vals,
            }
        )

    def _make_batch(self, **vals):
        action = self._run(self._use_set(**vals).action_use)
        batches = self.env["gestor.offer.batch"].with_user(self.salesperson)
        return batches.browse(action["res_id"])
