import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, hmac

from ..const import OWN_SOURCES, SOURCES, STATES

#: what tells a person; the rest is the evidence that stays
PERSONAL = ("note", "ip", "user_agent")
GUARD = """
CREATE OR REPLACE FUNCTION gestor_consent_log_guard() RETURNS trigger AS $$
DECLARE
    path text := current_setting('gestor.consent_log_path', true);
    personal text[] := ARRAY['note', 'ip', 'user_agent'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF path = 'merge'
           AND to_jsonb(NEW) - 'partner_id' = to_jsonb(OLD) - 'partner_id' THEN
            RETURN NEW;
        END IF;
        IF path = 'anonymise' AND to_jsonb(NEW) - personal = to_jsonb(OLD) - personal
           AND num_nonnulls(NEW.note, NEW.ip, NEW.user_agent) = 0 THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the log of consents can only be added to'
        USING ERRCODE = 'integrity_constraint_violation';
END $$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS gestor_consent_log_guard ON gestor_consent_log;
CREATE TRIGGER gestor_consent_log_guard BEFORE UPDATE OR DELETE ON gestor_consent_log
    FOR EACH ROW EXECUTE FUNCTION gestor_consent_log_guard();
DROP TRIGGER IF EXISTS gestor_consent_log_guard_truncate ON gestor_consent_log;
CREATE TRIGGER gestor_consent_log_guard_truncate BEFORE TRUNCATE ON gestor_consent_log
    FOR EACH STATEMENT EXECUTE FUNCTION gestor_consent_log_guard();
"""


class GestorConsentLog(models.Model):
    """What happened to consents, kept as evidence: the database lets nobody change it.

    No columns of the host about who wrote a row and when: deleting a user would change
    them.
    """

    _name = "gestor.consent.log"
    _description = "Consent Log"
    _inherit = ["gestor.history.mixin"]
    _order = "logged_at desc, id desc"
    _log_access = False
    _rec_name = "type_id"
    _gestor_history_date = "logged_at"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, ondelete="restrict"
    )
    type_id = fields.Many2one(
        "gestor.consent.type",
        string="Consent",
        required=True,
        index=True,
        ondelete="restrict",
    )
    version_id = fields.Many2one(
        "gestor.consent.version", index=True, ondelete="restrict"
    )
    logged_at = fields.Datetime("Moment", required=True)
    state_before = fields.Selection(STATES, string="Status before")
    state = fields.Selection(STATES, string="Status", required=True)
    source = fields.Selection(SOURCES + OWN_SOURCES)
    valid_until = fields.Date()
    user_id = fields.Many2one("res.users", string="Recorded by", ondelete="restrict")
    lang = fields.Char("Language")
    note = fields.Char()
    ip = fields.Char("IP address", groups="gestor_base.gestor_base_group_manager")
    user_agent = fields.Char("Browser", groups="gestor_base.gestor_base_group_manager")
    text_hash = fields.Char("SHA-256 of the text")
    proof_hash = fields.Char("SHA-256 of the proof")
    evidence_hash = fields.Char(
        "Seal",
        help="Made from all of the entry and the client's data of that moment. It "
        "stays when the client is made anonymous.",
    )

    _partner_idx = models.Index("(partner_id, type_id, logged_at DESC)")

    def init(self):
        """Let the database keep the log, whatever way a change takes."""
        self.env.cr.execute(GUARD)

    @api.model_create_multi
    def create(self, vals_list):
        secret = self.env(su=True)
        for vals in vals_list:
            vals["logged_at"] = fields.Datetime.now()
            partner = self.env["res.partner"].browse(vals["partner_id"])
            person = [partner.id, partner.name, partner.email, partner.phone]
            content = json.dumps([person, vals], sort_keys=True, default=str)
            vals["evidence_hash"] = hmac(secret, "gestor_consents-log", content)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_change()

    def _refuse_change(self):
        raise UserError(self.env._("The log of consents can only be added to."))

    # === The two privileged ways ===

    @api.model
    def _gestor_move(self, sources, target):
        """Let the log of merged clients go on under the one that stays."""
        self._update_by("merge", sources, SQL("partner_id = %s", target.id))

    @api.model
    def _gestor_anonymise(self, partners):
        """Take what tells the person out of the log; time, version and hashes stay."""
        empty = SQL(", ").join(SQL("%s = NULL", SQL.identifier(n)) for n in PERSONAL)
        self._update_by("anonymise", partners, empty)

    def _update_by(self, path, partners, assignments):
        self.flush_model()
        set_path = "SELECT set_config('gestor.consent_log_path', %s, true)"
        self.env.cr.execute(SQL(set_path, path))
        self.env.cr.execute(
            SQL(
                "UPDATE gestor_consent_log SET %s WHERE partner_id IN %s",
                assignments,
                tuple(partners.ids) or (0,),
            )
        )
        self.env.cr.execute(SQL(set_path, ""))
        self.invalidate_model()

    # === Time line ===

    @api.model
    def _get_gestor_history_label(self):
        return self.env._("Consent")

    @api.model
    def _get_gestor_history_text_domain(self, text):
        return [("type_id.name", "ilike", text)]

    def _prepare_gestor_history_entry(self):
        self.ensure_one()
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("state", "source")
        }
        parts = [labels["state"][self.state], labels["source"].get(self.source)]
        return {
            "title": self.type_id.name,
            "summary": " · ".join(filter(None, parts)),
            # sudo: who did it is no secret for whoever may read it
            "author": self.user_id.sudo().partner_id or self.partner_id,
            "document": self.partner_id,
        }

    @api.model
    def _get_proof_hash(self, attachments):
        """Return the SHA-256 of the files that prove an answer, or False."""
        if not attachments:
            return False
        digest = hashlib.sha256()
        for attachment in attachments.sorted("id"):
            digest.update(attachment.raw or b"")
        return digest.hexdigest()
