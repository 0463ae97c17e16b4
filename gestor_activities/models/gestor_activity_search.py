from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime


class GestorActivitySearchMixin(models.AbstractModel):
    _name = "gestor.activity.search.mixin"
    _inherit = ["gestor.search.mixin", "gestor.relation.mixin", "gestor.history.mixin"]
    _description = "How An Activity Is Found, And What Belongs To It"

    _gestor_search_sequence = 25
    _gestor_search_icon = "fa-check-square-o"
    _gestor_history_date = "history_at"

    history_at = fields.Datetime(
        string="Date in the history",
        compute="_compute_history_at",
        store=True,
        index=True,
    )

    @api.depends("real_start_at", "planned_start_at")
    def _compute_history_at(self):
        for activity in self:
            activity.history_at = (
                activity.real_start_at
                or activity.planned_start_at
                or activity.create_date
                or fields.Datetime.now()
            )

    @api.model
    def _gestor_document_label(self):
        return self.env._("Activity")

    # === Search everywhere ===

    @api.model
    def _gestor_search_label(self):
        return self.env._("Activities")

    @api.model
    def _get_gestor_exact_domain(self, text):
        return Domain("number", "=ilike", self._gestor_escape_like(text))

    @api.model
    def _get_gestor_hit_domain(self, text):
        clients = self.env["res.partner"]._get_gestor_documents_domain(text)
        return clients | Domain("number", "ilike", text) | Domain("name", "ilike", text)

    def _get_gestor_subtitle_parts(self):
        moment = self.planned_start_at
        return [
            self.type_id.name,
            self.partner_id.display_name,
            moment and format_datetime(self.env, moment, dt_format="short"),
            self._get_gestor_selection_label("state"),
        ]

    # === Time line ===

    @api.model
    def _get_gestor_history_label(self):
        return self._gestor_document_label()

    @api.model
    def _gestor_history_domain(self, partner_ids):
        return Domain("client_ids.partner_id", "in", partner_ids)

    # === Relations map ===

    def _gestor_related(self):
        continued = self.env._("continuation")
        client = self.env._("client")
        return (
            super()._gestor_related()
            + self._gestor_related_by("gestor.activity", "parent_id", continued)
            + [
                (activity.id, "gestor.activity", activity.parent_id.id, continued)
                for activity in self
                if activity.parent_id
            ]
            + [
                (activity.id, "res.partner", row.partner_id.id, client)
                for activity in self
                for row in activity.client_ids[1:]
            ]
        )
