import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

GUARD = """
CREATE OR REPLACE FUNCTION gestor_consent_version_guard() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT FROM gestor_consent_log WHERE version_id = OLD.id) THEN
        RAISE EXCEPTION 'a text that clients have answered cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS gestor_consent_version_guard ON gestor_consent_version;
CREATE TRIGGER gestor_consent_version_guard
    BEFORE UPDATE OF text, number, type_id ON gestor_consent_version
    FOR EACH ROW
    WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.number IS DISTINCT FROM NEW.number
          OR OLD.type_id IS DISTINCT FROM NEW.type_id)
    EXECUTE FUNCTION gestor_consent_version_guard();
"""


class GestorConsentVersion(models.Model):
    """The words clients agree to; once somebody has answered they stay as they are."""

    _name = "gestor.consent.version"
    _description = "Consent Text"
    _order = "type_id, number desc"

    type_id = fields.Many2one(
        "gestor.consent.type", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(
        "Version", compute="_compute_number", store=True, precompute=True
    )
    text = fields.Html(required=True, translate=True)
    is_used = fields.Boolean("Used", compute="_compute_is_used")

    _number_uniq = models.UniqueIndex("(type_id, number)")

    def init(self):
        """Let the database keep the words, whatever way a change takes."""
        self.env.cr.execute(GUARD)

    @api.depends("type_id")
    def _compute_number(self):
        highest = dict(
            self._read_group(
                [("type_id", "in", self.type_id.ids)], ["type_id"], ["number:max"]
            )
        )
        for version in self.filtered(lambda version: not version.number):
            kind = version.type_id
            highest[kind] = (highest.get(kind) or 0) + 1
            version.number = highest[kind]

    def _compute_is_used(self):
        used = self.env["gestor.consent.log"]._read_group(
            [("version_id", "in", self.ids)], ["version_id"]
        )
        used_ids = {version.id for (version,) in used}
        for version in self:
            version.is_used = version.id in used_ids

    @api.depends("type_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "Version %(number)s", number=version.number
            )

    def write(self, vals):
        if {"text", "number", "type_id"} & vals.keys():
            self._check_unused()
        return super().write(vals)

    def _update_field_translations(self, field_name, *args, **kwargs):
        if field_name == "text":
            self._check_unused()
        return super()._update_field_translations(field_name, *args, **kwargs)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _check_unused(self):
        if any(self.mapped("is_used")):
            raise UserError(
                self.env._(
                    "Clients have answered this text, so it stays as it is. Add a new "
                    "version instead."
                )
            )

    def _get_text_hash(self, lang):
        """Return the SHA-256 of the words a client of a language has seen."""
        self.ensure_one()
        text = self.with_context(lang=lang).text or ""
        return hashlib.sha256(html2plaintext(text).encode()).hexdigest()
