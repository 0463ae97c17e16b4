from . import portal
from . import portal_answer
from . import sale_portal
