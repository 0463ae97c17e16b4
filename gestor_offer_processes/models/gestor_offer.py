from odoo import fields, models


class GestorOffer(models.Model):
    _inherit = "gestor.offer"

    competitor_id = fields.Many2one(
        "gestor.competitor",
        readonly=True,
        copy=False,
        tracking=True,
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="Who won instead of us.",
    )

    def _prepare_undecided_vals(self):
        return {**super()._prepare_undecided_vals(), "competitor_id": False}

    def _lose_process(self, reason, note):
        # sudo: the process may have another guardian, and a client who declines does
        # not read the competitor
        offer = self.sudo()
        process = offer.process_id
        result = super()._lose_process(reason, note)
        if process.won_status == "lost":
            vals = {"gestor_lost_note": note or False}
            if offer.competitor_id:
                vals["gestor_competitor_id"] = offer.competitor_id.id
            process.write(vals)
        return result
