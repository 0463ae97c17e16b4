from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._gestor_create_activity_sequences()
        return companies

    def _gestor_create_activity_sequences(self, types=None):
        """Give each company a numbering of each type of activities, once.

        :param types: only of these types; all of them by default
        """
        # sudo: numberings belong to administrators; a company always needs them
        if types is None:
            types = self.env["gestor.activity.type"].with_context(active_test=False)
            # pylint: disable-next=no-search-all
            types = types.sudo().search([])
        # sudo: numberings belong to administrators
        sequences = self.env["ir.sequence"].sudo()
        for company in self:
            # sudo: numberings belong to administrators
            missing = types.sudo().with_company(company)
            missing = missing.filtered(lambda kind: not kind.sequence_id)
            created = sequences.create(
                [company._prepare_activity_sequence_vals(kind) for kind in missing]
            )
            for kind, sequence in zip(missing, created, strict=True):
                kind.sequence_id = sequence

    @api.model
    def _gestor_create_missing_activity_sequences(self):
        """Number the activities of the companies that exist at installation."""
        # pylint: disable-next=no-search-all
        self.search([])._gestor_create_activity_sequences()

    def _prepare_activity_sequence_vals(self, activity_type):
        """Return the values of the numbering of a type in this company."""
        self.ensure_one()
        branch = self._get_gestor_branch_prefix()
        return {
            "name": self.env._("Activities: %(type)s", type=activity_type.name),
            "code": f"gestor.activity.{activity_type.id}",
            "prefix": f"{activity_type.code}/{branch}%(range_year)s/",
            "padding": 5,
            "use_date_range": True,
            "company_id": self.id,
        }
