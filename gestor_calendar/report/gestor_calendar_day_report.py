from odoo import api, fields, models


class ReportGestorCalendarDay(models.AbstractModel):
    """The printed plan of a day: a page for each person, as far as the user may see."""

    _name = "report.gestor_calendar.day_plan"
    _description = "Day Plan"

    @api.model
    def _get_report_values(self, docids, data=None):
        data = data or {}
        users = self.env["res.users"].browse(docids or data.get("user_ids") or [])
        users = (users or self.env.user).exists()
        day = fields.Date.to_date(data.get("day")) or fields.Date.context_today(users)
        days = self.env["gestor.calendar.day"]
        return {
            "doc_ids": users.ids,
            "doc_model": "res.users",
            "docs": users,
            "day": day,
            "company": self.env.company,
            "rows": {
                user.id: [
                    self._prepare_row(item, day)
                    for item in days.get_day(
                        fields.Date.to_string(day), {"user_ids": user.ids}
                    )
                    if item["state"] != "cancelled"
                ]
                for user in users
            },
        }

    @api.model
    def _prepare_row(self, item, day):
        return {**item, "time": self._get_time(item, day)}

    @api.model
    def _get_time(self, item, day):
        """Return from when to when on that day, on the clock of the user."""
        if item["all_day"]:
            return self.env._("All day")
        days = self.env["gestor.calendar.day"]
        texts = []
        for moment in (item["start"], item["stop"]):
            local = days._to_local(fields.Datetime.to_datetime(moment), False)
            text = local.strftime("%H:%M")
            if local.date() != day:
                text = f"{local:%d.%m} {text}"
            texts.append(text)
        return texts[0] if texts[0] == texts[1] else "–".join(texts)
