from . import verdict
