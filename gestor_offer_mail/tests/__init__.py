from . import test_mail_body
from . import test_plain_text
