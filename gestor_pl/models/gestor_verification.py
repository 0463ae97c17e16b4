import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .register_texts import say, say_error


class GestorVerification(models.Model):
    """The proof that a register was asked and what it said; nobody edits it."""

    _name = "gestor.verification"
    _description = "Verification in a Register"
    _order = "checked_at desc, id desc"
    _rec_name = "service"

    service = fields.Selection(
        selection="_selection_service", string="Register", required=True, readonly=True
    )
    kind = fields.Selection(
        [
            ("vat", "VAT status"),
            ("account", "Bank account"),
            ("vies", "VAT number in the EU"),
            ("firm", "Firm"),
        ],
        string="Subject",
        required=True,
        readonly=True,
    )
    # a client with proofs is business history: archive it, do not delete it
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    partner_bank_id = fields.Many2one(
        "res.partner.bank",
        string="Bank account record",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Asked by", readonly=True)
    checked_at = fields.Datetime(required=True, readonly=True, index=True)
    number = fields.Char(string="Number asked about", required=True, readonly=True)
    account = fields.Char(string="Bank account", readonly=True)
    result = fields.Selection(
        [
            ("confirmed", "Confirmed"),
            ("denied", "Not confirmed"),
            ("failed", "No answer"),
        ],
        required=True,
        readonly=True,
    )
    summary = fields.Char(readonly=True)
    request_id = fields.Char(
        string="Enquiry number",
        readonly=True,
        index="btree_not_null",
        help="The register's own number of the enquiry: the proof that it was made.",
    )
    requested_at = fields.Char(string="Time of the register", readonly=True)
    answer = fields.Binary(
        string="Answer of the register", attachment=True, readonly=True
    )
    answer_name = fields.Char(compute="_compute_answer_name")

    @api.model
    def _selection_service(self):
        # sudo: names of registers only, for whoever sees a proof
        registers = self.env["gestor.register"].sudo().with_context(active_test=False)
        return [(register.code, register.name) for register in registers.search([])]

    @api.depends("service", "number", "checked_at")
    def _compute_answer_name(self):
        for proof in self:
            day = fields.Datetime.context_timestamp(proof, proof.checked_at)
            proof.answer_name = f"{proof.service}_{proof.number}_{day:%Y%m%d_%H%M}.txt"

    @api.depends("service", "checked_at")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        names = dict(self._selection_service())
        for proof in self:
            at = fields.Datetime.context_timestamp(proof, proof.checked_at)
            name = names.get(proof.service, proof.service)
            proof.display_name = f"{name} {at:%Y-%m-%d %H:%M}"

    # === CRUD ===

    def write(self, vals):
        # whoever may do anything may not do this: a changed proof is none
        raise UserError(self.env._("A verification is a proof and cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A verification is a proof and cannot be deleted."))

    # === Making and finding proofs ===

    @api.model
    def _gestor_record(self, service, kind, found):
        """Store findings as proofs of the current user and company.

        :param str service: code of the register
        :param str kind: see the field
        :param list found: ``[(finding, vals)]``; ``vals`` has at least ``partner_id``
        :return: the proofs, in the order of ``found``
        """
        now = fields.Datetime.now()
        vals_list = [
            {
                **self._prepare_finding_vals(finding),
                "service": service,
                "kind": kind,
                "company_id": self.env.company.id,
                "user_id": self.env.uid,
                "checked_at": now,
                **vals,
            }
            for finding, vals in found
        ]
        # sudo: nobody may create a proof by hand
        return self.sudo().create(vals_list).sudo(False)

    @api.model
    def _prepare_finding_vals(self, finding):
        if finding.error:
            summary = say_error(self.env, finding.error)
        else:
            summary = say(self.env, finding.notes)
        return {
            "number": finding.number.value,
            "result": finding.result or "failed",
            "summary": summary,
            "request_id": finding.request_id or False,
            "requested_at": finding.requested_at or False,
            "answer": base64.b64encode(finding.raw) if finding.raw else False,
        }

    @api.model
    def _gestor_latest(self, field, records, domain=Domain.TRUE):
        """Return the newest proof of each record.

        :param str field: that points at the records, such as ``partner_id``
        :return: ``{record id: proof}``; the records without one are missing
        """
        groups = self._read_group(
            Domain(field, "in", records.ids) & domain, [field], ["id:max"]
        )
        newest = {record.id: proof_id for record, proof_id in groups}
        self.browse(newest.values()).fetch(["result", "summary", "checked_at"])
        return {key: self.browse(value) for key, value in newest.items()}
