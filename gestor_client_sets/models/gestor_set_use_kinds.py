from odoo import api, fields, models
from odoo.fields import Domain


class UseActivities(models.AbstractModel):
    _name = "gestor.set.use.activities"
    _description = "Plan to-dos"
    _inherit = ["gestor.set.use"]
    _gestor_sequence = 10
    _gestor_params = (
        *("activity_type_id", "activity_summary", "activity_note"),
        *("activity_date", "activity_for", "activity_user_id"),
    )
    _gestor_required = ("activity_type_id", "activity_date")

    @api.model
    def _label(self):
        return self.env._("Plan to-dos")

    @api.model
    def _is_allowed(self):
        # as the host: who may not change a client adds no to-dos to him
        return self.env["res.partner"].has_access("write")

    @api.model
    def _prepare_values(self, wizard):
        return {
            "activity_type_id": wizard.activity_type_id.id,
            "summary": wizard.activity_summary,
            "note": wizard.activity_note,
            "date_deadline": fields.Date.to_string(wizard.activity_date),
            "for": wizard.activity_for,
            "user_id": wizard.activity_user_id.id,
        }

    @api.model
    def _run(self, partners, values):
        values = dict(values)
        who, user_id = values.pop("for"), values.pop("user_id")
        deadline = fields.Date.to_date(values.pop("date_deadline"))
        names = {}
        for partner in partners:
            # sudo: an archived guardian gets no work
            guardian = partner.sudo().user_id.filtered("active")
            chosen = {"guardian": guardian.id, "chosen": user_id}.get(who)
            activity = partner.activity_schedule(
                date_deadline=deadline, **values, user_id=chosen or self.env.uid
            )
            names[partner.id] = activity.user_id.sudo().name  # sudo: a name only
        return names


class UseMail(models.AbstractModel):
    _name = "gestor.set.use.mail"
    _description = "Send an e-mail"
    _inherit = ["gestor.set.use"]
    _gestor_sequence = 20
    _gestor_params = ("purpose", "mail_template_id")
    _gestor_channel = "email"

    @api.model
    def _label(self):
        return self.env._("Send an e-mail")

    @api.model
    def _get_exclusions(self, wizard):
        return [
            (self.env._("No e-mail address"), Domain("email", "in", (False, ""))),
            (
                self.env._("E-mail address on the blacklist"),
                Domain("is_blacklisted", "=", True),
            ),
        ]

    @api.model
    def _start(self, wizard, partners):
        return {
            "type": "ir.actions.act_window",
            "name": self._label(),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_composition_mode": "mass_mail",
                "default_model": "res.partner",
                "default_res_ids": partners.ids,
                "default_template_id": wizard.mail_template_id.id,
                "default_gestor_is_marketing": wizard.purpose == "marketing",
            },
        }


class UseSms(models.AbstractModel):
    _name = "gestor.set.use.sms"
    _description = "Send an SMS"
    _inherit = ["gestor.set.use"]
    _gestor_sequence = 30
    _gestor_params = ("purpose",)
    _gestor_channel = "sms"

    @api.model
    def _label(self):
        return self.env._("Send an SMS")

    @api.model
    def _get_exclusions(self, wizard):
        return [
            (self.env._("No phone number"), Domain("phone", "in", (False, ""))),
            (
                self.env._("Phone number on the blacklist"),
                Domain("phone_sanitized_blacklisted", "=", True),
            ),
        ]

    @api.model
    def _start(self, wizard, partners):
        return {
            "type": "ir.actions.act_window",
            "name": self._label(),
            "res_model": "sms.composer",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_composition_mode": "mass",
                "default_mass_keep_log": True,
                "default_gestor_is_marketing": wizard.purpose == "marketing",
                "default_res_model": "res.partner",
                "default_res_ids": partners.ids,
            },
        }


class UsePrint(models.AbstractModel):
    _name = "gestor.set.use.print"
    _description = "Print for each client"
    _inherit = ["gestor.set.use"]
    _gestor_sequence = 40
    _gestor_params = ("purpose", "pattern_id")
    _gestor_required = ("pattern_id",)
    _gestor_channel = "letter"

    @api.model
    def _label(self):
        return self.env._("Print for each client")

    @api.model
    def _start(self, wizard, partners):
        # sudo: the entry of the menu; the pattern was chosen with the user's rights
        return wizard.pattern_id.sudo().report_id.report_action(partners, config=False)
