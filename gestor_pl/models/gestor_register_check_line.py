from odoo import fields, models

from ..lib.registers.finding import Question
from ..lib.registers.subject import identify
from .register_texts import say


class GestorRegisterCheckLine(models.Model):
    _name = "gestor.register.check.line"
    _description = "Client of a Bulk Check"
    _order = "id"
    _rec_name = "partner_id"

    # the running check looks for the next lines that wait
    _waiting_idx = models.Index("(check_id, id) WHERE state = 'waiting'")
    _check_idx = models.Index("(check_id, state)")

    check_id = fields.Many2one(
        "gestor.register.check",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    vat = fields.Char(string="NIP", related="partner_id.vat")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("confirmed", "Confirmed"),
            ("differs", "With differences"),
            ("denied", "Not confirmed"),
            ("failed", "No answer"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    verification_id = fields.Many2one(
        "gestor.verification", string="Proof", readonly=True, index="btree_not_null"
    )

    def action_fetch(self):
        """Open the comparison of the client with the registers."""
        self.ensure_one()
        partner = self.partner_id
        dialog = self.env["gestor.register.fetch"]
        return dialog.action_open_for(partner.id, partner.vat)

    def _get_questions(self, provider, user):
        """Return ``{line: Question}``; the lines without one are finished here.

        :param provider: that will be asked
        :param user: who must be able to read the clients now
        """
        readable = self.partner_id.with_user(user)._filtered_access("read").ids
        questions, without, closed = {}, self.browse(), self.browse()
        for line in self:
            number = identify(line.partner_id.vat or "")
            if line.partner_id.id not in readable:
                closed += line
            elif not number or number.kind not in provider._gestor_kinds:
                without += line
            else:
                questions[line] = Question(number)
        for lines, code in ((without, "no_number"), (closed, "no_access")):
            lines.write({"state": "failed", "reason": say(self.env, [(code, {})])})
        return questions
