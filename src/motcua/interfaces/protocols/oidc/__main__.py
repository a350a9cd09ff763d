"""Start the stand-in: ``python -m motcua.interfaces.protocols.oidc --port 8001``."""

import argparse
import os
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def main() -> None:
    """Serve until stopped. The issuer, client and secret are those the node itself is configured with."""
    parser = argparse.ArgumentParser(prog="motcua.interfaces.protocols.oidc", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.urls import reverse

    from motcua.interfaces.protocols.oidc.app import application
    from motcua.interfaces.protocols.oidc.provider import Provider

    node = settings.NODE
    if node.is_production:
        raise SystemExit("The stand-in identity provider does not run in production.")
    way_back = reverse("openid_connect_callback", kwargs={"provider_id": "quoc-gia"})
    port = node.base_url.rpartition(":")[2]
    homes = {node.base_url, *(f"http://{host}:{port}" for host in node.hosts)}
    provider = Provider(
        issuer=node.oidc_issuer or f"http://{given.host}:{given.port}",
        client_id=node.oidc_client_id,
        client_secret=node.oidc_client_secret.get_secret_value(),
        redirect_uris=frozenset(home + way_back for home in homes),
    )
    with make_server(given.host, given.port, application(provider), server_class=Server) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
