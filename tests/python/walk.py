"""A client with ordinary libraries: login, check, refresh, reuse, logout; and a service that verifies by itself."""

import sys

import jwt
import requests

url, name, password = sys.argv[1:]


def call(method, path, status, token=None, **body):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.request(method, url + path, headers=headers, json=body or None)
    assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
    return answer.json() if answer.content else None


def verify(token):
    """As another service does, which knows nothing but our address."""
    key = jwt.PyJWKClient(f"{url}/.well-known/jwks.json").get_signing_key_from_jwt(token)
    return jwt.decode(token, key, algorithms=["EdDSA"], issuer=url, audience=url)


call("POST", "/api/auth/login", 401, login=name, password="not this one")
first = call("POST", "/api/auth/login", 200, login=name, password=password)
assert first["user"]["username"] == name
check = call("GET", "/api/auth/check", 200, first["access_token"])
claims = verify(first["access_token"])
assert claims["sub"] == str(check["user"]["id"]), claims
assert claims["sid"] == check["session"]["key"], claims
assert claims["exp"] - claims["iat"] == first["expires_in"] == 300, claims

second = call("POST", "/api/auth/refresh", 200, refresh_token=first["refresh_token"])
assert second["refresh_token"] != first["refresh_token"]
assert verify(second["access_token"])["sid"] == claims["sid"]
again = call("POST", "/api/auth/refresh", 200, refresh_token=first["refresh_token"])
assert again["refresh_token"] == second["refresh_token"], "a lost answer is repeated"
third = call("POST", "/api/auth/refresh", 200, refresh_token=second["refresh_token"])
call("GET", "/api/auth/check", 200, third["access_token"])
call("POST", "/api/auth/refresh", 401, refresh_token=first["refresh_token"])
call("GET", "/api/auth/check", 401, third["access_token"])
call("POST", "/api/auth/refresh", 401, refresh_token=third["refresh_token"])

other = call("POST", "/api/auth/login", 200, login=name, password=password)
call("GET", "/api/auth/check", 401, other["refresh_token"])
call("POST", "/api/auth/refresh", 401, refresh_token=other["access_token"])
call("POST", "/api/auth/logout", 204, other["access_token"])
call("GET", "/api/auth/check", 401, other["access_token"])
call("POST", "/api/auth/refresh", 401, refresh_token=other["refresh_token"])
call("POST", "/api/auth/logout", 204, other["access_token"])
print("walked")
