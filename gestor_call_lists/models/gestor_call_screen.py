from datetime import UTC

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from ..const import RESULTS

#: phones, entries of the time line and earlier calls shown with a client
PHONES, ENTRIES, CALLS = 6, 5, 3


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
        note = (values.get("note") or "").strip()
        row._gestor_call_result(
            result, note, fields.Datetime.to_datetime(values.get("call_again_at"))
        )
        attempts._gestor_log(row, previous, note, values.get("seconds") or 0)
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
        """Take the last call back and return its client, with what was noted.

        :param int row_id: the client shown now, who is given back
        """
        activity = self._get_activity(activity_id)
        row, note = self.env["gestor.call.attempt"]._gestor_undo_last(activity)
        shown = self.env["gestor.activity.client"].browse(row_id).exists()
        (shown - row)._gestor_release()
        answer = self._prepare_answer(activity, row)
        answer["card"]["note"] = note
        return answer

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
            "card": self._prepare_card(row) if row else False,
            "progress": self._prepare_progress(activity),
        }

    @api.model
    def _prepare_head(self, activity):
        results = self.env["gestor.activity.result"].search(
            Domain("kind", "in", (activity.kind, False))
            & Domain("company_id", "in", (False, activity.company_id.id)),
        )
        return {
            "id": activity.id,
            "name": activity.display_name,
            "script": activity.description or "",
            "results": [
                {
                    "id": result.id,
                    "key": str(number) if number <= RESULTS else "",
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
        return {
            "row_id": row.id,
            "partner_id": row.partner_id.id,
            "name": client.display_name,
            "call_count": row.call_count,
            "note": "",
            # what somebody wrote into the row beforehand
            "remark": row.note if row.note and not row.call_count else "",
            "call_again": self._format(row.call_again_at),
            "warnings": self._get_warnings(row),
            "phones": self._prepare_phones(row),
            "facts": self._prepare_facts(row.partner_id),
            "sections": self._prepare_sections(row.partner_id),
            "calls": self._prepare_calls(row),
            "history": self._prepare_history(row),
        }

    @api.model
    def _format(self, moment):
        if not moment:
            return ""
        return format_datetime(self.env, moment, dt_format="short")

    @api.model
    def _format_day(self, entry):
        moment = fields.Datetime.to_datetime(entry["date"])
        if not entry["is_day"]:
            moment = fields.Datetime.context_timestamp(self, moment)
        return format_date(self.env, moment.date(), date_format="short")

    @api.model
    def _get_warnings(self, row):
        partner = row.partner_id.with_company(row.activity_id.company_id)
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
    def _prepare_facts(self, partner):
        """Return the facts of the client, without the phones: they stand alone."""
        facts = self.env["gestor.info.mixin"]._gestor_client_facts(partner)
        return [fact for fact in facts if not str(fact["href"]).startswith("tel:")]

    @api.model
    def _prepare_sections(self, partner):
        """Return what the info panel shows, without what the time line tells too."""
        return [
            section
            for section in partner._gestor_info_sections()
            if section["rows"] and section["key"] != "contacts"
        ]

    @api.model
    def _prepare_calls(self, row):
        """Return the earlier calls of this list, of all its callers."""
        if not row.call_count:
            return []
        # sudo: whoever calls a client reads what came of the calls before
        attempts = self.env["gestor.call.attempt"].sudo()
        return [
            {
                "id": attempt.id,
                "called_at": self._format(attempt.called_at),
                "user": attempt.user_id.name,
                "result": attempt.result_id.name or "",
                "note": attempt.note or "",
            }
            for attempt in attempts.search(Domain("row_id", "=", row.id), limit=CALLS)
        ]

    @api.model
    def _prepare_history(self, row):
        """Return the newest entries of the time line, without the list itself."""
        activity = row.activity_id
        # the list is an entry, and a to-do of each executor
        limit = ENTRIES + 1 + len(activity.executor_ids)
        page = self.env["gestor.history"].get_page(row.partner_id.id, limit=limit)
        return [
            {
                "key": entry["key"],
                "icon": entry["icon"],
                "title": entry["title"],
                "summary": entry["summary"],
                "date": self._format_day(entry),
                "model": entry["model"],
                "id": entry["id"],
            }
            for entry in page["entries"]
            if (entry["model"], entry["id"]) != (activity._name, activity.id)
        ][:ENTRIES]

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
        rows = self.env["gestor.activity.client"]
        left_out = rows.search_count(
            of_list
            & Domain("skip_reason", "!=", False)
            & Domain("is_served", "=", False)
        )
        later, next_at = rows._read_group(
            rows._get_waiting_domain(activity) & Domain("call_again_at", ">", now),
            aggregates=["__count", "call_again_at:min"],
        )[0]
        return {
            "total": total,
            "served": served,
            "left_out": left_out,
            "later": later,
            "next_at": self._format(next_at),
            "today": sum(count for _result, count in by_result),
            "results": [
                {"id": result.id, "name": result.name, "count": count}
                for result, count in by_result
            ],
        }
