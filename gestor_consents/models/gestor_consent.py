from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import OWN_SOURCES, SOURCES, STATES
from ..lib import verdict

EXPIRY_BATCH = 500
#: context key: address and browser of a client who answers by himself
EVIDENCE_KEY = "gestor_consents_evidence"


class GestorConsent(models.Model):
    """What a client says today about one type; the log knows what it said before."""

    _name = "gestor.consent"
    _description = "Consent"
    _order = "partner_id, type_id"
    _rec_name = "type_id"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )
    type_id = fields.Many2one(
        "gestor.consent.type",
        string="Consent",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="type_id.company_id", store=True)
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="waiting",
        group_expand=True,
    )
    version_id = fields.Many2one(
        "gestor.consent.version",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('type_id', '=', type_id)]",
    )
    changed_at = fields.Datetime("Changed on", readonly=True)
    source = fields.Selection(SOURCES + OWN_SOURCES)
    valid_until = fields.Date(index="btree_not_null")
    is_reminded = fields.Boolean()
    user_id = fields.Many2one("res.users", string="Recorded by", readonly=True)
    note = fields.Char()
    proof_ids = fields.Many2many("ir.attachment", copy=False)
    log_ids = fields.Many2many("gestor.consent.log", compute="_compute_log_ids")

    _partner_type_uniq = models.UniqueIndex(
        "(partner_id, type_id)", "The client has this consent already."
    )
    _expiry_idx = models.Index("(valid_until) WHERE state = 'given'")

    @api.depends("state", "version_id", "valid_until")
    def _compute_log_ids(self):
        logs = self.env["gestor.consent.log"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("type_id", "in", self.type_id.ids),
            ]
        )
        by_key = logs.grouped(lambda log: (log.partner_id.id, log.type_id.id))
        for consent in self:
            key = (consent.partner_id.id, consent.type_id.id)
            consent.log_ids = by_key.get(key, logs.browse())

    @api.depends("type_id.name", "state")
    def _compute_display_name(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        for consent in self:
            name = consent.type_id.name or ""
            consent.display_name = f"{name}: {states.get(consent.state, '')}"

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        kinds = self.env["gestor.consent.type"]
        consents = super().create(
            [
                {
                    **self._prepare_answer_vals(
                        kinds.browse(vals.get("type_id")), vals
                    ),
                    **vals,
                }
                for vals in vals_list
            ]
        )
        # a consent that only waits is no event yet
        consents.filtered(lambda c: c.state != "waiting" or c.source)._log({})
        return consents

    def write(self, vals):
        if {"partner_id", "type_id"} & vals.keys():
            raise UserError(
                self.env._("Neither the client nor the type of a consent changes.")
            )
        before = {consent.id: consent.state for consent in self}
        for kind, consents in self.grouped("type_id").items():
            extra = self._prepare_answer_vals(kind, vals) if "state" in vals else {}
            super(GestorConsent, consents).write({**extra, **vals})
        if {"state", "version_id", "valid_until", "proof_ids"} & vals.keys():
            self._log(before)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_logged(self):
        if self.sudo().log_ids:  # sudo: whoever sees no log must not delete it either
            raise UserError(
                self.env._("A consent with a log cannot be deleted; withdraw it.")
            )

    # === Actions ===

    def action_record(self):
        """Open the dialog that records what the clients have said."""
        return self.partner_id._gestor_open_record_dialog(self.type_id)

    # === Answers ===

    @api.model
    def _gestor_record(self, partners, kinds, state, source, vals=None, evidence=None):
        """Record one answer of many clients about many types, and log it.

        An answer that says what is known already changes nothing, unless it comes with
        a proof or a note. Rights are those of the environment.

        :param str state: ``given``, ``refused``, ``withdrawn`` or ``waiting``
        :param str source: a key of the field ``source``
        :param dict vals: more fields: ``note``, ``proof_ids``, ``valid_until``
        :param dict evidence: ``ip`` and ``user_agent``, where they are known
        :return: the consents that changed
        """
        self = self.with_context(**{EVIDENCE_KEY: evidence or {}})
        vals = {"state": state, "source": source, **(vals or {})}
        known = self.search(
            [("partner_id", "in", partners.ids), ("type_id", "in", kinds.ids)]
        )
        has_more = bool(vals.keys() - {"state", "source"})
        changed = known.filtered(
            lambda consent: (
                has_more
                or consent.state != state
                or consent.version_id != consent.type_id.version_id
                or not consent._is_in_force()
            )
        )
        changed.write(vals)
        there = {(consent.partner_id.id, consent.type_id.id) for consent in known}
        new = self.create(
            [
                {"partner_id": partner.id, "type_id": kind.id, **vals}
                for partner in partners
                for kind in kinds
                if (partner.id, kind.id) not in there
            ]
        )
        return changed | new

    def _is_in_force(self):
        self.ensure_one()
        return not self.valid_until or self.valid_until >= fields.Date.today()

    @api.model
    def _prepare_answer_vals(self, kind, vals):
        """Return what an answer brings along, unless it says something else."""
        state = vals.get("state", "waiting")
        today, months = fields.Date.today(), kind.validity_months
        ends = state == "given" and months and today + relativedelta(months=months)
        return {
            "version_id": kind.version_id.id,
            "changed_at": fields.Datetime.now(),
            "user_id": self.env.uid,
            "valid_until": ends or False,
            "is_reminded": False,
            "note": False,
            "proof_ids": [Command.clear()],
        }

    def _log(self, before):
        """Add a row to the log for each consent.

        :param dict before: ``{id: status}`` of those that were there already
        """
        logs = self.env["gestor.consent.log"]
        # only the program knows addresses and browsers: a user could make them up
        evidence = self.env.context.get(EVIDENCE_KEY, {}) if self.env.su else {}
        rows = []
        for consent in self:
            lang = consent.partner_id.lang or self.env.lang or "en_US"
            version = consent.version_id
            rows.append(
                {
                    "partner_id": consent.partner_id.id,
                    "type_id": consent.type_id.id,
                    "version_id": version.id,
                    "state_before": before.get(consent.id, False),
                    "state": consent.state,
                    "source": consent.source,
                    "valid_until": consent.valid_until,
                    "user_id": self.env.uid,
                    "lang": lang,
                    "note": consent.note,
                    "text_hash": version and version._get_text_hash(lang),
                    # sudo: the proof is read by whoever has just added it
                    "proof_hash": logs._get_proof_hash(consent.sudo().proof_ids),
                    **evidence,
                }
            )
        # sudo: nobody has the right to write into the log by hand
        logs.sudo().create(rows)

    # === Merging ===

    @api.model
    def _gestor_merge(self, sources, target):
        """Leave one consent of each type where clients become one, the stricter one."""
        partners = sources | target
        consents = self.search([("partner_id", "in", partners.ids)])
        self.env["gestor.consent.log"]._gestor_move(sources, target)
        for same in consents.grouped("type_id").values():
            kept = same.sorted(
                lambda c: verdict.strictness(c.state, c.changed_at, c.valid_until)
            )[-1]
            before = {kept.id: kept.state}
            (same - kept).proof_ids.res_id = kept.id
            (same - kept)._delete_merged()
            if kept.partner_id != target:
                kept._move_merged(target)
            if len(same) > 1:
                kept.source = "merge"
                kept._log(before)

    def _delete_merged(self):
        # the log has moved to the client that stays: nothing of the evidence goes
        if self:
            self.env.cr.execute(
                SQL("DELETE FROM gestor_consent WHERE id IN %s", tuple(self.ids))
            )
            self.env.invalidate_all()

    def _move_merged(self, target):
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE gestor_consent SET partner_id = %s WHERE id IN %s",
                target.id,
                tuple(self.ids),
            )
        )
        self.env.invalidate_all()

    # === Expiry ===

    @api.model
    def _cron_expire(self):
        """End the consents whose validity is over, remind of those that will end."""
        today = fields.Date.today()
        given = Domain("state", "=", "given")
        ended = self.search(
            given & Domain("valid_until", "<", today), limit=EXPIRY_BATCH
        )
        last_days = {consent.id: consent.valid_until for consent in ended}
        for last_day, consents in ended.grouped(lambda c: last_days[c.id]).items():
            consents.write(
                {"state": "withdrawn", "source": "expiry", "valid_until": last_day}
            )
        self._remind(given & Domain("valid_until", ">=", today))
        self.env["ir.cron"]._commit_progress(
            len(ended), remaining=int(len(ended) == EXPIRY_BATCH)
        )

    def _remind(self, domain):
        today = fields.Date.today()
        near = self.search(
            domain
            & Domain("is_reminded", "=", False)
            & Domain("valid_until", "<=", today + relativedelta(days=366)),
            limit=EXPIRY_BATCH,
            order="valid_until, id",
        ).filtered(
            lambda c: c.valid_until - relativedelta(days=c.type_id.remind_days) <= today
        )
        for consent in near:
            partner = consent.partner_id
            guardian = partner.user_id or partner.commercial_partner_id.user_id
            if guardian:
                partner.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=consent.valid_until,
                    user_id=guardian.id,
                    summary=self.with_context(lang=guardian.lang).env._(
                        "A consent ends: %(name)s", name=consent.type_id.name
                    ),
                )
        near.is_reminded = True
