# SPDX-License-Identifier: GPL-3.0-or-later
"""A CA and a server certificate for the loopback, made when the simulator starts and gone with it."""

from __future__ import annotations

import ipaddress
import ssl
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


class Certificate:
    """The files of one start: `ca` is what a client has to trust."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="kariz-simulator-tls-")
        place = Path(self.folder.name)
        self.ca = place / "ca.pem"
        self._server = place / "server.pem"
        ca_key = ec.generate_private_key(ec.SECP256R1())
        ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kariz simulator CA")])
        now = datetime.now(timezone.utc)
        limits = (now - timedelta(days=1), now + timedelta(days=30))
        ca = (
            self._base(ca_name, ca_name, ca_key.public_key(), limits)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.KeyUsage(True, False, False, False, False, True, True, False, False), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
            .sign(ca_key, hashes.SHA256())
        )
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "deltasib.simulator")])
        names: list[x509.GeneralName] = [x509.DNSName("localhost")]
        names += [x509.IPAddress(ipaddress.ip_address(address)) for address in ("127.0.0.1", "::1")]
        server = (
            self._base(name, ca_name, key.public_key(), limits)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            # Python 3.13 and newer verify strictly and want to see which key signed.
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
            .sign(ca_key, hashes.SHA256())
        )
        self.ca.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
        secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self._server.write_bytes(secret + server.public_bytes(serialization.Encoding.PEM))
        self._server.chmod(0o600)

    @staticmethod
    def _base(name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, limits: tuple[datetime, datetime]) -> x509.CertificateBuilder:
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key)
        return builder.serial_number(x509.random_serial_number()).not_valid_before(limits[0]).not_valid_after(limits[1])

    def context(self) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self._server)
        return made

    def remove(self) -> None:
        self.folder.cleanup()
