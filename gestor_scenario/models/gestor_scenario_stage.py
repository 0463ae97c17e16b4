from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

RESPONSIBLE_RULES = [
    ("user", "A chosen user"),
    ("mover", "Whoever moves the document"),
    ("guardian", "The client's guardian"),
]


class GestorScenarioStage(models.Model):
    """A stage of a scenario: what happens when a document enters it."""

    _name = "gestor.scenario.stage"
    _description = "Scenario Stage"
    _order = "scenario_id, sequence, id"
    _fold_name = "is_folded"

    scenario_id = fields.Many2one(
        "gestor.scenario", required=True, ondelete="cascade", index=True
    )
    model = fields.Char(related="scenario_id.model")
    name = fields.Char(required=True, translate=True)
    public_name = fields.Char(
        string="Name for the client",
        translate=True,
        help="What the client sees instead of the name, on the portal and in mails.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer(aggregator=False)
    is_folded = fields.Boolean(string="Folded on the board")
    outcome = fields.Selection(
        [
            ("open", "In progress"),
            ("won", "Ended well"),
            ("lost", "Ended badly"),
            ("cancelled", "Called off"),
        ],
        default="open",
        required=True,
    )
    is_reason_required = fields.Boolean(
        string="Reason required",
        help="Whoever moves a document to this stage says why.",
    )
    entry_text = fields.Html(
        string="What to do here",
        translate=True,
        help="Shown on the documents that stand in this stage.",
    )
    next_stage_ids = fields.Many2many(
        "gestor.scenario.stage",
        "gestor_scenario_stage_next_rel",
        "stage_id",
        "next_stage_id",
        string="Allowed next stages",
        domain="[('scenario_id', '=', scenario_id), ('id', '!=', id)]",
        copy=False,
    )
    responsible_rule = fields.Selection(
        [("unchanged", "Unchanged"), *RESPONSIBLE_RULES],
        string="Responsible person",
        default="unchanged",
        required=True,
        help="Who becomes responsible for a document that enters this stage.",
    )
    responsible_user_id = fields.Many2one("res.users", string="Responsible user")
    activity_ids = fields.One2many(
        "gestor.scenario.stage.activity", "stage_id", string="Activities", copy=True
    )
    mail_template_ids = fields.Many2many(
        "mail.template", string="E-mails", domain="[('model', '=', model)]"
    )
    sms_template_ids = fields.Many2many(
        "sms.template", string="SMS", domain="[('model', '=', model)]"
    )
    auto_advance = fields.Selection(
        [
            ("none", "Never"),
            ("automatic", "After the automatic activity"),
            ("all", "After all activities of the stage"),
        ],
        string="Moves on by itself",
        default="none",
        required=True,
        copy=False,
        help="A cancelled activity does not count as done.",
    )
    target_stage_id = fields.Many2one(
        "gestor.scenario.stage",
        string="Moves on to",
        domain="[('scenario_id', '=', scenario_id), ('id', '!=', id)]",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
    )

    # === Constraints ===

    @api.constrains("next_stage_ids", "target_stage_id")
    def _check_next_stages(self):
        for stage in self:
            following = stage.next_stage_ids | stage.target_stage_id
            if stage in following:
                raise ValidationError(
                    self.env._(
                        'The stage "%(stage)s" cannot follow itself.', stage=stage.name
                    )
                )
            if following.scenario_id - stage.scenario_id:
                raise ValidationError(
                    self.env._("A next stage belongs to the same scenario.")
                )

    @api.constrains("responsible_rule", "responsible_user_id")
    def _check_responsible_user(self):
        for stage in self:
            if stage.responsible_rule == "user" and not stage.responsible_user_id:
                raise ValidationError(
                    self.env._(
                        'Choose who becomes responsible in the stage "%(stage)s".',
                        stage=stage.name,
                    )
                )

    @api.constrains("auto_advance", "target_stage_id", "activity_ids")
    def _check_auto_advance(self):
        for stage in self.filtered(lambda stage: stage.auto_advance != "none"):
            problem = stage._get_auto_advance_problem()
            if problem:
                raise ValidationError(problem)

    def _get_auto_advance_problem(self):
        """Return why the stage cannot move documents on by itself, or nothing."""
        self.ensure_one()
        if not self.target_stage_id:
            return self.env._(
                'Choose where documents move on to from the stage "%(stage)s".',
                stage=self.name,
            )
        if not self.activity_ids:
            return self.env._(
                'The stage "%(stage)s" moves documents on after its activities: add '
                "at least one.",
                stage=self.name,
            )
        if self.auto_advance == "automatic" and not any(
            self.activity_ids.mapped("is_automatic")
        ):
            return self.env._(
                'Mark the activity after which the stage "%(stage)s" moves documents '
                "on as the automatic one.",
                stage=self.name,
            )
        circle = self._get_auto_circle()
        if circle:
            return self.env._(
                "These stages would move a document round in a circle: %(stages)s.",
                stages=circle._get_chain_text(),
            )
        return None

    def _get_auto_circle(self):
        """Return the stages that lead back to this one by themselves, in order."""
        self.ensure_one()
        chain = self
        stage = self
        while stage.auto_advance != "none" and stage.target_stage_id:
            stage = stage.target_stage_id
            if stage == self:
                return chain
            if stage in chain:
                break
            chain += stage
        return self.browse()

    def _get_chain_text(self):
        """Return the names of the stages as one circle, for messages."""
        return " → ".join((self + self[:1]).mapped("name"))

    @api.constrains("mail_template_ids", "sms_template_ids")
    def _check_templates(self):
        for stage in self:
            for template in [*stage.mail_template_ids, *stage.sms_template_ids]:
                if template.model != stage.model:
                    raise ValidationError(
                        self.env._(
                            'The template "%(template)s" is not for the documents of '
                            "this scenario.",
                            template=template.name,
                        )
                    )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        if "scenario_id" in vals and (self.scenario_id.ids or [False]) != [
            vals["scenario_id"]
        ]:
            raise UserError(
                self.env._(
                    "A stage cannot be moved to another scenario: make a new one."
                )
            )
        if vals.get("active") is False:
            self._check_not_used("archive")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_not_used("delete")

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _check_not_used(self, operation):
        """Refuse to take away a stage that documents or other stages need."""
        domain = [("stage_id", "in", self.ids)]
        if operation == "archive":
            domain.append(("left_at", "=", False))
        # sudo: documents that the user may not see keep their stage too
        rows = self.env["gestor.scenario.history"].sudo().search(domain, limit=1)
        if rows and operation == "archive":
            raise UserError(
                self.env._(
                    'Documents stand in the stage "%(stage)s": move them first.',
                    stage=rows.stage_id.name,
                )
            )
        if rows:
            raise UserError(
                self.env._(
                    'Documents went through the stage "%(stage)s": archive it instead.',
                    stage=rows.stage_id.name,
                )
            )
        source = self.search(
            [("target_stage_id", "in", self.ids), ("id", "not in", self.ids)], limit=1
        )
        if source:
            raise UserError(
                self.env._(
                    'The stage "%(stage)s" moves documents to "%(target)s" by itself: '
                    "change that first.",
                    stage=source.name,
                    target=source.target_stage_id.name,
                )
            )

    # === Helpers ===

    def _get_next_stages(self):
        """Return the stages a document may go to from this one.

        :return: all others where moves are free, else the allowed next stages and
            the one the stage moves on to by itself
        :rtype: gestor.scenario.stage
        """
        self.ensure_one()
        if self.scenario_id.transition_mode == "free":
            return self.scenario_id.stage_ids - self
        return (self.next_stage_ids | self.target_stage_id).sorted()

    def _get_responsible(self, documents):
        """Return who becomes responsible for each document.

        :return: ``{document id: res.users}``; who stays as he is, is missing
        """
        self.ensure_one()
        return documents._gestor_responsible_by_rule(
            self.responsible_rule, self.responsible_user_id
        )

    def _prepare_diagram_vals(self):
        """Return what the visual editor shows of the stage."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "color": self.color,
            "outcome": self.outcome,
            "next": self.next_stage_ids.ids,
            "target": self.auto_advance != "none" and self.target_stage_id.id,
            "mails": len(self.mail_template_ids),
            "sms": len(self.sms_template_ids),
            "activities": len(self.activity_ids),
            "is_reason_required": self.is_reason_required,
        }


class GestorScenarioStageActivity(models.Model):
    """An activity that a stage plans on each document that enters it."""

    _name = "gestor.scenario.stage.activity"
    _description = "Activity of a Scenario Stage"
    _order = "stage_id, sequence, id"

    _automatic_uniq = models.UniqueIndex(
        "(stage_id) WHERE is_automatic",
        "A stage has one automatic activity.",
    )

    stage_id = fields.Many2one(
        "gestor.scenario.stage", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="Activity type",
        required=True,
        ondelete="restrict",
        index=True,
    )
    summary = fields.Char(translate=True)
    days = fields.Integer(
        string="Due in days", default=0, help="Counted from the day of the move."
    )
    responsible_rule = fields.Selection(
        [("responsible", "The responsible person"), *RESPONSIBLE_RULES],
        string="Assigned to",
        default="responsible",
        required=True,
    )
    user_id = fields.Many2one("res.users")
    is_automatic = fields.Boolean(
        string="Automatic",
        help="When this activity is done, the document may move on by itself.",
    )

    _days_positive = models.Constraint(
        "CHECK (days >= 0)", "An activity cannot be due before the document arrives."
    )

    @api.constrains("responsible_rule", "user_id")
    def _check_user(self):
        for line in self:
            if line.responsible_rule == "user" and not line.user_id:
                raise ValidationError(
                    self.env._(
                        'Choose who gets the activity in the stage "%(stage)s".',
                        stage=line.stage_id.name,
                    )
                )

    @api.constrains("is_automatic")
    def _check_stage_still_advances(self):
        self.stage_id._check_auto_advance()

    def _plan(self, documents, rows):
        """Plan these activities on documents that have entered the stage.

        :param documents: with all rights: the move has been allowed already
        :param rows: their stays, in the order of the documents
        """
        vals_list = [
            {**vals, "gestor_history_id": row.id}
            for line in self
            for vals, row in zip(
                line._prepare_activity_vals(documents), rows, strict=True
            )
        ]
        # one by one the assigned users are told by mail; of many at once they see
        # the list
        activities = documents.env["mail.activity"].with_context(
            mail_activity_quick_update=len(documents) > 1
        )
        activities.create(vals_list)

    def _prepare_activity_vals(self, documents):
        """Return the activities to plan on some documents.

        :return: one dictionary for ``mail.activity`` per document, in their order
        :rtype: list[dict]
        """
        self.ensure_one()
        users = documents._gestor_responsible_by_rule(
            self.responsible_rule, self.user_id
        )
        today = fields.Date.context_today(self)
        return [
            {
                "res_model_id": self.env["ir.model"]._get_id(documents._name),
                "res_id": document.id,
                "activity_type_id": self.activity_type_id.id,
                "summary": self.summary,
                "date_deadline": fields.Date.add(today, days=self.days),
                "user_id": users[document.id].id if document.id in users else False,
                "automated": True,
                "gestor_is_automatic": self.is_automatic,
            }
            for document in documents
        ]
