from odoo import Command, api, fields, models
from odoo.tools import format_datetime

#: a client reads his own offer through the portal; that it is watched is told to him
#: on the page, the figures are not for him
STAFF = "base.group_user"


class GestorOffer(models.Model):
    _inherit = "gestor.offer"

    view_ids = fields.One2many(
        "gestor.offer.view", "offer_id", string="Visits", groups=STAFF
    )
    # of the version that the client has; kept when the visits are forgotten
    view_count = fields.Integer(
        string="Opened (times)",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="Visits of the page by the client that a browser confirmed.",
    )
    view_first_at = fields.Datetime(
        string="First opened on", readonly=True, copy=False, groups=STAFF
    )
    view_last_at = fields.Datetime(
        string="Last opened on", readonly=True, copy=False, groups=STAFF
    )
    view_unconfirmed_count = fields.Integer(
        string="Opened (unconfirmed)", compute="_compute_views", groups=STAFF
    )
    view_text = fields.Char(string="Views", compute="_compute_views", groups=STAFF)

    _view_last_at_idx = models.Index("(view_last_at) WHERE view_last_at IS NOT NULL")

    @api.depends("view_count", "view_last_at", "view_ids.is_confirmed")
    @api.depends_context("lang", "tz")
    def _compute_views(self):
        """Say how often, when and what, in two queries for any number of offers."""
        # sudo: who reads the offer may know how often it was opened
        views = self.env["gestor.offer.view"].sudo()
        waiting = dict(
            views._read_group(
                [("offer_id", "in", self.ids), ("is_confirmed", "=", False)],
                ["offer_id"],
                ["__count"],
            )
        )
        favourites = self._get_favourite_variants()
        for offer in self:
            offer.view_unconfirmed_count = waiting.get(offer._origin, 0)
            favourite = favourites.get(offer._origin.id)
            offer.view_text = offer._get_view_text(favourite)

    def _get_favourite_variants(self):
        """Return which variant of each offer was looked at for longest.

        :return: ``{offer id: sale.order}``; offers without any are missing
        """
        # sudo: see _compute_views
        lines = self.env["gestor.offer.view.variant"].sudo()
        favourites = {}
        for offer, order, _seconds in lines._read_group(
            [("view_id.offer_id", "in", self.ids)],
            ["view_id.offer_id", "order_id"],
            ["seconds:sum"],
            order="seconds:sum desc, order_id",
        ):
            favourites.setdefault(offer.id, order)
        return favourites

    def _get_view_text(self, favourite):
        if not self.view_count:
            return False
        values = {
            "count": self.view_count,
            "last": format_datetime(self.env, self.view_last_at, dt_format="short"),
        }
        if not favourite:
            return self.env._("Opened: %(count)s, last on %(last)s", **values)
        return self.env._(
            "Opened: %(count)s, last on %(last)s, longest on “%(variant)s”",
            variant=favourite.gestor_variant_name or favourite.name,
            **values,
        )

    @api.model
    def _get_action_fields(self):
        return super()._get_action_fields() | {
            "view_count",
            "view_first_at",
            "view_last_at",
        }

    # === Actions ===

    def action_view_visits(self):
        """Open the visits of the client."""
        self.ensure_one()
        return self.env["ir.actions.actions"]._for_xml_id(
            "gestor_offer_tracking.gestor_offer_view_action"
        ) | {"domain": [("offer_id", "=", self.id)], "context": {}}

    def action_reset_to_draft(self):
        """What the client saw before does not count for the next version."""
        result = super().action_reset_to_draft()
        self._write_by_action(
            {"view_count": 0, "view_first_at": False, "view_last_at": False}
        )
        return result

    # === Visits ===

    def _gestor_count_visit(self, view):
        """Count a visit that a browser has confirmed.

        :param view: ``gestor.offer.view``
        """
        self.ensure_one()
        is_first = not self.view_first_at
        self.with_context(tracking_disable=True).write(
            {
                "view_count": self.view_count + 1,
                "view_first_at": self.view_first_at or view.started_at,
                "view_last_at": view.started_at,
            }
        )
        if is_first:
            self._gestor_first_opened()

    def _gestor_first_opened(self):
        """Tell the guardian, as he or she likes, that the client looks at the offer.

        A hook: called once per version.
        """
        self.ensure_one()
        user = self.user_id
        if not user or user.gestor_offer_notice == "no":
            return
        env = self.with_context(lang=user.lang or self.env.lang).env
        text = env._(
            "%(client)s has opened offer %(offer)s.",
            client=self.partner_id.display_name,
            offer=self.name,
        )
        user._bus_send(
            "simple_notification",
            {"type": "info", "title": env._("Offer opened"), "message": text},
        )
        if user.gestor_offer_notice == "todo" and self.state == "sent":
            self.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, summary=text
            )

    # === Ready automat ===

    @api.model
    def _prepare_unanswered_automat_vals(self):
        """Return the automat for offers that were opened but not answered.

        Its condition and its days are there to be changed.
        """
        ir_fields = self.env["ir.model.fields"]
        return {
            "name": self.env._("Offer opened, no answer in 3 days: to-do"),
            "trigger": "date",
            "date_field_id": ir_fields._get(self._name, "view_last_at").id,
            "offset_number": 3,
            "offset_unit": "days",
            "offset_direction": "after",
            "filter_domain": "[('state', '=', 'sent')]",
            "step_ids": [
                Command.create(
                    {
                        "handler": "activity",
                        "activity_type_id": self.env.ref(
                            "mail.mail_activity_data_todo"
                        ).id,
                        "activity_summary": self.env._(
                            "The client has seen the offer: ask for the answer"
                        ),
                    }
                )
            ],
        }

    @api.model
    def _gestor_automat_examples(self):
        return super()._gestor_automat_examples() | {
            "opened": self._prepare_unanswered_automat_vals()
        }

    @api.model
    def _gestor_add_unanswered_automat(self):
        """Add the ready automat at installation, switched off."""
        automats = self.env["gestor.automat"].with_context(active_test=False)
        key = f"{self._name}:opened"
        if not automats.search_count([("example_key", "=", key)]):
            automats.create(
                {
                    **self._prepare_unanswered_automat_vals(),
                    "model_id": self.env["ir.model"]._get_id(self._name),
                    "active": False,
                    "example_key": key,
                }
            )
