from dataclasses import dataclass

from odoo import api, models
from odoo.tools import SQL

from ..const import BLOCK, BONUS, POINTS, SIMILAR

# of one beginning or end of names, so many before and after the name being entered, in
# the order of the alphabet, are compared with it
ENTRY_BLOCK = 200
# in the whole file: each pair in such a group, or all with the first of a greater one
SCAN_GROUP = 20
# a beginning that more names have says nothing; longer ones are looked at as well
SCAN_BLOCK = 60
LONG_BLOCK = 2 * BLOCK
# a shorter number is a placeholder
MIN_NUMBER = 7
# a circle of head offices is refused elsewhere; this only keeps the database safe
LEVELS = 20
NO_NUMBER = "0" * 10

#: what a client is compared by, with the types of the columns
COLUMNS = {
    "id": "int4",
    "gestor_nip": "varchar",
    "company_registry": "varchar",
    "email_normalized": "varchar",
    "gestor_phone_digits": "varchar",
    "gestor_name_key": "varchar",
    "is_company": "bool",
    "parent_id": "int4",
    "gestor_head_office_id": "int4",
    "commercial_partner_id": "int4",
    "company_id": "int4",
    "city": "varchar",
    "gestor_is_nip_shared": "bool",
    "active": "bool",
    "partner_share": "bool",
}
#: columns whose equal values are a reason
EQUAL = {
    "nip": "gestor_nip",
    "regon": "company_registry",
    "email": "email_normalized",
    "phone": "gestor_phone_digits",
}
COMPARED = {**EQUAL, "name": "gestor_name_key"}


@dataclass(frozen=True)
class Match:
    """A client that may be the same as another one, and why."""

    key: int
    other_id: int
    kinds: tuple
    score: int


