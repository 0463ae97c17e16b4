from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from odoo import api, fields, models
from odoo.tools import SQL


class GestorRateLimit(models.Model):
    """How often something was tried in the running window of time.

    One row per key, counted by the database, so several Odoo hosts share it.
    """

    _name = "gestor.rate.limit"
    _description = "Rate Limit"
    _log_access = False
    _rec_name = "key"

    _key_uniq = models.UniqueIndex("(key)")

    key = fields.Char(required=True, readonly=True)
    hit_count = fields.Integer(required=True, readonly=True)
    window_end_at = fields.Datetime(required=True, readonly=True, index=True)

    @api.model
    def _gestor_hit(self, key, limit, window_seconds):
        """Count one try and tell whether it is still within the limit.

        The first try of a key opens a window of time; tries beyond ``limit`` are
        refused until it ends. The hit is committed at once, in a transaction of
        its own: a request that fails afterwards has been counted all the same.

        :param str key: who tries what, for example ``"portal.accept:203.0.113.7"``
        :param int limit: number of allowed tries in a window
        :param int window_seconds: length of the window in seconds
        :return: True if this try is allowed
        :rtype: bool
        """
        with self.env.registry.cursor() as cr:
            return self._count_hit(cr, key, window_seconds) <= limit

    @api.model
    def _count_hit(self, cr, key, window_seconds):
        """Add a hit by one atomic statement and return their number."""
        # simultaneous hits of a key wait for each other and see each other's count;
        # under the host's repeatable read they would fail. Not in the cursor of a
        # test, whose transaction has begun already.
        if cr.connection.get_transaction_status() == TRANSACTION_STATUS_IDLE:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        cr.execute(
            SQL(
                """
                INSERT INTO gestor_rate_limit AS hits (key, hit_count, window_end_at)
                VALUES (%(key)s, 1, %(now)s + %(window)s)
                ON CONFLICT (key) DO UPDATE SET
                    hit_count = CASE WHEN hits.window_end_at <= %(now)s
                        THEN 1 ELSE hits.hit_count + 1 END,
                    window_end_at = CASE WHEN hits.window_end_at <= %(now)s
                        THEN EXCLUDED.window_end_at ELSE hits.window_end_at END
                RETURNING hit_count
                """,
                key=key,
                now=SQL("(clock_timestamp() AT TIME ZONE 'UTC')"),
                window=SQL("make_interval(secs => %s)", window_seconds),
            )
        )
        return cr.fetchone()[0]

    @api.autovacuum
    def _gc_ended_windows(self):
        """Forget the ended windows: they count nothing and name addresses."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM gestor_rate_limit"
                " WHERE window_end_at < now() AT TIME ZONE 'UTC'"
            )
        )
