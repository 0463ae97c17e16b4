from . import gestor_offer_report
