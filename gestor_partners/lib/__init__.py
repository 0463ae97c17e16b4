from . import nip
from . import person
from . import phone
