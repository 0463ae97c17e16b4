from datetime import UTC

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..const import RESULTS

#: phones and entries of the time line shown with a client
PHONES, ENTRIES = 10, 5


class GestorCallScreen(models.AbstractModel):
    """What the call-list screen asks the server: one request for each key pressed."""

    _name = "gestor.call.screen"
    _description = "Call List Screen"

    # === Requests ===

    @api.model
    def open(self, activity_id):
        """Return the head of a call list and the next client.

        :return: ``head`` and what :meth:`next` returns
        :rtype: dict
        """
        activity = self._get_activity(activity_id)
        return {"head": self._prepare_head(activity), **self._next(activity)}

    @api.model
    def serve(self, row_id, values):
        """Write the result of a call down and return the next client.

        :param dict values: ``result_id``, and perhaps ``note``, ``call_again_at``
            (UTC) and ``seconds``
        :return: ``card`` (or False) and ``progress``
        """
        row = self._get_row(row_id)
        activity = row.activity_id
        result = self.env["gestor.activity.result"].browse(int(values["result_id"]))
        result.check_access("read")
        attempts = self.env["gestor.call.attempt"]
        previous = attempts._gestor_remember(row)
        row._gestor_call_result(
            result,
            values.get("note"),
            fields.Datetime.to_datetime(values.get("call_again_at")),
        )
        attempts._gestor_log(row, previous, values.get("seconds") or 0)
        if activity.state == "planned":
            activity.action_start()
        return self._next(activity)

    @api.model
    def skip(self, row_id):
        """Put a client off and return the next one."""
        row = self._get_row(row_id)
        row._gestor_call_skip()
        return self._next(row.activity_id)

    @api.model
    def undo(self, activity_id, row_id=None):
        """Take the last call back and return its client.

        :param int row_id: the client shown now, who is given back
        """
        activity = self._get_activity(activity_id)
        row = self.env["gestor.call.attempt"]._gestor_undo_last(activity)
        shown = self.env["gestor.activity.client"].browse(row_id).exists()
        (shown - row)._gestor_release()
        return self._prepare_answer(activity, row)

    @api.model
    def keep(self, row_id):
        """Hold the client for some more minutes: somebody is talking to him."""
        row = self._get_row(row_id)
        row._gestor_check_claimed()
        row._gestor_keep()
        return True

    @api.model
    def release(self, row_id):
        """Give a client back: the user makes a pause or leaves."""
        self._get_row(row_id)._gestor_release()
        return True

    # === Helpers ===

    @api.model
    def _get_activity(self, activity_id):
        activity = self.env["gestor.activity"].browse(int(activity_id))
        activity._check_callable()
        return activity

    @api.model
    def _get_row(self, row_id):
        row = self.env["gestor.activity.client"].browse(int(row_id))
        row.check_access("write")
        row.activity_id._check_open()
        return row

    @api.model
    def _next(self, activity):
        row = self.env["gestor.activity.client"]._gestor_claim_next(activity)
        return self._prepare_answer(activity, row)

    @api.model
    def _prepare_answer(self, activity, row):
        return {
            "card": row and self._prepare_card(row),
            "progress": self._prepare_progress(activity),
        }

    @api.model
    def _prepare_head(self, activity):
        results = self.env["gestor.activity.result"].search(
            Domain("kind", "in", (activity.kind, False))
            & Domain("company_id", "in", (False, activity.company_id.id)),
            limit=RESULTS,
        )
        return {
            "id": activity.id,
            "name": activity.display_name,
            "script": activity.description or "",
            "results": [
                {
                    "id": result.id,
                    "key": str(number),
                    "name": result.name,
                    "is_success": result.is_success,
                }
                for number, result in enumerate(results, start=1)
            ],
        }

    @api.model
    def _prepare_card(self, row):
        """Return all that is worth knowing about a client before the call."""
        client = row.contact_id or row.partner_id
        infos = self.env["gestor.info.mixin"]
        again = row.call_again_at
        return {
            "row_id": row.id,
            "partner_id": row.partner_id.id,
            "name": client.display_name,
            "call_count": row.call_count,
            "note": row.note or "",
            "call_again": again
            and format_datetime(self.env, again, dt_format="short")
            or "",
            "warnings": self._get_warnings(row),
            "phones": self._prepare_phones(row),
            "email": row.email or "",
            "facts": infos._gestor_client_facts(row.partner_id),
            "sections": [
                section
                for section in row.partner_id._gestor_info_sections()
                if section["rows"]
            ],
            "history": self._prepare_history(row.partner_id),
        }

    @api.model
    def _get_warnings(self, row):
        partner = row.partner_id
        warnings = []
        if not partner.gestor_is_reachable:
            warnings.append(partner.gestor_contact_hint)
        if partner.gestor_is_phone_to_check:
            warnings.append(self.env._("The phone number is to be checked."))
        refusals = partner._gestor_contact_refusals("phone", "marketing")
        if reason := refusals.get(partner.id):
            warnings.append(self.env._("No advertising: %(reason)s", reason=reason))
        return [warning for warning in warnings if warning]

    @api.model
    def _prepare_phones(self, row):
        people = row.contact_id | row.partner_id
        people |= people.search(
            Domain("id", "child_of", row.partner_id.ids) & Domain("phone", "!=", False),
            limit=PHONES,
        )
        return [
            {
                "name": person.name or person.display_name,
                "role": person.function or "",
                "number": person.phone,
                "href": f"tel:{person.phone.replace(' ', '')}",
            }
            for person in people
            if person.phone
        ]

    @api.model
    def _prepare_history(self, partner):
        return self.env["gestor.history"].get_page(partner.id, limit=ENTRIES)["entries"]

    @api.model
    def _prepare_progress(self, activity):
        """Return how far the list is, and what the user did today."""
        total, served = activity._count_calls().get(activity.id, (0, 0))
        of_list = Domain("activity_id", "=", activity.id)
        now = fields.Datetime.now()
        start = fields.Datetime.context_timestamp(self, now).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        today = Domain("user_id", "=", self.env.uid) & Domain(
            "called_at", ">=", start.astimezone(UTC).replace(tzinfo=None)
        )
        by_result = self.env["gestor.call.attempt"]._read_group(
            of_list & today, ["result_id"], ["__count"], order="__count desc"
        )
        left_out = self.env["gestor.activity.client"].search_count(
            of_list
            & Domain("skip_reason", "!=", False)
            & Domain("is_served", "=", False)
        )
        return {
            "total": total,
            "served": served,
            "left_out": left_out,
            "today": sum(count for _result, count in by_result),
            "results": [
                {"id": result.id, "name": result.name, "count": count}
                for result, count in by_result
            ],
        }
