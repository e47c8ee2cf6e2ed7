"""What Authlib says of keys: reads one from each line, and writes a line of JSON about it."""

import json
import os
import sys

import requests
from authlib.integrations.flask_oauth2 import ResourceProtector, current_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7662 import IntrospectTokenValidator
from flask import Flask

ENDPOINT = os.environ["AUXVYN_SERVER"] + "/oauth/introspect"
CLIENT = (os.environ["AUXVYN_CLIENT_ID"], os.environ["AUXVYN_CLIENT_SECRET"])


class Validator(IntrospectTokenValidator):
    def introspect_token(self, token_string):
        answer = requests.post(
            ENDPOINT, data={"token": token_string}, auth=CLIENT, timeout=2, allow_redirects=False
        )
        answer.raise_for_status()
        return answer.json()


app = Flask(__name__)
require_key = ResourceProtector()
require_key.register_token_validator(Validator())


@app.get("/scores")
@require_key()
def scores():
    return {"workspace": current_token["sub"], "key": current_token["key"]["label"]}


api = app.test_client()
session = OAuth2Session(*CLIENT)
for line in sys.stdin:
    key = line.strip()
    protected = api.get("/scores", headers={"Authorization": f"Bearer {key}"})
    introspected = session.introspect_token(ENDPOINT, key)
    result = {
        "protected": [protected.status_code, protected.json],
        "introspected": [introspected.status_code, introspected.json()],
    }
    print(json.dumps(result), flush=True)
