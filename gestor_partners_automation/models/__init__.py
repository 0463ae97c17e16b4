from . import gestor_anniversary
from . import gestor_anniversary_greeting
from . import gestor_planned_action
from . import res_partner
