"""Signs in again for every call of the schema-driven tester: some calls end the very session that they use."""

import atexit
import json
import os
from collections import Counter
from itertools import count

import requests
import schemathesis

URL = os.environ["MUNJIGI_URL"]
MEMBERS = int(os.environ["MUNJIGI_MEMBERS"])
CALLS = count()
ANSWERS = Counter()


@schemathesis.auth(refresh_interval=None)
class AccessToken:
    def get(self, case, context):
        who = {"login": f"member{next(CALLS) // 40 % MEMBERS}", "password": os.environ["MUNJIGI_PASSWORD"]}
        answer = requests.post(f"{URL}/api/auth/login", json=who, headers={"X-Forwarded-For": "192.0.2.1"})
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]

    def set(self, case, token, context):
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def after_call(context, case, response):
    ANSWERS[f"{case.operation.label} {response.status_code}"] += 1


@atexit.register
def tell():
    with open(os.environ["MUNJIGI_ANSWERS"], "w") as file:
        json.dump(ANSWERS, file)
