import io
import json
import zipfile

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

SIMPLE_TYPES = {
    *("char", "text", "html", "integer", "float", "monetary", "boolean"),
    *("selection", "date", "datetime", "many2one"),
}
PRIVATE_NAMES = {"token", "access_token", "signup_type"}
#: emptied when a client is made anonymous, besides what other addons add
EMPTIED = (
    *("email", "phone", "vat", "street", "street2", "zip", "city", "website"),
    *("function", "ref", "barcode", "company_registry", "comment", "image_1920"),
)


class GestorPersonalData(models.AbstractModel):
    """All that is kept about a person, to be handed over or to be forgotten."""

    _name = "gestor.personal.data"
    _description = "Personal Data"

    @api.model
    def _check_rights(self):
        # the same people who may use the privacy tools of the host
        if not self.env.su and not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only administrators hand over or erase personal data.")
            )

    @api.model
    def _get_log_vals(self, partner, details, records=""):
        """Return the row of the host's privacy log; it hides the name and address."""
        # the host's log knows addresses only, and breaks on anything else
        email = partner.email_normalized or "?@?"
        return {
            "anonymized_name": partner.name or "?",
            "anonymized_email": email,
            "user_id": self.env.uid,
            "execution_details": details,
            "records_description": records,
        }

    # === Handing over ===

    @api.model
    def _gestor_export(self, partner):
        """Return a ZIP with all data of a client and its contacts, and log it.

        ``data.json`` for machines, ``index.html`` for people, ``files/``.

        :rtype: bytes
        :raise AccessError: unless the user is an administrator
        """
        self._check_rights()
        # sudo: the person has a right to all of it, whatever the administrator reads
        partner_all = partner.sudo()
        # sudo: the same
        data, files = self.sudo()._collect(partner_all)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "data.json", json.dumps(data, indent=1, default=str, ensure_ascii=False)
            )
            page = self.env["ir.qweb"]._render(
                "gestor_consents.personal_data_page",
                {"sections": self._get_sections(data), "partner": partner_all},
                minimal_qcontext=True,
            )
            archive.writestr("index.html", str(page))
            for attachment in files:
                name = f"files/{attachment.id}-{_file_name(attachment.name)}"
                archive.writestr(name, attachment.raw or b"")
        counts = ", ".join(f"{key}: {len(rows)}" for key, rows in data.items())
        details = self.env._("Data handed over (%(counts)s)", counts=counts)
        self.env["privacy.log"].create(self._get_log_vals(partner, details))
        return content.getvalue()

    @api.model
    def _collect(self, partner):
        """Return ``{model: [values]}`` and the files of a client and its contacts."""
        people = partner.with_context(active_test=False)
        people |= people.search([("id", "child_of", partner.ids)])
        found = {"res.partner": people, **self._get_documents(people)}
        for name, domain in self._get_more_domains(people, found).items():
            found[name] = self.env[name].search(domain)
        attachments = self._get_files(found)
        data = {
            name: [self._read_record(record) for record in records]
            for name, records in found.items()
            if records
        }
        data["gestor.link"] = [
            {"model": name, "id": other.id, "name": other.display_name}
            for name, others in partner._gestor_linked().items()
            for other in others
        ]
        return data, attachments

    @api.model
    def _get_documents(self, people):
        """Return the documents that the time line knows: ``{model: records}``."""
        found = {}
        for name in self.env["gestor.history.mixin"]._gestor_implementers():
            model = self.env[name].with_context(active_test=False)
            if not model._gestor_history_model_field:
                found[name] = model.search(model._gestor_history_domain(people.ids))
        return found

    @api.model
    def _get_more_domains(self, people, found):
        """Return what is kept about people and is no document of the time line.

        :return: ``{model: Domain}``
        """
        on_documents = {
            "mail.message": ("model", []),
            "mail.activity": ("res_model", []),
        }
        for field, domains in on_documents.values():
            domains += [
                Domain(field, "=", name) & Domain("res_id", "in", records.ids)
                for name, records in found.items()
            ]
        messages = Domain.OR(on_documents["mail.message"][1])
        return {
            "gestor.consent": Domain("partner_id", "in", people.ids),
            "gestor.consent.exclusion": Domain("partner_id", "in", people.ids),
            "res.partner.bank": Domain("partner_id", "in", people.ids),
            "mail.message": messages | Domain("author_id", "in", people.ids),
            "mail.activity": Domain.OR(on_documents["mail.activity"][1]),
        }

    @api.model
    def _get_files(self, found):
        domain = Domain.OR(
            Domain("res_model", "=", name) & Domain("res_id", "in", records.ids)
            for name, records in found.items()
        )
        files = self.env["ir.attachment"].search(
            domain & Domain("res_field", "=", False) & Domain("type", "=", "binary")
        )
        return files | found["mail.message"].attachment_ids

    @api.model
    def _read_record(self, record):
        values = {"id": record.id}
        for name, field in record._fields.items():
            if field.type not in SIMPLE_TYPES or not field.store:
                continue
            if field.groups == fields.NO_ACCESS or name in PRIVATE_NAMES:
                continue
            value = record[name]
            if field.type == "many2one":
                value = value.display_name
            if value not in (False, None, ""):
                values[name] = value
        return values

    @api.model
    def _get_sections(self, data):
        """Return what the readable page shows: titles, rows of labels and values."""
        sections = []
        for name, rows in data.items():
            known = self.env[name]._fields
            labels = {
                key: known[key]._description_string(self.env) if key in known else key
                for row in rows
                for key in row
            }
            lines = [
                [(labels[key], value) for key, value in row.items()] for row in rows
            ]
            # sudo: names of models are no secret
            title = self.env["ir.model"].sudo()._get(name).name
            sections.append({"title": title, "rows": lines})
        return sections

    # === Forgetting ===

    @api.model
    def _get_obstacles(self, partner):
        """Return why a client must not be made anonymous.

        Another addon adds its sentences.

        :rtype: list[str]
        """
        # sudo: what the law keeps is kept, whoever looks
        people = self._get_people(partner.sudo())
        obstacles = []
        # sudo: invoices that the administrator may not read are there all the same
        posted = (
            self.env["account.move"]
            .sudo()
            .search_count(
                Domain("state", "=", "posted")
                & (
                    Domain("partner_id", "in", people.ids)
                    | Domain("commercial_partner_id", "in", people.ids)
                )
            )
        )
        if posted:
            obstacles.append(
                self.env._(
                    "Posted invoices and entries: %(count)s. Accounting and tax law "
                    "demand that they are kept with the client's data. Archive the "
                    "client and withdraw the consents instead.",
                    count=posted,
                )
            )
        if people.user_ids:
            obstacles.append(
                self.env._("The client can log in. Delete the account first.")
            )
        return obstacles

    @api.model
    def _get_people(self, partner):
        people = partner.with_context(active_test=False)
        return people | people.search([("id", "child_of", partner.ids)])

    @api.model
    def _prepare_anonymous_vals(self, partner):
        """Return the values that take the person out of a client.

        :rtype: dict
        """
        return {
            **{name: False for name in EMPTIED if name in partner._fields},
            "name": self.env._("Anonymous client %(number)s", number=partner.id),
            "category_id": [(5, 0, 0)],
            "active": False,
        }

    @api.model
    def _gestor_anonymise(self, partner, note=""):
        """Make a client and its contacts anonymous; the evidence of consents stays.

        :return: the host's privacy lookup with all other records that name the person
        :raise UserError: when the law demands that the data are kept
        """
        self._check_rights()
        # before the address is gone, or nothing would be found by it
        lookup = self._gestor_look_up(partner)
        # sudo: all of the person's data, whatever the administrator reads
        people = self._get_people(partner.sudo())
        details = self.env._("Made anonymous: %(ids)s", ids=people.ids)
        log = self.env["privacy.log"].create(
            {
                **self._get_log_vals(partner, details, lookup.records_description),
                "additional_note": note,
            }
        )
        self._forget_consents(people)
        self._forget_traces(people)
        for person in people:
            # no tracking: it would write the old name into the new history
            person.with_context(tracking_disable=True).write(
                self._prepare_anonymous_vals(person)
            )
        lookup.log_id = log
        return lookup

    @api.model
    def _gestor_look_up(self, partner):
        lookup = self.env["privacy.lookup.wizard"].create(
            {"name": partner.name, "email": partner.email or "unknown@invalid"}
        )
        lookup.action_lookup()
        return lookup

    @api.model
    def _forget_consents(self, people):
        # sudo: an administrator may make anonymous whom he may not read
        consents = self.env["gestor.consent"].sudo()
        known = consents.search([("partner_id", "in", people.ids)])
        known.proof_ids.unlink()
        for consent in known.filtered(lambda c: c.state in ("given", "waiting")):
            consent.write({"state": "withdrawn", "source": "anonymisation"})
        known.note = False
        known.log_ids._gestor_anonymise(people)
        gone = [("partner_id", "in", people.ids)]
        for name in ("gestor.consent.link", "gestor.consent.exclusion"):
            known.env[name].search(gone).unlink()

    @api.model
    def _forget_traces(self, people):
        """Delete what was written on the client, and the addresses of what it wrote."""
        on_client = [("model", "=", "res.partner"), ("res_id", "in", people.ids)]
        people.bank_ids.unlink()
        people.activity_ids.unlink()
        # sudo: all of it, whoever may read it
        messages = self.env["mail.message"].sudo()
        messages.search(on_client).unlink()
        messages.search([("author_id", "in", people.ids)]).email_from = False
        messages.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", people.ids)]
        ).unlink()


def _file_name(name):
    """Return a name that is safe inside an archive.

    >>> _file_name("../a/b c.pdf")
    '.._a_b c.pdf'
    """
    return (name or "file").replace("/", "_").replace("\\", "_")
