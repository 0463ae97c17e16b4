"""Secrets at rest: encrypted with a key that is not in the database.

The key stands in the configuration file of the server, so neither a copy of the
database nor whoever may read any of its tables has the secrets.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class VaultError(Exception):
    """There is no usable key, or a secret was stored under another one.

    :ivar code: ``no_key``, ``bad_key`` or ``other_key``
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def _fernet(keys):
    names = [name.strip() for name in (keys or "").split(",") if name.strip()]
    if not names:
        raise VaultError("no_key")
    try:
        return MultiFernet([Fernet(name) for name in names])
    except ValueError:
        raise VaultError("bad_key") from None


def encrypt(keys, secret):
    """Return a secret as a token that only the key opens.

    >>> key = Fernet.generate_key().decode()
    >>> token = encrypt(key, "abc")
    >>> "abc" in token, decrypt(key, token)
    (False, 'abc')

    :param str keys: of 32 bytes in base64, several separated by commas: the first one
        locks, each opens, so that a key can be changed
    :raise VaultError: if there is no usable key
    """
    return _fernet(keys).encrypt(secret.encode()).decode()


def decrypt(keys, token):
    """Return the secret of a token.

    >>> old, new = (Fernet.generate_key().decode() for _number in range(2))
    >>> token = encrypt(old, "abc")
    >>> decrypt(f"{new},{old}", token)
    'abc'
    >>> decrypt(new, token)
    Traceback (most recent call last):
    gestor_pl.lib.vault.VaultError: other_key
    >>> decrypt("", token)
    Traceback (most recent call last):
    gestor_pl.lib.vault.VaultError: no_key

    :raise VaultError: if the key is missing or another one
    """
    try:
        return _fernet(keys).decrypt(token.encode()).decode()
    except InvalidToken:
        raise VaultError("other_key") from None
