from odoo import api, fields, models
from odoo.exceptions import UserError

#: so many are done at once, while the user waits; more are left to the cron
DONE_AT_ONCE = 50


class GestorAutomatRun(models.TransientModel):
    _name = "gestor.automat.run"
    _description = "Run Automat"

    res_model = fields.Char(
        required=True, default=lambda self: self.env.context.get("active_model")
    )
    allowed_automat_ids = fields.Many2many(
        "gestor.automat", compute="_compute_allowed_automat_ids"
    )
    automat_id = fields.Many2one(
        "gestor.automat",
        required=True,
        default=lambda self: self._default_automat_id(),
        domain="[('id', 'in', allowed_automat_ids)]",
    )
    sentence = fields.Char(related="automat_id.sentence")
    document_count = fields.Integer(
        string="Number of documents", compute="_compute_document_count"
    )

    @api.model
    def _default_automat_id(self):
        automats = self.env["gestor.automat"]._get_manual(
            self.env.context.get("active_model")
        )
        return automats.id if len(automats) == 1 else False

    @api.depends("res_model")
    def _compute_allowed_automat_ids(self):
        for dialog in self:
            dialog.allowed_automat_ids = self.env["gestor.automat"]._get_manual(
                dialog.res_model
            )

    @api.depends("res_model")
    def _compute_document_count(self):
        for dialog in self:
            dialog.document_count = len(dialog._get_documents())

    def action_run(self):
        """Do the steps for the chosen documents, and tell how it went."""
        self.ensure_one()
        documents = self._get_documents()
        documents.check_access("read")
        automat = self.automat_id
        if automat not in automat._get_manual(self.res_model):
            raise UserError(self.env._("You may not run this automat here."))
        # sudo: the user may run it, that is all he decides
        actions = automat.sudo()._plan_steps(documents)
        if not actions:
            raise UserError(
                self.env._("The condition of the automat does not hold here.")
            )
        now = fields.Datetime.now()
        due = actions.filtered(lambda a: a.due_at <= now and a.mode == "auto")
        if len(due) > DONE_AT_ONCE:
            due = due.browse()
        return actions._notify_results(due._execute_each(by_hand=True), len(actions))

    def _get_documents(self):
        """Return the documents that the dialog was opened for.

        :raise UserError: if records of this model have no automats
        """
        names = self.env["gestor.document.mixin"]._gestor_implementers()
        if self.res_model not in names:
            raise UserError(self.env._("These records have no automats."))
        return self.env[self.res_model].browse(self.env.context.get("active_ids"))
