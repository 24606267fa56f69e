"""Where documents are kept: a folder, or a private bucket that speaks S3."""

from typing import Any


def of_bucket(bucket: str, endpoint: str) -> dict[str, Any]:
    """Return the storage of documents in a bucket, for Django's STORAGES.

    Args:
        endpoint: where the bucket is, if not with Amazon.
    """
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "default_acl": None,
            "file_overwrite": False,
            "signature_version": "s3v4",
        },
    }
