from datetime import datetime, timedelta

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

OWN = "gestor_resources.gestor_resources_group_own"
ALL = "gestor_resources.gestor_resources_group_all"
MANAGER = "gestor_resources.gestor_resources_group_manager"
MONDAY = datetime(2026, 11, 30, 8)
DAY = timedelta(days=1)


def at(hour, day=0, minute=0):
    """Return a moment of the week that the tests plan in, UTC."""
    return MONDAY.replace(hour=hour, minute=minute) + day * DAY


class GestorResourcesCommon(GestorBaseCommon):
    """Two cars and three projectors; people who book, keep and manage."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls._create_user("booker_a", OWN)
        cls.piotr = cls._create_user("booker_b", OWN)
        cls.desk = cls._create_user("desk", ALL)
        cls.chief = cls._create_user("chief", MANAGER)
        cls.kind = cls.env["gestor.resource.kind"].create({"name": "Vehicle"})
        cls.van, cls.truck = cls._create_resources("Van", "Truck")
        cls.projector = cls._create_resources("Projector", quantity=3)

    @classmethod
    def _create_resources(cls, *names, **vals):
        return cls.env["gestor.resource"].create(
            [{"name": name, "kind_id": cls.kind.id, **vals} for name in names]
        )

    @classmethod
    def _create_booking(cls, user=None, start=8, stop=10, day=0, **vals):
        return (
            cls.env["gestor.booking"]
            .with_user(user or cls.anna)
            .create(
                {
                    "name": "Visit",
                    "resource_id": cls.van.id,
                    "start_at": at(start, day),
                    "stop_at": at(stop, day),
                    **vals,
                }
            )
        )

    @classmethod
    def _book(cls, *args, **vals):
        booking = cls._create_booking(*args, **vals)
        booking.action_confirm()
        return booking
