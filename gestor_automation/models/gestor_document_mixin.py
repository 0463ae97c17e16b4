from odoo import Command, api, fields, models


class GestorDocumentMixin(models.AbstractModel):
    _inherit = "gestor.document.mixin"

    gestor_planned_action_count = fields.Integer(
        string="Planned actions",
        compute="_compute_gestor_planned_action_count",
        groups="base.group_user",
    )

    def _compute_gestor_planned_action_count(self):
        counts = self.env["gestor.planned.action"]._count_open(self._name, self.ids)
        for document in self:
            document.gestor_planned_action_count = counts.get(document._origin.id, 0)

    # === CRUD: what automats notice ===

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        self.env["gestor.automat"]._fire("created", documents)
        return documents

    def write(self, vals):
        automats = self.env["gestor.automat"]
        before = automats._watch(self)
        result = super().write(vals)
        if before:
            automats._fire_changes(self, before)
        return result

    def unlink(self):
        # sudo: what was planned for a document goes along, whoever may see it
        actions = self.env["gestor.planned.action"].sudo()
        planned = actions.search(actions._get_document_domain(self._name, self.ids))
        result = super().unlink()
        planned.unlink()
        return result

    def action_gestor_planned_actions(self):
        """Open the list of what is planned and was done for these documents."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_automation.gestor_planned_action_action"
        )
        actions = self.env["gestor.planned.action"]
        action["domain"] = list(actions._get_document_domain(self._name, self.ids))
        action["context"] = {}
        return action

    # === Hooks ===

    @api.model
    def _gestor_automat_examples(self):
        """Return ready examples of automats for such documents.

        They are added switched off, for somebody to look at and change.

        :return: ``{key: values of gestor.automat without model_id}``
        :rtype: dict[str, dict]
        """
        if not issubclass(
            self.env.registry[self._name], self.env.registry["mail.activity.mixin"]
        ):
            return {}
        todo = self.env.ref("mail.mail_activity_data_todo")
        fields_ = self.env["ir.model.fields"]
        return {
            "created": {
                "name": self.env._("New document: to-do for the responsible user"),
                "trigger": "created",
                "step_ids": [
                    Command.create(
                        {
                            "handler": "activity",
                            "activity_type_id": todo.id,
                            "activity_days": 1,
                            "activity_summary": self.env._("Get in touch"),
                        }
                    )
                ],
            },
            "flag": {
                "name": self.env._("Flag set: to-do for the responsible user"),
                "trigger": "changed",
                "field_id": fields_._get(self._name, "gestor_flag_id").id,
                "filter_domain": "[('gestor_flag_id', '!=', False)]",
                "step_ids": [
                    Command.create(
                        {
                            "handler": "activity",
                            "activity_type_id": todo.id,
                            "activity_summary": self.env._("See to the flag"),
                        }
                    )
                ],
            },
        }

    @api.model
    def _gestor_prepare_continued_vals(self, source):
        """Return what a new document takes over from the one that it continues.

        By default the client, the company and the responsible person, and a name if
        there has to be one.

        :param source: one document, usually of another model
        :rtype: dict
        """
        vals = {}
        name_field = self._fields.get(self._rec_name)
        if self._gestor_is_typed(name_field, "char") and name_field.required:
            vals[self._rec_name] = source.display_name
        if self._gestor_is_typed(self._fields.get("partner_id"), "res.partner"):
            partner = source["partner_id"] if "partner_id" in source else None
            vals["partner_id"] = (partner or source._gestor_client()[:1]).id
        if self._gestor_is_typed(self._fields.get("company_id"), "res.company"):
            company = source["company_id"] if "company_id" in source else None
            vals["company_id"] = (company or self.env.company).id
        if self._gestor_is_typed(self._fields.get("user_id"), "res.users"):
            vals["user_id"] = source._gestor_responsible()[source.id].id
        return {name: value for name, value in vals.items() if value}

    @api.model
    def _gestor_is_typed(self, field, kind):
        """Tell whether a field is of a type, or of records of a model, and typed."""
        return bool(
            field and not field.readonly and kind in (field.type, field.comodel_name)
        )

    def _gestor_responsible(self):
        """Return who is asked about automatic steps of each document.

        By default the active user in the field ``user_id``, else the current user.

        :rtype: dict[int, res.users]
        """
        if "user_id" not in self._fields:
            return dict.fromkeys(self.ids, self.env.user)
        # sudo: an archived user is not asked
        return {
            document.id: document.user_id
            if document.sudo().user_id.active
            else self.env.user
            for document in self
        }
