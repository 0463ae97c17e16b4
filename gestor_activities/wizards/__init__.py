from . import gestor_activity_continue
from . import gestor_activity_from_template
from . import sms_composer
