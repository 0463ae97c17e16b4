from markupsafe import Markup

from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

TODO = "gestor_offer_approval.mail_activity_type_approval"


class GestorOfferApprovalMixin(models.AbstractModel):
    """Ask for approval, approve, send back."""

    _name = "gestor.offer.approval.mixin"
    _description = "Approval Of Offers"

    # === Actions ===

    def action_request_approval(self, note=None):
        """Ask the approvers, or open the dialog that asks for a note.

        :param str note: may be empty; without it a dialog asks
        :raise UserError: naming the offers that need no approval or wait already
        """
        if note is None:
            return self._get_approval_dialog("request")
        self._request_approval(note)
        return True

    def action_approve(self, note=None):
        """Approve what waits for the current user.

        :param str note: comment, may be empty
        :raise UserError: naming the offers that do not wait for this user
        """
        for offer, request, lines in self._get_decisions():
            user = self.env.user
            substituted = request._get_represented(user, lines)
            lines.write(
                {
                    "user_id": user.id,
                    "for_user_id": substituted.id,
                    "date": fields.Datetime.now(),
                }
            )
            if all(line.user_id for line in request.line_ids):
                request.write(
                    self._prepare_decision_vals("approved", note, substituted)
                )
            offer._tell_decision(request, lines, note)
        return True

    def action_send_back(self, reason=None):
        """Send offers back to who asked, or open the dialog that asks for the reason.

        :param str reason: required; without it a dialog asks
        :raise UserError: naming the offers that do not wait for this user
        """
        reason = (reason or "").strip()
        if not reason:
            return self._get_approval_dialog("return")
        for offer, request, lines in self._get_decisions():
            substituted = request._get_represented(self.env.user, lines)
            request.write(self._prepare_decision_vals("returned", reason, substituted))
            offer._tell_decision(request, lines, reason)
        return True

    def action_view_approvals(self):
        """Open who asked, who decided, when and why."""
        self.ensure_one()
        return self.env["ir.actions.actions"]._for_xml_id(
            "gestor_offer_approval.gestor_offer_approval_action"
        ) | {"domain": [("offer_id", "=", self.id)], "context": {}}

    def _get_approval_dialog(self, step):
        return self.env["ir.actions.actions"]._for_xml_id(
            f"gestor_offer_approval.gestor_offer_approval_{step}_action"
        ) | {"context": {"default_offer_ids": self.ids, "default_step": step}}

    # === Asking ===

    def _request_approval(self, note):
        self.check_access("write")
        self._lock_for_decision()
        waiting = self.filtered(lambda offer: offer.approval_state == "waiting")
        if waiting:
            raise UserError(
                self.env._(
                    "Waiting for approval already: %(offers)s",
                    offers=", ".join(waiting.mapped("name")),
                )
            )
        breaches = self._get_uncovered_breaches()
        needless = self.filtered(lambda o: not o.approval_is_needed)
        if needless:
            raise UserError(
                self.env._(
                    "No approval is needed: %(offers)s",
                    offers=", ".join(needless.mapped("name")),
                )
            )
        # sudo: nobody writes approvals directly, see the access rights
        approvals = self.env["gestor.offer.approval"].sudo()
        # sudo: see above
        old = self.sudo().approval_ids.filtered(lambda a: a.state == "waiting")
        old.state = "replaced"
        requests = approvals.create(
            [offer._prepare_approval_vals(breaches[offer.id], note) for offer in self]
        )
        for offer, request in zip(self, requests, strict=True):
            offer._ask_approvers(request)

    def _prepare_approval_vals(self, breaches, note):
        """Return the values of a request.

        :param list breaches: see ``gestor.offer._get_breaches``
        """
        self.ensure_one()
        return {
            "offer_id": self.id,
            "partner_id": self.partner_id.commercial_partner_id.id,
            "user_id": self.env.uid,
            "note": note,
            "line_ids": [
                Command.create(self._prepare_approval_line_vals(breach))
                for breach in breaches
            ],
        }

    def _prepare_approval_line_vals(self, breach):
        return {
            "order_id": breach.order.id,
            "rule_id": breach.rule.id,
            "rule_name": breach.rule.name,
            "variant_name": breach.order.gestor_variant_name or breach.order.name,
            "kind": breach.rule.kind,
            "limit": breach.rule._get_limit(),
            "value": breach.value,
            "currency_id": breach.rule.currency_id.id,
        }

    def _ask_approvers(self, request):
        """Give the approvers a to-do; its e-mail leads to the offer.

        What the one who asks may approve is approved at once.

        :raise UserError: if there is nobody to ask
        """
        self.ensure_one()
        own_lines = request._get_open_lines(self.env.user)
        users = request._get_asked_users()
        if not users and len(own_lines) < len(request.line_ids):
            raise UserError(
                self.env._(
                    "Offer %(offer)s: nobody can approve it. Ask who keeps the approval"
                    " rules: %(rules)s",
                    offer=self.name,
                    rules=", ".join(set(request.line_ids.mapped("rule_name"))),
                )
            )
        self._clear_approval_todos()
        if own_lines:
            self.action_approve(request.note or "")
            users = request._get_asked_users()
        if request.state != "waiting":
            return
        note = Markup("<p>%s</p>%s") % (
            request.user_id.name,
            plaintext2html("\n".join(filter(None, (request.note, request.text)))),
        )
        for user in users:
            # sudo: a seller plans no work for superiors by his or her own rights
            self.sudo().activity_schedule(TODO, user_id=user.id, note=note)

    # === Deciding ===

    def _get_waiting_approval(self):
        """Return the request that waits, as superuser, or nothing."""
        # sudo: an approval belongs to its offer, which the user reads
        approvals = self.sudo().approval_ids
        if self.approval_state != "waiting":
            return approvals.browse()
        return approvals.filtered(lambda approval: approval.state == "waiting")[:1]

    def _get_decisions(self):
        """Return what the current user decides on in these offers.

        Of several people who decide at once exactly one goes through.

        :return: ``(offer, request, lines)`` of each offer
        :rtype: list[tuple]
        :raise UserError: naming the offers where there is nothing to decide
        """
        self.check_access("read")
        self._lock_for_decision()
        decisions, problems = [], {}
        for offer in self:
            request = offer._get_waiting_approval()
            lines = request._get_open_lines(self.env.user)
            if lines:
                decisions.append((offer, request, lines))
            else:
                problems[offer] = [offer._get_undecidable_message(request)]
        self._raise_problems(problems)
        return decisions

    def _get_undecidable_message(self, request):
        if request:
            return self.env._(
                "Another person approves it: nobody approves own offers, unless the"
                " rule allows it."
            )
        if self.approval_state == "outdated":
            return self.env._(
                "The prices have changed for the worse since it was asked; it has to be"
                " asked anew. %(what)s",
                # sudo: whoever decides, also without rights to costs
                what="; ".join((self.sudo().approval_text or "").split("\n")),
            )
        return self.env._("It does not wait for approval.")

    def _prepare_decision_vals(self, state, reason, substituted):
        """Return the values of a request that was decided on."""
        return {
            "state": state,
            "reason": reason or False,
            "decided_by_id": self.env.uid,
            "decided_for_id": substituted.id,
            "decided_at": fields.Datetime.now(),
        }

    def _tell_decision(self, request, lines, reason):
        """Write the decision into the history and tell who asked."""
        self.ensure_one()
        if request.state == "returned":
            text = self.env._("Offer %(offer)s was sent back", offer=self.name)
        elif request.state == "approved":
            text = self.env._("Offer %(offer)s is approved", offer=self.name)
        else:
            text = self.env._("Offer %(offer)s is approved in part", offer=self.name)
        details = "\n".join([*lines.mapped("text"), reason or ""]).strip()
        body = Markup("<p>%s</p>%s") % (text, plaintext2html(details))
        # sudo: an approver need not have the right to write the offer
        offer = self.sudo()
        author = self.env.user.partner_id
        offer._message_log(body=body, author_id=author.id)
        if request.state == "waiting":
            offer._close_approval_todos(reason)
            return
        self._clear_approval_todos()
        people = (request.user_id | self.user_id).partner_id - author
        if people:
            offer.message_notify(
                partner_ids=people.ids, subject=text, body=body, author_id=author.id
            )

    def _close_approval_todos(self, feedback):
        """Mark the to-do of the current user as done, keep those of the others."""
        self.activity_feedback([TODO], user_id=self.env.uid, feedback=feedback or "")

    def _clear_approval_todos(self):
        """Take the to-dos away: somebody has decided, or it is asked anew."""
        # sudo: they are the to-dos of others
        offers = self.sudo()
        offers.activity_feedback([TODO], user_id=self.env.uid)
        offers.activity_unlink([TODO])
