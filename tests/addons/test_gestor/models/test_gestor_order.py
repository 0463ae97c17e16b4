from odoo import api, fields, models
from odoo.exceptions import UserError


class TestGestorOrder(models.Model):
    """A document with mails and to-dos that only its owner and managers see."""

    _name = "test.gestor.order"
    _description = "Test Order"
    _inherit = ["mail.thread", "mail.activity.mixin", "gestor.document.mixin"]

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", index=True)
    company_id = fields.Many2one("res.company", index=True)
    partner_id = fields.Many2one("res.partner")
    state = fields.Selection(
        [("new", "New"), ("ready", "Ready"), ("closed", "Closed")], default="new"
    )
    amount = fields.Float()
    date_due = fields.Date()
    visit_at = fields.Datetime()

    @api.model
    def _gestor_document_label(self):
        return self.env._("Order")


class TestGestorTally(models.Model):
    """What the step of an outside developer leaves behind: one row each time."""

    _name = "test.gestor.tally"
    _description = "Test Tally"

    res_id = fields.Integer(required=True)
    word = fields.Char()


class TestGestorHandlerTally(models.AbstractModel):
    """A kind of step of an outside developer. Parameters: ``word``."""

    _name = "gestor.auto.handler.test_tally"
    _description = "Count In The Tally"
    _inherit = ["gestor.auto.handler"]

    @api.model
    def _validate(self, params, model):
        if not params.get("word"):
            raise UserError(self.env._("The tally needs a word."))

    @api.model
    def _describe(self, params):
        return f"Tally {params.get('word')}"

    @api.model
    def _run(self, action, document):
        tally = self.env["test.gestor.tally"].create(
            {"res_id": document.id, "word": action.params["word"]}
        )
        if document.display_name.startswith("Bad"):
            tally.flush_recordset()
            raise UserError(self.env._("This one is bad."))
        if document.display_name.startswith("Broken"):
            raise KeyError("broken")
