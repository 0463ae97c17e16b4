from odoo import api, fields, models

KEPT_IN_STEP = ("name", "active", "company_id")


class GestorResourceSourceMixin(models.AbstractModel):
    """Records of the host that can be taken over as shared resources, like vehicles."""

    _name = "gestor.resource.source.mixin"
    _description = "Source Of Shared Resources"
    _inherit = "gestor.registry.mixin"

    gestor_resource_id = fields.Many2one(
        "gestor.resource",
        string="Shared resource",
        index="btree_not_null",
        copy=False,
        readonly=True,
        ondelete="set null",
        groups="base.group_user",
    )

    def write(self, vals):
        result = super().write(vals)
        # sudo: who writes the vehicle keeps its resource in step, whatever his groups
        taken = self.sudo().filtered("gestor_resource_id")
        if taken and not vals.keys().isdisjoint(self._get_gestor_resource_triggers()):
            for record in taken:
                vals = record._prepare_gestor_resource_vals()
                record.gestor_resource_id.write(
                    {
                        name: vals[name]
                        for name in (*KEPT_IN_STEP, "symbol")
                        if name in vals
                    }
                )
        return result

    # === Hooks ===

    @api.model
    def _get_gestor_resource_triggers(self):
        """Return the fields whose changes go on to the resource."""
        return set(KEPT_IN_STEP)

    def _prepare_gestor_resource_vals(self):
        """Return the values of the resource made of one record, without its kind.

        Its name, mark, company and whether it is active stay in step later.
        """
        self.ensure_one()
        return {
            "name": self.display_name,
            "active": self["active"],
            "company_id": self["company_id"].id,
        }


class GestorOutageSourceMixin(models.AbstractModel):
    """Records of the host in whose time a resource cannot be used, like a service."""

    _name = "gestor.outage.source.mixin"
    _description = "Source Of Times Out Of Use"

    gestor_outage_id = fields.Many2one(
        "gestor.outage",
        string="Out of use",
        index="btree_not_null",
        copy=False,
        readonly=True,
        ondelete="set null",
        groups="base.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._sync_gestor_outages()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._get_gestor_outage_triggers()):
            self._sync_gestor_outages()
        return result

    def unlink(self):
        # sudo: see _sync_gestor_outages
        outages = self.sudo().gestor_outage_id
        result = super().unlink()
        outages.unlink()
        return result

    def _sync_gestor_outages(self):
        """Keep one time out of use in step with each record."""
        # sudo: whoever plans a repair takes the resource out of use by that
        for record in self.sudo():
            vals = record._prepare_gestor_outage_vals()
            outage = record.gestor_outage_id
            if not vals:
                outage.unlink()
            elif outage:
                outage.write(vals)
            else:
                record.gestor_outage_id = outage.create(vals)

    # === Hooks ===

    @api.model
    def _get_gestor_outage_triggers(self):
        """Return the fields whose changes move or end the time out of use."""
        return set()

    def _prepare_gestor_outage_vals(self):
        """Return the values of the time out of use, or nothing if there is none."""
        self.ensure_one()
        return {}
