from . import base_partner_merge
from . import gestor_consent_ask
from . import gestor_consent_record
from . import gestor_person_anonymise
from . import gestor_person_export
from . import mail_compose_message
from . import sms_composer
