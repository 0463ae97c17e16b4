from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

#: rows of one section of the panel; who wants more opens the list
ROWS = 5
#: what counts as a contact among the messages of a thread; "sms" comes with the host's
#: addon of that name
CONTACT_TYPES = ("email", "email_outgoing", "comment", "sms")


class GestorInfoMixin(models.AbstractModel):
    """What the panel beside a document tells about it and its client."""

    _name = "gestor.info.mixin"
    _description = "Gestor Info Panel Data"
    _inherit = ["gestor.registry.mixin"]

    def _gestor_client(self):
        """Return the clients of these documents: firms, not their contact persons.

        :return: the partner itself or its firm, else those of ``partner_id``; nothing
            for a document without such a field
        :rtype: res.partner
        """
        if self._name == "res.partner":
            return self.commercial_partner_id
        partners = self.env["res.partner"]
        if "partner_id" not in self._fields:
            return partners
        return self["partner_id"].commercial_partner_id

    def _gestor_info(self):
        """Return all that the panel shows of one document, in few queries.

        The user's rights decide about every row.

        :return: ``client`` (or nothing) and ``sections``; see
            :meth:`_gestor_info_sections`
        :rtype: dict
        """
        self.ensure_one()
        client = self._gestor_readable_client()
        return {
            "client": bool(client)
            and {
                "id": client.id,
                "name": client.display_name,
                # a client's own card says all this in its head
                "facts": [] if client == self else self._gestor_client_facts(client),
            },
            "sections": [
                section for section in self._gestor_info_sections() if section["rows"]
            ],
        }

    @api.model
    def _gestor_client_facts(self, client):
        """Return what is worth knowing about a client at once.

        :param client: one partner that the user may read
        :return: dictionaries with ``icon``, ``label``, ``value`` and ``href`` (or
            nothing), in order; those without a value are left out
        :rtype: list[dict]
        """
        phone, email = client.phone, client.email
        facts = [
            ("fa-id-card-o", self.env._("NIP"), client.vat, False),
            ("fa-phone", self.env._("Phone"), phone, phone and f"tel:{phone}"),
            ("fa-envelope-o", self.env._("E-mail"), email, email and f"mailto:{email}"),
            ("fa-map-marker", self.env._("City"), client.city, False),
            # sudo: everybody may know who looks after the client
            ("fa-user-o", self.env._("Guardian"), client.user_id.sudo().name, False),
        ]
        return [
            {"icon": icon, "label": label, "value": value, "href": href}
            for icon, label, value, href in facts
            if value
        ]

    def _gestor_info_sections(self):
        """Return the sections of the panel of one document.

        An addon adds sections of its own; :meth:`_gestor_info_section` makes them.

        :return: dictionaries with ``key``, ``title`` and ``rows``; a section without
            rows is not shown
        :rtype: list[dict]
        """
        self.ensure_one()
        threads = self._gestor_info_threads()
        return [
            self._gestor_info_section(
                "activities", self.env._("To do"), self._gestor_info_activities(threads)
            ),
            self._gestor_info_section(
                "contacts",
                self.env._("Last contacts"),
                self._gestor_info_contacts(threads),
            ),
            self._gestor_info_section(
                "links", self.env._("Links"), self._gestor_info_links()
            ),
        ]

    # === Helpers ===

    @api.model
    def _gestor_info_section(self, key, title, rows):
        """Return a section of the panel; see :meth:`_gestor_info_row` for its rows."""
        return {"key": key, "title": title, "rows": rows}

    @api.model
    def _gestor_info_row(self, record, **values):
        """Return a row that opens a record.

        :param record: one record
        :param values: ``title``, ``subtitle``, ``icon`` and ``is_late``, as far as they
            differ from the name and the plain look
        """
        return {
            "model": record._name,
            "id": record.id,
            "title": values.get("title") or record.display_name,
            "subtitle": values.get("subtitle") or "",
            "icon": values.get("icon") or "fa-file-o",
            "is_late": bool(values.get("is_late")),
        }

    def _gestor_readable_client(self):
        """Return the client of one document, if the user may read it."""
        client = self._gestor_client()[:1]
        return client.exists()._filtered_access("read")

    def _gestor_info_threads(self):
        """Return the records whose messages and activities are told.

        :return: ``{model name: ids}``: the document, its client and the contacts
        """
        threads = {self._name: set(self.ids)}
        client = self._gestor_readable_client()
        if client:
            family = self.env["res.partner"].search(
                Domain("commercial_partner_id", "=", client.id), order="id"
            )
            threads.setdefault("res.partner", set()).update(family.ids)
        return threads

    @api.model
    def _gestor_threads_domain(self, threads, model_field):
        """Return what hangs on some threads.

        :param dict threads: ``{model name: ids}``
        :param str model_field: the field with the model, beside ``res_id``
        """
        return Domain.OR(
            Domain(model_field, "=", model) & Domain("res_id", "in", list(ids))
            for model, ids in threads.items()
        )

    def _gestor_info_activities(self, threads):
        activities = self.env["mail.activity"].search(
            self._gestor_threads_domain(threads, "res_model"),
            limit=ROWS,
            order="date_deadline, id",
        )
        return [
            self._gestor_info_row(
                self.env[activity.res_model].browse(activity.res_id),
                title=activity.summary or activity.activity_type_id.name,
                subtitle=" · ".join(
                    part
                    for part in (
                        format_date(self.env, activity.date_deadline),
                        # sudo: the name of a colleague is no secret
                        activity.user_id.sudo().name,
                    )
                    if part
                ),
                icon=activity.icon or "fa-clock-o",
                is_late=activity.state == "overdue",
            )
            for activity in activities
        ]

    def _gestor_info_contacts(self, threads):
        messages = self.env["mail.message"].search(
            self._gestor_threads_domain(threads, "model")
            & Domain("message_type", "in", CONTACT_TYPES),
            limit=ROWS,
            order="date desc, id desc",
        )
        return [
            self._gestor_info_row(
                self.env[message.model].browse(message.res_id),
                title=message.subject or message.preview or self.env._("Message"),
                subtitle=" · ".join(
                    part
                    for part in (
                        format_datetime(self.env, message.date, dt_format="short"),
                        # sudo: who wrote it stands above the message anyway
                        message.author_id.sudo().name or message.email_from,
                    )
                    if part
                ),
                icon="fa-mobile" if message.message_type == "sms" else "fa-envelope-o",
            )
            for message in messages
        ]

    def _gestor_info_links(self):
        links = self.env["gestor.link"]
        edges = links.with_context(
            gestor_base_link_origin=(self._name, self.id)
        ).search(links._get_origin_domain(self._name, self.ids), limit=ROWS)
        return [
            self._gestor_info_row(
                self.env[edge.other_model].browse(edge.other_id),
                title=edge.other_name,
                subtitle=" · ".join(
                    part for part in (edge.other_label, edge.kind) if part
                ),
                icon="fa-link",
            )
            for edge in edges
        ]
