from . import nip
from . import phone
