from datetime import timedelta

from odoo import fields

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

WINDOW = ("2026-05-01 00:00:00", "2026-06-01 00:00:00")


class GestorCalendarCommon(GestorBaseCommon):
    """Two users of Gestor and their meetings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user.tz = "Europe/Warsaw"
        cls.colleague = cls._create_user(
            "colleague", "gestor_base.gestor_base_group_user"
        )
        cls.client = cls.env["res.partner"].create(
            {"name": "Calendar client", "is_company": True}
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Calendar contact", "parent_id": cls.client.id}
        )

    @classmethod
    def _create_event(cls, user, start="2026-05-12 08:00:00", **vals):
        start = fields.Datetime.to_datetime(start)
        event = {
            "name": "Meeting",
            "user_id": user.id,
            "partner_ids": [(6, 0, user.partner_id.ids)],
            "start": start,
            "stop": start + timedelta(hours=1),
            **vals,
        }
        return cls.env["calendar.event"].create(event)

    def _get_items(self, user, window=WINDOW, **filters):
        calendar = self.env["gestor.calendar"].with_user(user)
        found = calendar.get_items(*window, filters)["items"]
        return [item for item in found if item["model"] == "calendar.event"]
