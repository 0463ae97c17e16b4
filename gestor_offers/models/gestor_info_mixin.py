from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .gestor_offer_lifecycle import LIVE_STATES

# so many open documents of one kind; who wants more opens the time line
ROWS = 5


class GestorInfoMixin(models.AbstractModel):
    _inherit = "gestor.info.mixin"

    def _gestor_info_sections(self):
        """Tell the open offer processes and offers of the client."""
        sections = super()._gestor_info_sections()
        client = self._gestor_readable_client()
        if not client:
            return sections
        own = Domain("partner_id.commercial_partner_id", "=", client.id)
        rows = []
        for model, domain, order, date in (
            (
                "crm.lead",
                Domain("won_status", "=", "pending"),
                "id desc",
                "date_deadline",
            ),
            (
                "gestor.offer",
                Domain("state", "in", LIVE_STATES),
                "date_from desc, id desc",
                "date_to",
            ),
        ):
            documents = self.env[model]
            if documents.has_access("read"):
                found = documents.search(own & domain, limit=ROWS + 1, order=order)
                others = found if found._name != self._name else found - self
                rows += [document._gestor_open_row(date) for document in others[:ROWS]]
        matters = self._gestor_info_section("offers", self.env._("Open matters"), rows)
        return [sections[0], matters, *sections[1:]]

    def _gestor_open_row(self, date_field):
        """Return the row of an open document, late after its last day.

        :param str date_field: the field with the last day
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        return self._gestor_info_row(
            self,
            subtitle=" · ".join(
                part
                for part in (
                    self._gestor_document_label(),
                    format_date(self.env, self[date_field]),
                )
                if part
            ),
            icon=self._gestor_search_icon,
            is_late=self[date_field] and self[date_field] < today,
        )
