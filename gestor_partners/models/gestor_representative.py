from odoo import fields, models
from odoo.tools import SQL


class GestorRepresentative(models.Model):
    """Who stands for a firm: its contacts and its representations, in one list."""

    _name = "gestor.representative"
    _description = "Representative"
    _inherit = ["gestor.period.mixin"]
    _auto = False
    _order = "is_main desc, id desc"
    _depends = {
        "gestor.representation": [
            *("person_id", "firm_id", "role_id", "function", "email", "phone"),
            *("date_from", "date_to", "is_main"),
        ],
        "res.partner": [
            *("parent_id", "is_company", "type", "active"),
            *("function", "email", "phone"),
        ],
    }

    representation_id = fields.Many2one("gestor.representation", readonly=True)
    person_id = fields.Many2one("res.partner", readonly=True)
    person_name = fields.Char(related="person_id.name")
    firm_id = fields.Many2one("res.partner", readonly=True)
    role_id = fields.Many2one("gestor.representation.role", readonly=True)
    function = fields.Char(string="Job position", readonly=True)
    email = fields.Char(string="E-mail", readonly=True)
    phone = fields.Char(readonly=True)
    is_main = fields.Boolean(string="Main", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT row.id * 2 AS id, row.id AS representation_id, row.person_id,
                   row.firm_id, row.role_id, row.date_from, row.date_to, row.is_main,
                   COALESCE(row.function, person.function) AS function,
                   COALESCE(row.email, person.email) AS email,
                   COALESCE(row.phone, person.phone) AS phone
              FROM gestor_representation AS row
              JOIN res_partner AS person ON person.id = row.person_id
             UNION ALL
            SELECT contact.id * 2 + 1, NULL, contact.id, contact.parent_id, NULL,
                   NULL, NULL, FALSE, contact.function, contact.email, contact.phone
              FROM res_partner AS contact
              JOIN res_partner AS firm ON firm.id = contact.parent_id
             WHERE firm.is_company AND contact.active
               AND contact.is_company IS NOT TRUE AND contact.type = 'contact'
               AND NOT EXISTS (
                   SELECT 1 FROM gestor_representation AS own
                    WHERE own.person_id = contact.id
                      AND own.firm_id = contact.parent_id)
            """
        )

    def action_open(self):
        """Open the representation, or of a plain contact its card."""
        self.ensure_one()
        record = self.representation_id or self.person_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
            "target": "new" if self.representation_id else "current",
        }

    def action_open_person(self):
        """Open the card of the person."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.person_id.id,
            "views": [(False, "form")],
        }
