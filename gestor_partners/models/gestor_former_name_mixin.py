from odoo import api, fields, models


class GestorFormerNameMixin(models.AbstractModel):
    """A firm that has changed its name is still found by the former one."""

    _name = "gestor.former.name.mixin"
    _description = "Firm With Former Names"

    # one column with an index of its own: a table beside it would keep the search
    # from answering everything out of indexes
    gestor_former_names = fields.Text(
        string="Former names",
        copy=False,
        groups="base.group_user",
        help="One in each line. The client is found by them too.",
    )

    def write(self, vals):
        former = self._get_gestor_names_given_up(vals["name"]) if "name" in vals else {}
        result = super().write(vals)
        for firm, name in former.items():
            firm._gestor_keep_names([name])
        return result

    def _get_gestor_names_given_up(self, new_name):
        """Return ``{firm: name}`` of the firms that get another name."""
        new_name = (new_name or "").strip().casefold()
        return {
            firm: firm.name
            for firm in self
            if firm.is_company and firm.name and firm.name.casefold() != new_name
        }

    def _gestor_keep_names(self, names):
        """Add names by which a firm was known; its name of today is not kept.

        :param list[str] names: in any order, known ones are not doubled
        """
        self.ensure_one()
        # sudo: whoever renames a firm need not read what it was called
        firm = self.sudo()
        names = [*(firm.gestor_former_names or "").splitlines(), *names]
        known = {name.strip().casefold(): name.strip() for name in names if name}
        known.pop((firm.name or "").strip().casefold(), None)
        text = "\n".join(known.values()) or False
        if text != firm.gestor_former_names:
            firm.gestor_former_names = text

    def _get_gestor_known_names(self):
        """Return the names of these firms, those of today and the former ones."""
        # sudo: whoever merges firms need not read what they were called
        return [
            name
            for firm in self.sudo()
            for name in (firm.name, *(firm.gestor_former_names or "").splitlines())
        ]

    @api.model
    def _get_gestor_former_fields(self):
        """Return the names of the fields with former names that the user may read."""
        field = self._fields["gestor_former_names"]
        return [field.name] if self._has_field_access(field, "read") else []

    def _get_former_hint(self):
        """Return the former names in one line, for whoever was found by them."""
        self.ensure_one()
        if not self._get_gestor_former_fields() or not self.gestor_former_names:
            return ""
        names = ", ".join(self.gestor_former_names.splitlines())
        return self.env._("formerly %(names)s", names=names)
