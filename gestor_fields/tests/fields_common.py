from odoo import Command

from odoo.addons.base.tests.common import BaseCommon


class OwnFieldsCommon(BaseCommon):
    """A dictionary of trades and a factory of own fields of one kind of document."""

    documents_model = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trades = cls._create_dictionary("Trade", "Bakery", "Dairy", "Farm")
        cls.bakery, cls.dairy, cls.farm = cls.trades.value_ids

    @classmethod
    def _create_dictionary(cls, name, *values, **vals):
        return cls.env["gestor.dictionary"].create(
            {
                "name": name,
                "value_ids": [Command.create({"name": value}) for value in values],
                **vals,
            }
        )

    @classmethod
    def _create_field(cls, name, kind="char", model=None, options=(), **vals):
        if kind in ("dictionary", "dictionaries"):
            vals.setdefault("dictionary_id", cls.trades.id)
        return cls.env["gestor.field"].create(
            {
                "name": name,
                "kind": kind,
                "model_id": cls.env["ir.model"]._get_id(model or cls.documents_model),
                "option_ids": [Command.create({"name": option}) for option in options],
                **vals,
            }
        )
