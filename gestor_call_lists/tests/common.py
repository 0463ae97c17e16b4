from odoo.fields import Command

from odoo.addons.gestor_activities.tests.common import GestorActivitiesCommon

WORKDAYS = (
    *("is_monday", "is_tuesday", "is_wednesday", "is_thursday", "is_friday"),
    "is_saturday",
)


class GestorCallListsCommon(GestorActivitiesCommon):
    """Anna and Piotr share a list of four clients, one of them without phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.env["res.partner"].create(
            [
                {"name": f"Client {number}", "phone": f"600 100 10{number}"}
                for number in range(3)
            ]
            + [{"name": "Silent"}]
        )
        cls.first, cls.second, cls.third, cls.silent = cls.clients
        cls.calls = cls._create_calls(cls.clients)
        cls.results = {
            name: cls.env.ref(f"gestor_activities.gestor_activity_result_{name}")
            for name in ("talked", "no_answer", "wrong_number")
        }
        cls.results["do_not_call"] = cls.env.ref(
            "gestor_call_lists.gestor_activity_result_do_not_call"
        )

    @classmethod
    def _create_calls(cls, partners, share="pool", **vals):
        calls = cls._create_activity(
            cls.anna,
            cls.anna,
            cls.piotr,
            kind="phone",
            is_call_list=True,
            finish_rule="all",
            **vals,
        )
        calls._gestor_add_call_clients(partners, share)
        return calls

    @classmethod
    def _set_closed_hours(cls, partner):
        """The client may be called on Sundays only; the tests run on a Friday."""
        partner.tz = "Europe/Warsaw"
        partner.gestor_contact_window_ids = [
            Command.clear(),
            Command.create(
                {
                    "hour_from": 8,
                    "hour_to": 16,
                    **dict.fromkeys(WORKDAYS, False),
                    "is_sunday": True,
                }
            ),
        ]

    def _screen(self, user):
        return self.env["gestor.call.screen"].with_user(user)

    def _open(self, user, calls=None):
        return self._screen(user).open((calls or self.calls).id)

    def _serve(self, user, card, result, **values):
        return self._screen(user).serve(
            card["row_id"], {"result_id": self.results[result].id, **values}
        )

    def _row(self, partner, calls=None):
        rows = (calls or self.calls).client_ids
        return rows.filtered(lambda row: row.partner_id == partner)
