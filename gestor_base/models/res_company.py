from odoo import models
from odoo.fields import Domain


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_gestor_branch_prefix(self):
        """Return what tells the numbers of a branch from those of the whole company.

        A branch is the same legal person, so one number must not mean two documents.

        :return: ``"02/"`` for the second branch, ``""`` for a whole company
        """
        self.ensure_one()
        if not self.parent_id:
            return ""
        # sudo: also the branches that the user does not work in have numbers
        branches = self.sudo().search(
            Domain("id", "child_of", self.root_id.id)
            & Domain("parent_id", "!=", False)
            & Domain("id", "<=", self.id)
        )
        return f"{len(branches):02}/"
