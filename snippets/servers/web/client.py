"""Ask for a page, as a browser does."""

from contextlib import closing
from http.client import HTTPConnection

web = HTTPConnection("127.0.0.1", 8000)
web.timeout = 5  # seconds
with closing(web):
    web.request("GET", "/hello")
    with web.getresponse() as answer:
        print("status:", answer.status)
        page = answer.read().decode()
        print("page:", page)
