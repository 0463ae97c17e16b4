from . import gestor_offer_report_mixin
from . import gestor_offer_report
from . import gestor_offer_report_line
