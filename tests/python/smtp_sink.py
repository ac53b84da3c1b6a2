"""A mail server that keeps what it is sent: one JSON file a message, in the order of arrival.

    smtp_sink.py FOLDER PORT [--tls smtps|starttls] [--login USER:PASSWORD] [--busy N] [--refuse TEXT] [--linger] [--think SECONDS]
                 [--refuse-hello] [--refuse-sender N] [--refuse-greeting N] [--latin]
"""

import argparse
import asyncio
import datetime
import ipaddress
import json
import os
import pathlib
import ssl

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


def make_certificate(folder: pathlib.Path) -> ssl.SSLContext:
    """An authority in ca.pem, and a certificate of it for this machine."""

    def name(text):
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    def certificate(subject, key, issuer, issuer_key, extensions):
        now = datetime.datetime.now(datetime.timezone.utc)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name(subject))
            .issuer_name(name(issuer))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=2))
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(issuer_key, hashes.SHA256())

    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = certificate(
        "Sink CA", authority_key, "Sink CA", authority_key, [(x509.BasicConstraints(True, None), True)]
    )
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    own = certificate("localhost", key, "Sink CA", authority_key, [(x509.SubjectAlternativeName(names), False)])
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(own.public_bytes(pem) + key.private_bytes(pem, *plain))
    write_whole(folder / "ca.pem", authority.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context


def write_whole(path: pathlib.Path, content: bytes) -> None:
    draft = path.with_suffix(".draft")
    draft.write_bytes(content)
    os.replace(draft, path)


class Sink:
    def __init__(self, folder, options):
        self.folder, self.busy, self.refuse, self.think = folder, options.busy, options.refuse, options.think
        self.refuse_hello, self.refuse_sender, self.latin = options.refuse_hello, options.refuse_sender, options.latin
        self.count = len(list(folder.glob("*.json")))

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.refuse_sender > 0:
            self.refuse_sender -= 1
            return "553 5.7.1 sender address not owned by user"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        # As Postfix does with reject_non_fqdn_helo_hostname.
        if self.refuse_hello and "." not in session.host_name and ":" not in session.host_name:
            return "504 5.5.2 <%s>: Helo command rejected: need fully-qualified hostname" % session.host_name
        if self.refuse and self.refuse in address:
            return "550 5.1.1 no such mailbox"
        if self.busy > 0:
            self.busy -= 1
            return "451 4.3.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        login = session.auth_data.login.decode() if isinstance(session.auth_data, LoginPassword) else None
        message = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": server.transport.get_extra_info("ssl_object") is not None,
            "login": login,
            "hello": session.host_name,
            "content": envelope.content.decode("utf-8"),
        }
        self.count += 1
        write_whole(self.folder / f"{self.count:06}.json", json.dumps(message).encode())
        await asyncio.sleep(self.think)
        return b"250 2.0.0 \xb7\xa2 stored" if self.latin else "250 2.0.0 stored"


class Closed(SMTP):
    """Refuses the connection."""

    left = 0

    def connection_made(self, transport):
        if Closed.left > 0:
            Closed.left -= 1
            transport.write(b"554 5.7.1 no mail from your network\r\n")
            transport.close()
        else:
            super().connection_made(transport)


class Lingering(SMTP):
    """Takes messages, and then never says goodbye."""

    async def smtp_QUIT(self, argument):
        await asyncio.sleep(3600)


async def serve(options):
    folder = pathlib.Path(options.folder)
    context = make_certificate(folder) if options.tls else None
    settings = {"hostname": "sink.example", "enable_SMTPUTF8": True}
    if options.tls == "starttls":
        settings |= {"tls_context": context, "require_starttls": True}
    if options.login:
        user, _, password = options.login.partition(":")

        def authenticator(server, session, envelope, mechanism, data):
            right = data.login == user.encode() and data.password == password.encode()
            return AuthResult(success=right, handled=False, auth_data=data if right else None)

        settings |= {"authenticator": authenticator, "auth_required": True, "auth_require_tls": bool(options.tls)}
    sink = Sink(folder, options)
    loop = asyncio.get_running_loop()
    kind = Lingering if options.linger else Closed
    Closed.left = options.refuse_greeting

    def connection():
        smtp = kind(sink, loop=loop, **settings)
        if options.tls == "smtps":
            smtp._auth_require_tls = False
        return smtp

    implicit = context if options.tls == "smtps" else None
    server = await loop.create_server(connection, "127.0.0.1", options.port, ssl=implicit)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("port", type=int)
    parser.add_argument("--tls", choices=["smtps", "starttls"])
    parser.add_argument("--login")
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("--refuse")
    parser.add_argument("--linger", action="store_true")
    parser.add_argument("--think", type=float, default=0, help="seconds between keeping a message and saying so")
    parser.add_argument("--refuse-hello", action="store_true", help="names in EHLO that have no dot")
    parser.add_argument("--refuse-sender", type=int, default=0, help="this many times")
    parser.add_argument("--refuse-greeting", type=int, default=0, help="this many connections")
    parser.add_argument("--latin", action="store_true", help="answer in a charset that is not UTF-8")
    asyncio.run(serve(parser.parse_args()))
