from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEEP_DAYS = 2  # far longer than any transaction


class GestorDuplicateLock(models.Model):
    """What two people who enter one client at the same moment meet at.

    Neither sees what the other has not committed yet, and with the isolation of the
    host not even what was committed meanwhile. Both write one row here: the second
    waits for the first, and is then told by the database that its view of the data is
    old. The host repeats its request, which now finds the client of the first.
    """

    _name = "gestor.duplicate.lock"
    _description = "Key Of A Client Being Entered"
    _log_access = False

    key = fields.Char(required=True)
    touched_at = fields.Datetime(required=True, index=True)

    _key_uniq = models.UniqueIndex("(key)")

    @api.model
    def _gestor_take(self, keys):
        """Let no other transaction enter clients with these keys until this one ends.

        :param keys: texts, in any order
        :raise psycopg2.errors.SerializationFailure: if another one has done so since
            this transaction began; the host then repeats the request
        """
        # always in the same order: two batches must not wait for each other
        keys = sorted(set(keys))
        if not keys:
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO gestor_duplicate_lock (key, touched_at)
                SELECT key, now() AT TIME ZONE 'UTC'
                  FROM unnest(%s::text[]) AS key ORDER BY key
                    ON CONFLICT (key) DO UPDATE SET touched_at = EXCLUDED.touched_at
                """,
                keys,
            )
        )

    @api.autovacuum
    def _gc_locks(self):
        """Forget the keys that no transaction can be at any more."""
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        locks = self.search([("touched_at", "<", limit)], limit=10_000)
        locks.unlink()
        return len(locks), len(locks) == 10_000
