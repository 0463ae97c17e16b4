from . import mail_compose_message
from . import mailing_trace
from . import sms_composer
