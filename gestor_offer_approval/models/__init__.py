from . import gestor_offer_approval_rule
from . import gestor_offer_approval_line
from . import gestor_offer_approval
from . import gestor_offer_approval_mixin
from . import gestor_offer
from . import ir_actions_report
from . import mail_template
from . import sale_order
