from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import clean_context


class GestorProductActivityTemplate(models.Model):
    """What is to be done when a good stands on a document at a moment."""

    _name = "gestor.product.activity.template"
    _description = "Activity Template of Goods"
    _order = "sequence, id"
    _rec_name = "summary"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")

    # === Fields: when ===

    applies_to = fields.Selection(
        [
            ("good", "Good"),
            ("category", "Category of goods"),
            ("node", "Classifier node"),
        ],
        string="Concerns",
        required=True,
        default="good",
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Good",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    product_id = fields.Many2one(
        "product.product",
        string="Variant",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('product_tmpl_id', '=', product_tmpl_id)]",
        help="Empty: every variant of the good.",
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Category",
        index="btree_not_null",
        ondelete="cascade",
        help="With all categories below it.",
    )
    node_id = fields.Many2one(
        "gestor.classifier.node",
        string="Classifier node",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="With all nodes below it.",
    )
    # addons that know documents add the moments they call
    moment = fields.Selection([], string="When", required=True, index=True)

    # === Fields: what ===

    summary = fields.Char(required=True)
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="Activity type",
        required=True,
        ondelete="restrict",
        default=lambda self: self._default_activity_type_id(),
        domain=[("res_model", "=", False)],
    )
    note = fields.Html()
    offset_number = fields.Integer(
        string="Due after",
        default=7,
        required=True,
        help="Counted from the day of the confirmation, posting or delivery.",
    )
    offset_unit = fields.Selection(
        [("days", "days"), ("weeks", "weeks"), ("months", "months")],
        string="Unit of time",
        required=True,
        default="days",
    )
    stands_on = fields.Selection(
        [("document", "The document"), ("client", "The client")],
        string="Planned on",
        required=True,
        default="document",
    )
    user_rule = fields.Selection(
        [
            ("responsible", "Responsible for the document"),
            ("guardian", "Guardian of the client"),
            ("user", "Chosen user"),
        ],
        string="Assigned to",
        required=True,
        default="responsible",
    )
    user_id = fields.Many2one(
        "res.users",
        check_company=True,
        domain=[("share", "=", False)],
    )

    _one_target = models.Constraint(
        """CHECK (
            (applies_to = 'good') = (product_tmpl_id IS NOT NULL)
            AND (applies_to = 'category') = (categ_id IS NOT NULL)
            AND (applies_to = 'node') = (node_id IS NOT NULL)
            AND (applies_to = 'good' OR product_id IS NULL)
        )""",
        "Choose the good, the category or the node that the template concerns.",
    )
    _offset_positive = models.Constraint(
        "CHECK (offset_number >= 0)",
        "An activity cannot be due before its document.",
    )
    _chosen_user = models.Constraint(
        "CHECK (user_rule != 'user' OR user_id IS NOT NULL)",
        "Choose the user to whom the activity is assigned.",
    )

    def _default_activity_type_id(self):
        return self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)

    @api.constrains("product_tmpl_id", "product_id")
    def _check_product_id(self):
        for template in self.filtered("product_id"):
            if template.product_id.product_tmpl_id != template.product_tmpl_id:
                raise ValidationError(
                    self.env._(
                        "%(variant)s is no variant of %(good)s.",
                        variant=template.product_id.display_name,
                        good=template.product_tmpl_id.display_name,
                    )
                )

    @api.constrains("activity_type_id")
    def _check_activity_type_id(self):
        for kind in self.activity_type_id:
            if kind.res_model:
                raise ValidationError(
                    self.env._(
                        "The activity type %(kind)s is for one kind of documents only.",
                        kind=kind.name,
                    )
                )

    @api.onchange("applies_to")
    def _onchange_applies_to(self):
        if self.applies_to != "good":
            self.product_tmpl_id = self.product_id = False
        if self.applies_to != "category":
            self.categ_id = False
        if self.applies_to != "node":
            self.node_id = False

    @api.onchange("product_tmpl_id")
    def _onchange_product_tmpl_id(self):
        if self.product_id.product_tmpl_id != self.product_tmpl_id:
            self.product_id = False

    @api.model
    def _gestor_matches(self, moment, products):
        """Return which templates concern goods at a moment, and which of the goods.

        :param str moment: a value of :attr:`moment`
        :param products: variants
        :return: ``{template: products}``, in the order of the templates
        :rtype: dict
        """
        if not products:
            return {}
        templates = self.search(
            Domain("moment", "=", moment)
            & (
                Domain("product_tmpl_id", "in", products.product_tmpl_id.ids)
                | Domain("categ_id", "parent_of", products.categ_id.ids)
                | Domain("node_id", "parent_of", products.gestor_node_ids.ids)
            )
        )
        found = {
            template: products.filtered(template._concerns) for template in templates
        }
        return {template: goods for template, goods in found.items() if goods}

    def _concerns(self, product):
        if self.applies_to == "good":
            return product == self.product_id or (
                not self.product_id and product.product_tmpl_id == self.product_tmpl_id
            )
        if self.applies_to == "category":
            return self._is_at_or_above(product.categ_id, self.categ_id)
        return self._is_at_or_above(product.gestor_node_ids, self.node_id)

    @api.model
    def _is_at_or_above(self, places, place):
        return any(each.parent_path.startswith(place.parent_path) for each in places)

    @api.model
    def _gestor_plan(self, plans, today):
        """Plan what templates say of documents, in one batch.

        Addons that plan something else than activities of the host take theirs out.

        :param plans: triples of a template, a document, and which of its goods the
            template concerns
        :param today: the day from which due dates are counted
        :return: the new activities of the host
        """
        activities = self.env["mail.activity"].with_context(
            clean_context(self.env.context), mail_activity_quick_update=True
        )
        return activities.create(
            [
                template._prepare_activity_vals(document, goods, today)
                for template, document, goods in plans
            ]
        )

    def _get_due_date(self, today):
        self.ensure_one()
        return today + relativedelta(**{self.offset_unit: self.offset_number})

    def _prepare_activity_vals(self, document, goods, today):
        """Prepare the activity of a document.

        :param document: inherits ``gestor.product.activity.mixin``
        :param goods: which of its goods the template concerns
        :param today: the day from which the due date is counted
        """
        self.ensure_one()
        target = document
        if self.stands_on == "client":
            target = document._gestor_goods_client() or document
        return {
            "res_model": target._name,
            "res_model_id": self.env["ir.model"]._get_id(target._name),
            "res_id": target.id,
            "activity_type_id": self.activity_type_id.id,
            "summary": self.summary,
            "note": self._get_activity_note(document, goods),
            "date_deadline": self._get_due_date(today),
            "user_id": self._get_activity_user(document).id,
            "automated": True,
            "gestor_product_template_id": self.id,
            "gestor_origin_model": document._name,
            "gestor_origin_id": document.id,
        }

    def _get_activity_note(self, document, goods):
        origin = Markup(
            '<a href="#" data-oe-model="%(model)s" data-oe-id="%(id)s">%(name)s</a>'
        ) % {
            "model": document._name,
            "id": document.id,
            "name": document.display_name,
        }
        lines = Markup("<br/>").join(
            [
                self.env._("Document: %(name)s", name=origin),
                self.env._(
                    "Goods: %(names)s", names=", ".join(goods.mapped("display_name"))
                ),
            ]
        )
        return (self.note or Markup("")) + Markup("<p>%s</p>") % lines

    def _get_activity_user(self, document):
        """Return who does the work; nobody if it is nobody's.

        Who has left or does not work in the document's company is passed over.
        """
        responsible = document._gestor_goods_responsible()
        client = document._gestor_goods_client()
        chosen = {
            "responsible": responsible,
            "guardian": document.partner_id.user_id or client.user_id,
            "user": self.user_id,
        }[self.user_rule]
        for user in (chosen, responsible, self.env.user):
            if user.active and not user.share:
                company = document.company_id
                if not company or company in user.company_ids:
                    return user
        return self.env["res.users"]
