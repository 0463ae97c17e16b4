from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_reference_fields_generic(
        self, referenced_model, src_records, dst_record, additional_update_records=None
    ):
        """Keep links, participants and library files, unknown to the host."""
        result = super()._update_reference_fields_generic(
            referenced_model,
            src_records,
            dst_record,
            additional_update_records=additional_update_records,
        )
        self.env["gestor.link"]._move_ends(src_records, dst_record)
        if "gestor_participant_ids" in dst_record._fields:
            self.env["gestor.participant"]._move(src_records, dst_record)
        self.env["gestor.library.use"]._move_documents(src_records, dst_record)
        return result