class GestorDuplicateFinder(models.AbstractModel):
    """Finds clients that may be one, in the database and in sets.

    Never pairs: clients of different companies, a firm and its people, a head office
    and its branches, employees, clients that somebody has told apart. A NIP that is
    marked as shared by many units is no reason.
    """

    _name = "gestor.duplicate.finder"
    _description = "Finder Of Duplicates"

    @api.model
    def _gestor_columns(self):
        """Return ``{column: SQL type}`` of what clients are compared by."""
        return COLUMNS

    @api.model
    def _gestor_find(self, partner_ids, kinds):
        """Return whom these clients may be the same as, whoever may read them.

        What is written must be flushed. The number of queries is one.

        :param list[int] partner_ids: the clients asked about; the key of a match is
            one of these numbers
        :param kinds: which reasons count
        :rtype: list[Match]
        """
        columns = self._gestor_columns()
        source = SQL(
            "SELECT id AS key, %s FROM res_partner WHERE id = ANY(%s) AND active",
            SQL(", ").join(map(SQL.identifier, columns)),
            list(partner_ids),
        )
        return self._match(source, kinds)

    @api.model
    def _gestor_find_values(self, values_list, kinds):
        """Return whom clients that are being typed may be the same as.

        :param list[dict] values_list: values by the columns of :meth:`_gestor_columns`;
            the key of a match is the position in this list
        :param kinds: which reasons count
        :rtype: list[Match]
        """
        columns = self._gestor_columns()
        # what nobody typed need not be planned for
        kinds = [
            kind
            for kind in kinds
            if any(values.get(COMPARED[kind]) for values in values_list)
        ]
        if not kinds:
            return []
        rows = SQL(", ").join(
            SQL(
                "(%s, %s)",
                key,
                SQL(", ").join(
                    SQL("%s::%s", values.get(column), SQL(kind))
                    for column, kind in columns.items()
                ),
            )
            for key, values in enumerate(values_list)
        )
        source = SQL(
            "SELECT * FROM (VALUES %s) AS typed (key, %s)",
            rows,
            SQL(", ").join(map(SQL.identifier, columns)),
        )
        return self._match(source, kinds)

    @api.model
    def _gestor_scan(self, kinds):
        """Return SQL of all pairs in the file.

        The columns are ``partner_id``, ``duplicate_id``, ``kinds`` and ``score``.
        Its cost grows with the number of clients, not with its square: greater groups
        are not paired each with each.

        :param kinds: which reasons count
        :rtype: SQL
        """
        parts = [self._scan_equal(kind, EQUAL[kind]) for kind in self._equal(kinds)]
        if "name" in kinds:
            parts.append(self._scan_names())
        return SQL(
            """
            SELECT key AS partner_id, other_id AS duplicate_id, kinds, score
              FROM (%s) AS scored
            """,
            self._scored(SQL(" UNION ALL ").join(parts)),
        )

    # === One client, or a batch ===

    @api.model
    def _match(self, source, kinds):
        """Return the matches of the clients of a source.

        First only numbers of clients, each from an index, then one look at the
        clients themselves: the database plans a short query, and reads no client
        twice.
        """
        parts = [self._near_equal(kind, EQUAL[kind]) for kind in self._equal(kinds)]
        if "name" in kinds:
            parts.append(self._near_names())
        if not parts:
            return []
        self.env["gestor.duplicate"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "WITH p AS MATERIALIZED (%s) %s ORDER BY score DESC, other_id",
                source,
                self._scored(self._paired(SQL(" UNION ALL ").join(parts))),
            )
        )
        return [
            Match(key, other_id, tuple(found.split(",")), score)
            for key, other_id, found, score in rows
        ]

    @api.model
    def _equal(self, kinds):
        return [kind for kind in EQUAL if kind in kinds]

    @api.model
    def _paired(self, near):
        """Return SQL of the pairs among the clients near to each asked one.

        They are taken one by one: for a batch the database, which expects far more of
        them than there are, would read the whole file.
        """
        return SQL(
            """
            SELECT p.key, o.id AS other_id, near.kind,
                   CASE near.kind WHEN 'name' THEN %(likeness)s ELSE 1 END AS likeness
              FROM p, LATERAL (%(near)s) AS near,
                   LATERAL (SELECT %(columns)s FROM res_partner
                             WHERE id = near.id LIMIT 1) AS o
             WHERE %(pair)s
               AND CASE near.kind WHEN 'name' THEN %(similar)s
                                  ELSE NOT %(family)s END
            """,
            likeness=self._likeness(),
            near=near,
            columns=SQL(", ").join(map(SQL.identifier, self._gestor_columns())),
            pair=self._is_pair(),
            similar=self._is_similar(),
            family=self._is_family(),
        )

    @api.model
    def _near_equal(self, kind, column):
        column = SQL.identifier(column)
        return SQL(
            """
            SELECT o.id, %(kind)s AS kind FROM res_partner AS o
             WHERE o.%(column)s = p.%(column)s AND o.id IS DISTINCT FROM p.id
               AND %(worth)s
            """,
            kind=kind,
            column=column,
            worth=self._is_worth(kind, column),
        )

    @api.model
    def _near_names(self):
        """Return SQL of similar names: the next ones with a common beginning or end.

        The indexes hold them in this order, so that a beginning which a fifth of all
        clients share costs no more than a rare one. The name itself comes first.
        """
        near = [
            SQL(
                """
                SELECT id FROM (
                    SELECT id, gestor_name_key FROM res_partner
                     WHERE %(end)s(gestor_name_key, %(n)s)
                         = %(end)s(p.gestor_name_key, %(n)s)
                       AND %(turned)s(gestor_name_key) %(side)s
                           %(turned)s(p.gestor_name_key)
                     ORDER BY %(turned)s(gestor_name_key) %(order)s
                     LIMIT %(limit)s) AS o
                 WHERE id IS DISTINCT FROM p.id AND %(likeness)s >= %(similar)s
                """,
                end=end,
                n=BLOCK,
                turned=turned,
                side=side,
                order=order,
                limit=ENTRY_BLOCK,
                likeness=self._likeness(),
                similar=SIMILAR,
            )
            for end, turned in ((SQL("left"), SQL()), (SQL("right"), SQL("reverse")))
            for side, order in ((SQL(">="), SQL("ASC")), (SQL("<"), SQL("DESC")))
        ]
        return SQL(
            "SELECT id, 'name' AS kind FROM (%s) AS names",
            SQL(" UNION ALL ").join(SQL("(%s)", part) for part in near),
        )

    # === The whole file ===

    @api.model
    def _scan_equal(self, kind, column):
        column = SQL.identifier(column)
        return SQL(
            """
            SELECT p.id AS key, o.id AS other_id, %(kind)s AS kind, 1.0 AS likeness
              FROM (SELECT p.%(column)s AS value, count(*) AS size, min(p.id) AS first
                      FROM res_partner AS p WHERE %(worth_p)s
                     GROUP BY 1 HAVING count(*) > 1) AS met
              JOIN res_partner AS p ON p.%(column)s = met.value
                   AND (met.size <= %(group)s OR p.id = met.first)
              JOIN res_partner AS o ON o.%(column)s = met.value AND o.id > p.id
             WHERE %(worth)s AND %(pair)s AND NOT %(family)s AND (p.active OR o.active)
            """,
            kind=kind,
            column=column,
            group=SCAN_GROUP,
            worth_p=self._is_worth(kind, column, ("p",)),
            worth=self._is_worth(kind, column),
            pair=self._is_pair(),
            family=self._is_family(),
        )

    @api.model
    def _scan_names(self):
        """Return SQL of similar names, compared within blocks of some size.

        The names alone are compared first: of the millions of pairs within blocks only
        a few are worth a look at the clients.
        """
        left, right = SQL("left"), SQL("right")
        ends = ((left, BLOCK), (right, BLOCK), (left, LONG_BLOCK))
        blocks = [
            SQL(
                """
                SELECT %(mark)s || %(side)s(gestor_name_key, %(n)s) AS block,
                       id, gestor_name_key, is_company
                  FROM res_partner WHERE gestor_name_key <> '' AND partner_share
                """,
                mark=f"{side.code}{length}:",
                side=side,
                n=length,
            )
            for side, length in ends
        ]
        return SQL(
            """
            SELECT p.id AS key, o.id AS other_id, 'name' AS kind,
                   %(likeness)s AS likeness
              FROM (
                WITH blocks AS MATERIALIZED (%(blocks)s),
                     met AS MATERIALIZED (
                        SELECT block FROM blocks GROUP BY block
                        HAVING count(*) BETWEEN 2 AND %(most)s)
                SELECT DISTINCT p.id AS first_id, o.id AS second_id
                  FROM met JOIN blocks AS p USING (block)
                           JOIN blocks AS o USING (block)
                 WHERE p.id < o.id AND %(called_alike)s) AS near
              JOIN res_partner AS p ON p.id = near.first_id
              JOIN res_partner AS o ON o.id = near.second_id
             WHERE (p.active OR o.active) AND %(similar)s AND %(pair)s
            """,
            blocks=SQL(" UNION ALL ").join(blocks),
            most=SCAN_BLOCK,
            likeness=self._likeness(),
            called_alike=self._is_called_alike(),
            similar=self._is_similar(),
            pair=self._is_pair(),
        )

    # === Pieces of SQL about two clients, p and o ===

    @api.model
    def _scored(self, rows):
        points = SQL(", ").join(SQL("(%s, %s)", *item) for item in POINTS.items())
        return SQL(
            """
            SELECT key, other_id,
                   string_agg(reason, ',' ORDER BY points DESC) AS kinds,
                   LEAST(100, max(round(points * likeness))
                              + %(bonus)s * (count(*) - 1))::int AS score
              FROM (SELECT key, other_id, kind AS reason,
                           max(likeness)::numeric AS likeness
                      FROM (%(rows)s) AS rows GROUP BY 1, 2, 3) AS reasons
              JOIN (VALUES %(points)s) AS worth (kind, points)
                ON worth.kind = reason
             GROUP BY key, other_id
            """,
            rows=rows,
            points=points,
            bonus=BONUS,
        )

    @api.model
    def _is_worth(self, kind, column, sides=("p", "o")):
        """Tell whether a value says anything about who it is."""
        conditions = [SQL("p.%s <> ''", column)]
        if kind in ("nip", "regon", "phone"):
            conditions.append(SQL("length(p.%s) >= %s", column, MIN_NUMBER))
        for side in map(SQL, sides):
            if kind in ("nip", "regon"):
                # people of a firm have its numbers
                conditions.append(SQL("%s.parent_id IS NULL", side))
            if kind == "nip":
                conditions.append(
                    SQL("%s.gestor_is_nip_shared IS NOT TRUE", side),
                )
        if kind == "nip":
            conditions.append(SQL("p.%s <> %s", column, NO_NUMBER))
        return SQL(" AND ").join(conditions)

    @api.model
    def _is_pair(self):
        return SQL(
            """
            o.id IS DISTINCT FROM p.id
            AND (p.company_id IS NULL OR o.company_id IS NULL
                 OR p.company_id = o.company_id)
            AND p.partner_share IS NOT FALSE AND o.partner_share IS NOT FALSE
            AND CASE WHEN p.gestor_head_office_id IS NULL
                          AND o.gestor_head_office_id IS NULL THEN TRUE
                     ELSE %(head_p)s IS DISTINCT FROM %(head_o)s END
            AND NOT EXISTS (
                SELECT 1 FROM gestor_duplicate AS told
                 WHERE told.partner_id = LEAST(p.id, o.id)
                   AND told.duplicate_id = GREATEST(p.id, o.id)
                   AND p.id IS NOT NULL AND told.state = 'not_duplicate')
            """,
            head_p=self._head("p"),
            head_o=self._head("o"),
        )

    @api.model
    def _head(self, side):
        """Return SQL of the head office over all; branches have branches."""
        return SQL(
            """
            (WITH RECURSIVE up (id, head_id, level) AS (
                SELECT %(side)s.id, %(side)s.gestor_head_office_id, 0
                 UNION ALL
                SELECT above.id, above.gestor_head_office_id, level + 1
                  FROM up JOIN res_partner AS above ON above.id = up.head_id
                 WHERE level < %(levels)s)
             SELECT id FROM up ORDER BY level DESC LIMIT 1)
            """,
            side=SQL(side),
            levels=LEVELS,
        )

    @api.model
    def _is_family(self):
        return SQL(
            "(o.commercial_partner_id IS NOT DISTINCT FROM p.commercial_partner_id)"
        )

    @api.model
    def _is_similar(self):
        """Firms by similar names; people by the same name in one town or one firm."""
        return SQL(
            """
            %(called_alike)s
            AND (p.is_company OR o.parent_id = p.parent_id
                 OR lower(o.city) = lower(p.city))
            AND (o.parent_id = p.parent_id OR NOT %(family)s)
            """,
            called_alike=self._is_called_alike(),
            family=self._is_family(),
        )

    @api.model
    def _is_called_alike(self):
        return SQL(
            """
            p.is_company IS NOT DISTINCT FROM o.is_company
            AND CASE WHEN p.is_company IS NOT TRUE
                     THEN o.gestor_name_key = p.gestor_name_key
                     WHEN %(likeness)s >= %(similar)s
                     THEN %(digits_p)s = '' OR %(digits_o)s IN ('', %(digits_p)s)
                     ELSE FALSE END
            """,
            likeness=self._likeness(),
            similar=SIMILAR,
            # school no. 5 is not school no. 6, however much their names have in common
            digits_p=self._digits("p"),
            digits_o=self._digits("o"),
        )

    @api.model
    def _digits(self, side):
        return SQL(
            "regexp_replace(%s, '[^0-9]', '', 'g')",
            SQL.identifier(side, "gestor_name_key"),
        )

    @api.model
    def _likeness(self):
        """Return SQL of how much two names have in common, from 0 to 1."""
        if self.env.registry.has_trigram:
            return SQL("similarity(o.gestor_name_key, p.gestor_name_key)")
        return SQL("(o.gestor_name_key = p.gestor_name_key)::int::real")
