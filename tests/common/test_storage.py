"""Documents on an S3-compatible store, in front of one that answers on loopback."""

import boto3
import pytest
from django.core.files.storage import storages
from django.urls import reverse
from moto.server import ThreadedMotoServer

from dccportal.storage import of_bucket
from records.models import Document
from tests import journey

BUCKET = "portal-documents"
KEYS = {"aws_access_key_id": "made-up", "aws_secret_access_key": "made-up"}


@pytest.fixture(scope="module")
def store():
    """Return a client of a store with one empty bucket."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name.upper(), value)
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
        yield from serving()


def serving():
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client("s3", endpoint_url=address)
    place = {"LocationConstraint": "eu-west-2"}
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
    client.address = address
    yield client
    client.close()
    server.stop()


@pytest.fixture
def on_s3(store, settings):
    settings.STORAGES = settings.STORAGES | {
        "default": of_bucket(BUCKET, store.address)
    }
    yield store
    storages["default"].connection.meta.client.close()


def test_a_document_is_kept_in_the_bucket_and_streamed_from_it(
    client, on_s3, issued_quote, authoriser
):
    journey.upload(issued_quote, authoriser)
    paper = Document.objects.get(kind="authority")
    held = on_s3.get_object(Bucket=BUCKET, Key=paper.file.name)["Body"]
    assert held.read() == journey.tiny_pdf()

    client.force_login(authoriser)
    answer = client.get(reverse("document", args=[paper.pk]))

    assert b"".join(answer.streaming_content) == journey.tiny_pdf()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_same_name_never_overwrites(on_s3, issued_quote):
    storage = storages["default"]
    with issued_quote.document.file.open() as file:
        again = storage.save(issued_quote.document.file.name, file)

    assert again != issued_quote.document.file.name


def test_nobody_reads_the_bucket_without_a_key(on_s3, issued_quote):
    grants = on_s3.get_object_acl(Bucket=BUCKET, Key=issued_quote.document.file.name)

    assert "AllUsers" not in str(grants["Grants"])
