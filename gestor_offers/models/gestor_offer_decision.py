from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date
from odoo.tools.misc import clean_context

from .gestor_offer_lifecycle import LIVE_STATES, WON_STATES


class GestorOfferDecisionMixin(models.AbstractModel):
    _name = "gestor.offer.decision.mixin"
    _description = "The Client's Decision On An Offer"

    accepted_order_id = fields.Many2one(
        "sale.order",
        string="Accepted variant",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
    )
    reject_reason_id = fields.Many2one(
        "crm.lost.reason",
        string="Loss reason",
        readonly=True,
        copy=False,
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    reject_note = fields.Text(string="Comment on the loss", readonly=True, copy=False)
    signed_by = fields.Char(readonly=True, copy=False)
    signed_at = fields.Datetime(readonly=True, copy=False)
    signed_ip = fields.Char(
        string="Signed from address",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    signature = fields.Image(
        max_width=1024, max_height=1024, attachment=True, readonly=True, copy=False
    )
    # where the process stood before it was won, to put it back there
    stage_before_id = fields.Many2one("crm.stage", readonly=True, copy=False)

    # === Actions ===

    def action_accept(self, order=None):
        """Accept a variant in the client's name, or ask which one.

        :param order: the variant (record or id); without it a dialog asks
        :raise UserError: if the offer or the variant cannot be accepted
        """
        self.ensure_one()
        if not order:
            return self.env["ir.actions.actions"]._for_xml_id(
                "gestor_offers.gestor_offer_accept_action"
            ) | {"context": {"default_offer_id": self.id}}
        if isinstance(order, int):
            order = self.env["sale.order"].browse(order)
        if self.state in ("draft", "prepared"):
            # the client said yes before the offer was mailed
            self._raise_problems({self: self._get_readiness_problems()})
            self._mark_sent()
        self._gestor_accept(order)
        return True

    def action_reject(self, reason_id=None, note=None):
        """Record that the client does not want the offers, or ask for the reason.

        :param reason_id: the loss reason (record or id); without reason and note a
            dialog asks
        :param str note: comment
        :raise UserError: if an offer is accepted or rejected already
        """
        if not reason_id and not note:
            return self.env["ir.actions.actions"]._for_xml_id(
                "gestor_offers.gestor_offer_reject_action"
            ) | {"context": {"default_offer_ids": self.ids}}
        reason = reason_id or self.env["crm.lost.reason"]
        if isinstance(reason, int):
            reason = self.env["crm.lost.reason"].browse(reason)
        self._check_state(
            ("prepared", "sent", "expired"),
            self.env._("Only an offer the client may still decide on is rejected."),
        )
        self._lock_for_decision()
        for offer in self:
            offer._apply_decline(reason, note)
        return True

    # === Engine shared by the form and the portal ===

    def _gestor_accept(self, order, signature_vals=None):
        """Accept a variant: confirm it, close the others, win the process.

        Of several simultaneous calls exactly one goes through; the others wait for it
        and get the error that the offer is accepted already.

        :param order: the variant, ``sale.order`` record
        :param dict signature_vals: ``signed_by``, ``signature``, ``signed_ip``
        :raise UserError: with a text for the client
        """
        self.ensure_one()
        self = self._with_own_context()
        self._lock_for_decision()
        self._check_decidable()
        self._check_variant_acceptable(order)
        self._apply_acceptance(order.with_env(self.env), signature_vals or {})

    def _gestor_decline(self, reason=None, note=None, signature_vals=None):
        """Record the client's refusal of a sent offer.

        :param reason: ``crm.lost.reason`` record, may be empty if there is a note
        :param str note: the client's words
        :param dict signature_vals: ``signed_by``, ``signed_ip``
        :raise UserError: with a text for the client
        """
        self.ensure_one()
        self = self._with_own_context()
        reason = reason or self.env["crm.lost.reason"]
        note = (note or "").strip()
        if not reason and not note:
            raise UserError(self.env._("Please give the reason."))
        self._lock_for_decision()
        self._check_decidable()
        self._apply_decline(reason, note, signature_vals)

    def _with_own_context(self):
        """Return the offer in its company, free of the defaults of any screen."""
        context = clean_context(self.env.context)
        # keyword arguments would leave the defaults in
        # pylint: disable-next=context-overridden
        return self.with_context(context).with_company(self.company_id)

    def _lock_for_decision(self):
        """Wait until nobody else decides on the offers, then read them anew.

        Unlike ``lock_for_update`` it waits: whoever comes second shall hear what was
        decided, not that the record is busy. If the first one has committed, the
        database reports a serialization failure and the host repeats the request.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR UPDATE",
                SQL.identifier(self._table),
                tuple(self.ids),
            ),
            # losing the race is no fault of the server: the host repeats the request
            log_exceptions=False,
        )
        self.invalidate_recordset()

    def _check_decidable(self):
        """Refuse a decision on an offer that is not open for one.

        :raise UserError: with a text for the client
        """
        if self.state in WON_STATES:
            raise UserError(
                self.env._(
                    "Offer %(offer)s is accepted already: variant “%(variant)s”.",
                    offer=self.name,
                    variant=self.accepted_order_id.gestor_variant_name,
                )
            )
        if self.state == "rejected":
            raise UserError(
                self.env._("Offer %(offer)s is rejected already.", offer=self.name)
            )
        if self.state == "expired" or self._is_past_validity():
            raise UserError(
                self.env._(
                    "Offer %(offer)s was valid until %(date)s."
                    " Please ask for a new one.",
                    offer=self.name,
                    date=format_date(self.env, self.date_to),
                )
            )
        if self.state != "sent":
            raise UserError(
                self.env._(
                    "Offer %(offer)s is withdrawn for changes. It cannot be answered"
                    " until it is sent again.",
                    offer=self.name,
                )
            )

    def _check_variant_acceptable(self, order):
        """Refuse a variant that cannot become an order.

        :raise UserError: with a text for the client
        """
        if order not in self.order_ids:
            raise UserError(
                self.env._(
                    "This variant does not belong to offer %(offer)s.", offer=self.name
                )
            )
        if not order._gestor_has_product_lines():
            raise UserError(
                self.env._(
                    "Variant “%(variant)s” has no lines with a product.",
                    variant=order.gestor_variant_name,
                )
            )

    def _apply_acceptance(self, order, signature_vals):
        self._write_by_action(self._prepare_acceptance_vals(order, signature_vals))
        # the row must change before slow work: others wait on it
        self.flush_recordset()
        if signature_vals:
            order.write(self._prepare_order_signature_vals())
        order.action_confirm()
        (self.order_ids - order)._action_cancel()
        # sudo: the process may have another guardian, yet the decision changes it
        process = self.sudo().process_id
        if process and process.won_status != "won":
            process.action_set_won()
        self._log_decision(
            self.env._(
                "Accepted variant: %(variant)s", variant=order.gestor_variant_name
            ),
            signature_vals,
        )

    def _prepare_acceptance_vals(self, order, signature_vals):
        """Return the values of an offer that becomes accepted."""
        vals = {
            "state": "accepted",
            "accepted_order_id": order.id,
            # sudo: the process may have another guardian
            "stage_before_id": self.sudo().process_id.stage_id.id,
        }
        if signature_vals:
            vals |= {"signed_at": fields.Datetime.now(), **signature_vals}
        return vals

    def _prepare_order_signature_vals(self):
        """Return the signature in the words of the order, for its own print."""
        return {
            "signed_by": self.signed_by,
            "signed_on": self.signed_at,
            "signature": self.signature,
        }

    def _apply_decline(self, reason, note, signature_vals=None):
        vals = {
            "state": "rejected",
            "reject_reason_id": reason.id,
            "reject_note": note or False,
        }
        if signature_vals:
            vals |= {"signed_at": fields.Datetime.now(), **signature_vals}
        self._write_by_action(vals)
        self.flush_recordset()
        self.order_ids.filtered(lambda order: order.state != "cancel")._action_cancel()
        self._lose_process(reason, note)
        texts = [reason.name, note]
        self._log_decision(
            self.env._(
                "Rejected. Reason: %(reason)s", reason="; ".join(filter(None, texts))
            ),
            signature_vals or {},
        )

    def _log_decision(self, text, signature_vals):
        """Write the decision and who made it into the history."""
        body = Markup("<p>%s</p>") % text
        if signature_vals.get("signed_by"):
            body += Markup("<p>%s</p>") % self.env._(
                "Signed by %(name)s", name=signature_vals["signed_by"]
            )
        self.message_post(body=body)

    # === The way back ===

    @api.model
    def _get_decision_fields(self):
        """Return the fields that hold what was decided and who signed it.

        :rtype: set[str]
        """
        return {
            "accepted_order_id",
            "stage_before_id",
            *self._prepare_undecided_vals(),
        }

    def _prepare_undecided_vals(self):
        """Return the values of an offer that waits for a decision again."""
        return {
            "accepted_order_id": False,
            "reject_reason_id": False,
            "reject_note": False,
            "signed_by": False,
            "signed_at": False,
            "signed_ip": False,
            "signature": False,
        }

    def _gestor_reopen(self):
        """Put offers back to *sent* after their order was cancelled."""
        for offer in self:
            offer._write_by_action({"state": "sent", **offer._prepare_undecided_vals()})
        self._restore_processes()
        self.order_ids.action_draft()
        return self.order_ids.with_context(tracking_disable=True).write(
            {"state": "sent"}
        )

    def _gestor_update_realization(self):
        """Bring *accepted* and *realized* in step with the posted invoices."""
        for offer in self.filtered(lambda o: o.state in WON_STATES):
            invoiced = offer.accepted_order_id._gestor_is_invoiced()
            state = "realized" if invoiced else "accepted"
            if offer.state != state:
                offer._write_by_action({"state": state})

    # === The process ===

    def _lose_process(self, reason, note):
        """Lose the process when this was the only offer that could win it."""
        # sudo: the process may have another guardian
        process = self.sudo().process_id
        others = process.gestor_offer_ids - self
        if not process or others.filtered(
            lambda offer: offer.state in LIVE_STATES + WON_STATES
        ):
            return
        if note:
            process._track_set_log_message(Markup("<p>%s</p>") % note)
        process.action_set_lost(lost_reason_id=reason.id)

    def _restore_processes(self):
        """Open won and lost processes whose decision was taken back."""
        for offer in self:
            # sudo: the process may have another guardian
            process = offer.sudo().process_id
            won = process.gestor_offer_ids.filtered(lambda o: o.state in WON_STATES)
            if process.won_status == "lost":
                process.action_restore()
            elif process.won_status == "won" and not won:
                process.stage_id = offer.stage_before_id or offer._get_open_stage()
                process.probability = process.automated_probability
        self._write_by_action({"stage_before_id": False})

    @api.model
    def _get_open_stage(self):
        """Return the last stage before winning."""
        # sudo: see _restore_processes
        return self.sudo().process_id._stage_find(
            domain=[("is_won", "=", False)], order="sequence desc, id desc"
        )
