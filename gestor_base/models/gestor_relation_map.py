from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from ..lib import relation_graph
from .gestor_relation_mixin import MANY

#: what a person can still read and a browser draws at once, by distance
ROOM = {1: 110, 2: 90}


class GestorRelationMap(models.AbstractModel):
    """The one request of the relations map: a document, and two levels around it."""

    _name = "gestor.relation.map"
    _description = "Relations Map"

    @api.model
    @api.readonly
    def get_map(self, model, res_id):
        """Return the map of a document: what it is linked with and what belongs to it.

        Records that the user may not read are not there, nor are they counted. Of many
        records of one kind only the newest are shown; the others are one node.

        :param str model: a model with ``gestor.relation.mixin``
        :param int res_id: id of the record in the middle
        :return: ``nodes`` (``key``, ``model``, ``id``, ``level``, ``label``, ``name``,
            ``info``, ``icon``, ``action``, or for the rest of a kind ``hidden``:
            ids), ``edges`` (``from``, ``to``, ``kind``); the middle is the first node
        :rtype: dict
        :raise AccessError: if the user may not read the record
        """
        self.env["gestor.search"]._check_gestor_user()
        if not self._stands_on_map(model):
            raise UserError(self.env._("This kind of record has no relations map."))
        origin = self.env[model].browse(int(res_id))
        origin.check_access("read")
        center = (model, origin.id)
        levels, edges, rests = {center: 0}, {}, []
        shown = [center]
        for level, room in ROOM.items():
            found = self._get_relations(shown)
            found = self._filter_readable(found)
            shown, hidden = self._choose(found, levels, room)
            levels.update(dict.fromkeys(shown, level))
            edges.update(
                (pair, kind)
                for pair, kind in found.items()
                if all(end in levels for end in pair)
            )
            rests += self._get_rests(hidden, found, level)
        nodes = self._prepare_nodes(levels)
        return {
            "nodes": nodes + [rest["node"] for rest in rests],
            "edges": [
                {
                    "from": self._get_key(first),
                    "to": self._get_key(second),
                    "kind": kind,
                }
                for (first, second), kind in edges.items()
            ]
            + [rest["edge"] for rest in rests],
        }

    @api.model
    def _stands_on_map(self, model):
        """Tell whether the records of a model know what they are related to."""
        mixin = self.env.registry["gestor.relation.mixin"]
        return isinstance(self.env.get(model), mixin)

    # === Relations ===

    @api.model
    def _get_relations(self, nodes):
        """Return the edges from some nodes, readable or not.

        :param nodes: ``(model, id)`` pairs
        :return: ``{(node, node): kind}``; a link made by hand names the kind before
            what is found by itself
        """
        ids_by_model = self._group(nodes)
        found = {}
        for pair, kind in self._get_links(ids_by_model):
            found.setdefault(tuple(sorted(pair)), kind)
        for model, ids in ids_by_model.items():
            if not self._stands_on_map(model):
                continue
            related = self.env[model].browse(ids)._gestor_related()
            for own, other_model, other, kind in related:
                pair = tuple(sorted(((model, own), (other_model, other))))
                if pair[0] != pair[1]:
                    found.setdefault(pair, kind)
        return found

    @api.model
    def _get_links(self, ids_by_model):
        """Return the links made by hand, the newest ones, as ``(pair, kind)``."""
        # sudo: the ends decide about an edge, and all ends are checked afterwards
        links = self.env["gestor.link"].sudo()
        kind = self.env._("link")
        for model, ids in ids_by_model.items():
            domain = links._get_origin_domain(model, ids)
            for edge in links.search(domain, limit=MANY):
                yield edge._get_ends(), edge.kind or kind

    @api.model
    def _filter_readable(self, found):
        """Return the edges whose both ends the user may read."""
        ends = {end for pair in found for end in pair}
        readable = self.env["gestor.link"]._get_documents(self._group(ends))
        open_ends = {
            (model, record_id)
            for model, records in readable.items()
            for record_id in records._ids
        }
        return {
            pair: kind for pair, kind in found.items() if open_ends.issuperset(pair)
        }

    @api.model
    def _choose(self, found, levels, room):
        """Return the new nodes that have room on the map, and the others by model."""
        new = {end for pair in found for end in pair if end not in levels}
        counts = defaultdict(int)
        for model, _record_id in sorted(new):
            counts[model] += 1
        return relation_graph.newest_first(new, relation_graph.share(counts, room))

    @api.model
    def _get_rests(self, hidden, found, level):
        """Return a node and an edge for what is left out of each kind.

        The node hangs on the record that most of the left out ones belong to.
        """
        rests = []
        for model, ids in hidden.items():
            parents = defaultdict(int)
            left = {(model, record_id) for record_id in ids}
            for first, second in found:
                if (first in left) != (second in left):
                    parents[second if first in left else first] += 1
            parent = max(parents, key=lambda node: (parents[node], node))
            key = f"{model},more{level}"
            rests.append(
                {
                    "node": {
                        "key": key,
                        "model": model,
                        "id": 0,
                        "level": level,
                        "label": self._get_label(model),
                        "name": self._get_rest_name(len(ids)),
                        "info": "",
                        "icon": "fa-ellipsis-h",
                        "action": False,
                        "hidden": ids,
                    },
                    "edge": {"from": self._get_key(parent), "to": key, "kind": ""},
                }
            )
        return rests

    @api.model
    def _get_rest_name(self, count):
        if count + min(ROOM.values()) >= MANY:
            return self.env._("more than %(count)s others", count=count)
        return self.env._("and %(count)s more", count=count)

    # === Nodes ===

    @api.model
    def _prepare_nodes(self, levels):
        """Return the shown nodes in the order of their levels."""
        ids_by_model = self._group(levels)
        looks = {}
        for model, ids in ids_by_model.items():
            label = self._get_label(model)
            is_known = self._stands_on_map(model)
            for record in self.env[model].browse(ids):
                look = (
                    record._prepare_gestor_node()
                    if is_known
                    else {"name": record.display_name, "icon": "fa-file-o"}
                )
                looks[model, record.id] = {"label": label, "info": "", **look}
        return [
            {
                "key": self._get_key(node),
                "model": node[0],
                "id": node[1],
                "level": level,
                "action": False,
                "hidden": False,
                **looks[node],
            }
            for node, level in levels.items()
        ]

    @api.model
    def _get_label(self, model):
        if self._stands_on_map(model):
            return self.env[model]._gestor_node_label()
        return self.env["ir.model"]._get(model).name

    @api.model
    def _group(self, nodes):
        ids_by_model = defaultdict(list)
        for model, record_id in nodes:
            ids_by_model[model].append(record_id)
        return ids_by_model

    @api.model
    def _get_key(self, node):
        return f"{node[0]},{node[1]}"
