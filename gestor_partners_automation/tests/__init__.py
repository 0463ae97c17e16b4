from . import test_anniversary_greeting
from . import test_guardian_job
