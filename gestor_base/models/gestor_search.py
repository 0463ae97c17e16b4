from odoo import api, models
from odoo.exceptions import AccessError

USER_GROUP = "gestor_base.gestor_base_group_user"
#: who looks at documents and changes nothing finds them too
READERS = f"{USER_GROUP},gestor_base.gestor_base_group_viewer"
# fewer characters find half of the database, and no trigram index helps
MIN_LENGTH = 3
# nobody types more; a pasted page is cut
MAX_LENGTH = 100
HITS_PER_KIND = 5


class GestorSearch(models.AbstractModel):
    """The search of the whole program, as the command palette asks it."""

    _name = "gestor.search"
    _description = "Search Everywhere"

    @api.model
    @api.readonly
    def search_everywhere(self, text):
        """Return what a text may mean, of all kinds that the user may read.

        :param str text: as typed: a name, a number, an e-mail ...
        :return: hits in the order of their kinds; see
            :meth:`gestor.search.mixin._gestor_search_hits`
        :rtype: list[dict]
        :raise AccessError: if the user does not work in Gestor
        """
        self._check_gestor_user()
        text = " ".join(str(text or "").split())[:MAX_LENGTH]
        if len(text) < MIN_LENGTH:
            return []
        hits = []
        for model in self._get_models():
            hits += model._gestor_search_hits(text, HITS_PER_KIND)
        return hits

    @api.model
    def _get_kinds(self):
        """Return the kinds of records that the user can search for, in order.

        :return: dictionaries with ``model`` and ``label``
        :rtype: list[dict]
        """
        return [
            {"model": model._name, "label": model._gestor_search_label()}
            for model in self._get_models()
        ]

    @api.model
    def _get_models(self):
        names = self.env["gestor.search.mixin"]._gestor_implementers()
        models_ = [self.env[name] for name in names]
        return sorted(
            (model for model in models_ if model.has_access("read")),
            key=lambda model: model._gestor_search_sequence,
        )

    @api.model
    def _check_gestor_user(self):
        if not self.env.su and not self.env.user.has_groups(READERS):
            raise AccessError(
                self.env._("Searching everywhere is for the users of Gestor.")
            )
