import json
from ast import literal_eval

from psycopg2 import DataError

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import safe_eval as safe_eval_tools
from odoo.tools.safe_eval import safe_eval

from odoo.addons.gestor_base.lib.typed_text import READ_ERRORS

from ..lib import list_arch

STATES = [
    ("shown", "Always shown"),
    ("show", "Shown, can be hidden"),
    ("hide", "Hidden, can be shown"),
    ("gone", "Not there"),
]
#: what a filter, a grouping or an order that makes no sense is answered with
FILTER_ERRORS = (*READ_ERRORS, DataError, UserError)
COLORS = [
    ("danger", "Red"),
    ("warning", "Orange"),
    ("success", "Green"),
    ("info", "Blue"),
    ("muted", "Grey"),
    ("bf", "Bold"),
]


class GestorRoleView(models.Model):
    """How a menu entry begins for the people of some roles.

    Applied each time the screen is loaded, over what the addons bring: nothing is
    copied, so an update changes it like any other list, and archiving it resets the
    screen. What a user chose for himself or herself goes first.
    """

    _name = "gestor.role.view"
    _description = "View For Roles"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    action_id = fields.Many2one(
        "ir.actions.act_window",
        string="Screen",
        required=True,
        index=True,
        ondelete="cascade",
        domain=lambda self: [("res_model", "in", self._get_models())],
    )
    model = fields.Char(related="action_id.res_model")
    role_ids = fields.Many2many("res.users.role", string="Roles")
    group_ids = fields.Many2many("res.groups", string="Groups")
    view_mode = fields.Selection(
        [
            ("list", "List"),
            ("kanban", "Board"),
            ("calendar", "Calendar"),
            ("pivot", "Table of figures"),
            ("graph", "Chart"),
            ("activity", "Activities"),
        ],
        string="Begin with",
    )
    domain = fields.Char(string="Filter", default="[]", required=True)
    group_by = fields.Char(help="Names of fields, separated by commas.")
    sort = fields.Char(help='Names of fields, like "date desc, name".')
    filter_id = fields.Many2one(
        "ir.filters", string="Favourite", readonly=True, copy=False
    )
    column_ids = fields.One2many("gestor.role.view.column", "view_id", copy=True)
    color_ids = fields.One2many("gestor.role.view.color", "view_id", copy=True)

    # === Constraints ===

    @api.constrains("domain", "group_by", "sort", "action_id")
    def _check_filter(self):
        for view in self:
            model = self.env[view.model]
            try:
                domain = safe_eval(view.domain, view._get_eval_context())
                # sudo: the fields of the filter are looked up, no record is read
                # one look at the database tells what the reading did not
                model.sudo().search_count(Domain(domain), limit=1)
                for name in view._get_group_by():
                    model._fields[name.split(":")[0]]
                model._order_to_sql(view.sort or "id", model._search([]))
            except FILTER_ERRORS as error:
                raise ValidationError(
                    self.env._(
                        "The filter, the grouping or the order does not fit the"
                        " documents: %(error)s",
                        error=error,
                    )
                ) from error

    # === CRUD: the filter stands among the favourites of the host ===

    @api.model_create_multi
    def create(self, vals_list):
        views = super().create(vals_list)
        views._sync_filter()
        return views

    def write(self, vals):
        result = super().write(vals)
        if not {"name", "domain", "group_by", "sort", "action_id"}.isdisjoint(vals):
            self._sync_filter()
        return result

    def unlink(self):
        filters = self.filter_id
        result = super().unlink()
        filters.unlink()
        return result

    def _sync_filter(self):
        """Keep a favourite, archived: the host offers it to nobody by itself."""
        for view in self:
            vals = {
                "name": view.name,
                "model_id": view.model,
                "action_id": view.action_id.id,
                "domain": view.domain,
                "context": repr({"group_by": view._get_group_by()}),
                "sort": json.dumps(view._get_sort()),
                "user_ids": [Command.clear()],
                "active": False,
            }
            if view.filter_id:
                view.filter_id.write(vals)
            else:
                view.filter_id = self.env["ir.filters"].create(vals)

    # === From a screen ===

    @api.model
    def action_from_screen(self, action_id, view_mode, favorite):
        """Open a new view for roles that begins as the screen is now.

        :param int action_id: the action of the screen
        :param str view_mode: the kind of view
        :param dict favorite: the screen's filter, as the host would keep it
        """
        self.check_access("create")
        action = self.env["ir.actions.act_window"].browse(action_id)
        model = self.env[action.res_model]
        view_id = next((id_ for id_, mode in action.views if mode == "list"), False)
        arch = model.get_view(view_id, "list")["arch"]
        columns = [
            Command.create(
                {
                    "field_id": self.env["ir.model.fields"]._get_ids(model._name)[name],
                    "state": state,
                }
            )
            for name, state, _width in list_arch.columns(arch)
        ]
        context = literal_eval(str(favorite.get("context") or "{}"))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("View for roles"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {
                "default_name": action.name,
                "default_action_id": action.id,
                "default_view_mode": view_mode,
                "default_domain": favorite.get("domain") or "[]",
                "default_group_by": ", ".join(context.get("group_by") or []),
                "default_sort": ", ".join(json.loads(favorite.get("sort") or "[]")),
                "default_column_ids": columns,
            },
        }

    # === On a screen ===

    @api.model
    def _find(self, action_id):
        """Return the view of the current user for a screen, as superuser, or none."""
        # sudo: the settings of a screen are for administrators, their effect for all
        user = self.env.user.sudo()
        people = Domain("group_ids", "in", user.all_group_ids.ids) | Domain(
            "role_ids", "in", user._get_enabled_roles().role_id.ids
        )
        views = self.sudo()  # the same
        return views.search(Domain("action_id", "=", action_id) & people, limit=1)

    def _apply(self, model, result):
        """Change what a screen loads: columns, colours and the filter it begins with.

        :param model: the documents, with the rights of the user
        :param dict result: what ``get_views`` returns; changed in place
        """
        self.ensure_one()
        views = result["views"]
        if "list" in views:
            arch = views["list"]["arch"]
            views["list"]["arch"] = self._get_arch(model, arch, result)
        filters = views.get("search", {}).get("filters")
        if filters is not None and self._has_filter():
            is_own = any(
                f["is_default"] and f["user_ids"] == [self.env.uid] for f in filters
            )
            names = ["name", "domain", "context", "user_ids", "sort"]
            favorite = self.filter_id.read(names)[0]
            filters.append({**favorite, "is_default": not is_own})

    def _get_arch(self, model, arch, result):
        """Return the list with its columns and colours; the fields go to ``result``."""
        wanted = [
            list_arch.Column(column.field_id.name, column.state, column.width)
            for column in self.column_ids
        ]
        colors = [
            (color.color, color._get_domain())
            for color in self.color_ids
            if all(name in model._fields for name in color._get_names())
        ]
        needed = {
            name for _c, domain in colors for name in list_arch.field_names(domain)
        }
        needed |= {
            model._fields[column.name].get_currency_field(model)
            for column in wanted
            if column.name in model._fields
            and model._fields[column.name].type == "monetary"
        } - {None}
        names = {column.name for column in wanted} | needed
        known = model.fields_get(
            [name for name in names if name in model._fields],
            attributes=model._get_view_field_attributes(),
        )
        result["models"][model._name]["fields"].update(known)
        arch = list_arch.arrange(
            arch,
            wanted,
            set(known),
            [(color, list_arch.to_expression(domain)) for color, domain in colors],
        )
        return list_arch.add_technical(arch, sorted(needed & set(known)))

    # === Helpers ===

    @api.model
    def _get_models(self):
        return self.env["gestor.role.view.mixin"]._gestor_implementers()

    def _has_filter(self):
        return bool(self.domain.strip("[] ") or self.group_by or self.sort)

    def _get_eval_context(self):
        """Return the names that the web client knows in the filter of a screen."""
        return {
            "uid": self.env.uid,
            "context_today": lambda: fields.Date.context_today(self),
            "current_date": str(fields.Date.context_today(self)),
            "datetime": safe_eval_tools.datetime,
            "relativedelta": safe_eval_tools.dateutil.relativedelta.relativedelta,
        }

    def _get_group_by(self):
        return [
            name.strip() for name in (self.group_by or "").split(",") if name.strip()
        ]

    def _get_sort(self):
        return [term.strip() for term in (self.sort or "").split(",") if term.strip()]
