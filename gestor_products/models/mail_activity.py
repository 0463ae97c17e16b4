from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    gestor_product_template_id = fields.Many2one(
        "gestor.product.activity.template",
        string="Activity template of goods",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
    )
    # the document from which it follows; it may stand on the client
    gestor_origin_model = fields.Char(
        string="Kind of the document of goods", readonly=True, copy=False
    )
    gestor_origin_id = fields.Many2oneReference(
        string="Document of goods",
        model_field="gestor_origin_model",
        readonly=True,
        copy=False,
    )

    _gestor_once = models.UniqueIndex(
        "(gestor_origin_model, gestor_origin_id, gestor_product_template_id) "
        "WHERE gestor_origin_id IS NOT NULL",
        lambda env, diag: env._("This activity of the document is planned already."),
    )
