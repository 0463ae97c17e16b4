def migrate(cr, version):
    """Let the rows of the tags become records: an id, and names of their own."""
    cr.execute("SELECT to_regclass('gestor_interest_res_partner_rel') IS NOT NULL")
    if not cr.fetchone()[0]:
        return
    cr.execute(
        """
        ALTER TABLE gestor_interest_res_partner_rel RENAME TO gestor_client_interest;
        ALTER TABLE gestor_client_interest
            RENAME COLUMN res_partner_id TO partner_id;
        ALTER TABLE gestor_client_interest
            RENAME COLUMN gestor_interest_id TO interest_id;
        ALTER TABLE gestor_client_interest
            DROP CONSTRAINT gestor_interest_res_partner_rel_pkey;
        DROP INDEX IF EXISTS
            gestor_interest_res_partner_r_res_partner_id_gestor_interes_idx;
        ALTER TABLE gestor_client_interest ADD COLUMN id SERIAL PRIMARY KEY;
        UPDATE ir_model_relation SET name = 'gestor_client_interest'
         WHERE name = 'gestor_interest_res_partner_rel';
        """
    )
