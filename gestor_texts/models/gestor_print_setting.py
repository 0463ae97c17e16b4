from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GestorPrintSetting(models.Model):
    """How documents of one kind are printed for one client and its branches."""

    _name = "gestor.print.setting"
    _description = "Print Parameters of a Client"
    _order = "partner_id, model_id"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )
    # ir.model is closed to ordinary users
    model_id = fields.Many2one(
        "ir.model",
        string="Documents",
        domain=lambda self: self.env["gestor.flag"]._get_area_domain(),
        required=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    pattern_id = fields.Many2one(
        "gestor.print.pattern",
        string="Print pattern",
        domain="[('model_id', '=', model_id)]",
        ondelete="cascade",
        help="Empty: the print that the program brings.",
    )
    copies = fields.Integer(default=1, required=True)
    is_mailed = fields.Boolean(
        string="By e-mail",
        help="When several documents are sent at once, this client gets his; the "
        "others are left for paper.",
    )

    _partner_model_uniq = models.UniqueIndex(
        "(partner_id, model_id)", "This client has such documents in the list already."
    )
    _copies_are_few = models.Constraint(
        "CHECK (copies BETWEEN 1 AND 10)", "Print from 1 to 10 copies."
    )

    @api.constrains("model_id", "pattern_id")
    def _check_pattern_model(self):
        for setting in self.filtered("pattern_id"):
            if setting.pattern_id.model_id != setting.model_id:
                raise ValidationError(
                    self.env._(
                        'The pattern "%(pattern)s" is for other documents.',
                        pattern=setting.pattern_id.name,
                    )
                )

    # === Hooks ===

    @api.model
    def _gestor_get_above(self, partner):
        """Return whose parameters hold where a client has none, perhaps nobody's."""
        return partner.parent_id

    def _gestor_recipients(self, partners):
        """Return who gets the prints of these clients by e-mail.

        The client, else its firm. The parameters may be empty: the client has none.

        :return: ``{client id: partners with an e-mail}``, for every client
        :rtype: dict[int, res.partner]
        """
        return {
            partner.id: partner.filtered("email")
            or partner.commercial_partner_id.filtered("email")
            for partner in partners
        }

    # === What holds ===

    @api.model
    def _find_for_clients(self, model, partners):
        """Return the parameters that hold for clients: their own, else the firm's.

        :param str model: technical name of the documents' model
        :return: ``{partner id: setting}``; a client without any is missing
        """
        chains = {}
        for partner in partners:
            chains[partner.id], above = [], partner
            while above and above.id not in chains[partner.id]:
                chains[partner.id].append(above.id)
                above = self._gestor_get_above(above)
        ids = {partner_id for chain in chains.values() for partner_id in chain}
        found = self.search(
            [("partner_id", "in", list(ids)), ("model_id.model", "=", model)]
        )
        by_partner = {setting.partner_id.id: setting for setting in found}
        return {
            partner_id: next(
                by_partner[above] for above in chain if above in by_partner
            )
            for partner_id, chain in chains.items()
            if not by_partner.keys().isdisjoint(chain)
        }
