from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

#: so many of the newest records of one kind are looked at; the map says "more than"
MANY = 500
#: what was sent or came in; comments are chosen by their subtype
MESSAGE_TYPES = ("email", "email_outgoing", "sms")


class GestorRelationMixin(models.AbstractModel):
    """Whoever inherits this stands on the relations map with what belongs to it."""

    _name = "gestor.relation.mixin"
    _description = "Gestor Related By Itself"
    _inherit = "gestor.info.mixin"

    def _gestor_related(self):
        """Return what these records are related to without being linked by hand.

        Called for many records at once: the number of queries may not depend on them.
        What the user may not read is left out by the caller. By default: the client,
        the e-mails, SMS and planned activities. :meth:`_gestor_related_by` finds the
        records that point at these ones.

        :return: tuples ``(own id, other model, other id, kind in the user's language)``
        :rtype: list[tuple]
        """
        clients = self.env._("client")
        related = []
        for record in self:
            client = record._gestor_client()[:1]
            # sudo is not needed: an id is no secret, and the caller checks the rest
            if client and client != record:
                related.append((record.id, "res.partner", client.id, clients))
        if "message_ids" in self._fields:
            related += self._gestor_related_by(
                "mail.message",
                "res_id",
                self.env._("message"),
                Domain("model", "=", self._name)
                & (
                    Domain("message_type", "in", MESSAGE_TYPES)
                    | Domain("message_type", "=", "comment")
                    & Domain("subtype_id.internal", "=", False)
                ),
            )
        if "activity_ids" in self._fields:
            related += self._gestor_related_by(
                "mail.activity",
                "res_id",
                self.env._("to do"),
                Domain("res_model", "=", self._name),
            )
        return related

    def _gestor_related_by(self, model, field, kind, domain=Domain.TRUE, owners=None):
        """Return the relations to the newest records that point at these ones.

        :param str model: a model, perhaps closed to the user
        :param str field: its many2one to these records, or their id
        :param str kind: what the relation is called
        :param domain: which records of the model only
        :param dict owners: ``{value of the field: own id}`` where others stand for
            these records, as contact persons do for their firm
        :return: see :meth:`_gestor_related`
        """
        records = self.env[model]
        owners = owners or {record_id: record_id for record_id in self.ids}
        if not owners or not records.has_access("read"):
            return []
        found = records.search_fetch(
            Domain(field, "in", list(owners)) & Domain(domain),
            [field],
            limit=MANY,
            order="id desc",
        )
        is_id = records._fields[field].type != "many2one"
        return [
            (
                owners[record[field] if is_id else record[field].id],
                model,
                record.id,
                kind,
            )
            for record in found
        ]

    def _prepare_gestor_node(self):
        """Return how one record looks on the map.

        :return: ``name``, ``info`` (state, date ...), ``icon`` and ``action`` (or
            nothing: then the form is opened)
        :rtype: dict
        """
        self.ensure_one()
        if isinstance(self, self.env.registry["gestor.search.mixin"]):
            hit = self._prepare_gestor_hit()
            # the client is on the map anyway
            client = self._fields.get("partner_id") and self["partner_id"].display_name
            parts = self._get_gestor_subtitle_parts()
            return {
                "name": hit["title"],
                "info": " · ".join(part for part in parts if part and part != client),
                "icon": hit["icon"],
                "action": hit["action"],
            }
        return {
            "name": self.display_name,
            "info": format_date(self.env, self.create_date),
            "icon": "fa-file-o",
            "action": False,
        }

    @api.model
    def _gestor_node_label(self):
        """Return what users call such a record; documents have a name already."""
        if "gestor_flag_id" in self._fields:
            return self._gestor_document_label()
        return self.env["ir.model"]._get(self._name).name
