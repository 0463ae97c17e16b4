from odoo import Command

from odoo.addons.gestor_resources.tests.common import GestorResourcesCommon, at

OWN = "gestor_activities.gestor_activities_group_own"


class ActivityResourcesCommon(GestorResourcesCommon):
    """People who plan activities and book for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = cls.env.ref(OWN)
        (cls.anna | cls.piotr).group_ids = [Command.link(group.id)]
        cls.task = cls.env.ref("gestor_activities.gestor_activity_type_task")

    @classmethod
    def _create_activity(cls, user=None, start=8, stop=10, day=0, **vals):
        user = user or cls.anna
        return (
            cls.env["gestor.activity"]
            .with_user(user)
            .create(
                {
                    "name": "Visit",
                    "type_id": cls.task.id,
                    "planned_start_at": at(start, day),
                    "planned_stop_at": at(stop, day),
                    **vals,
                }
            )
        )
