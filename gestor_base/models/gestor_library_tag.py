from odoo import fields, models


class GestorLibraryTag(models.Model):
    _name = "gestor.library.tag"
    _description = "Library Tag"
    _order = "name, id"

    name = fields.Char(required=True)
    color = fields.Integer(aggregator=False)

    _name_uniq = models.UniqueIndex("(lower(name))", "This tag exists already.")
