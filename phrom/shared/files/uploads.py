"""Receiving uploads: what comes after the limit is read and thrown away, so a huge file fills neither memory nor disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from phrom.shared.files.store import DiskFull


class CappedFile(TemporaryUploadedFile):
    """An upload cut just after the limit, which `store.keep` then refuses; or one that the disk could not take."""

    disk_was_full = False

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The pieces, or the refusal that there was no room for them."""
        if self.disk_was_full:
            raise DiskFull
        return super().chunks(chunk_size)


class CappedUpload(TemporaryFileUploadHandler):
    """Django's handler for large files with our limit."""

    file: CappedFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file in the incoming folder."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        size = self.content_length or 0
        self.file = CappedFile(self.file_name or "", self.content_type or "", size, self.charset, self.content_type_extra)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write while below the limit and while there is room."""
        if self.taken > settings.PHROM_MAX_UPLOAD or self.file.disk_was_full:
            return
        self.taken += len(raw_data)
        try:
            cast(IO[bytes], self.file).write(raw_data)
        except OSError:
            self.file.disk_was_full = True

    def file_complete(self, file_size: int) -> CappedFile | None:
        """Return the upload; its size is what was sent."""
        try:
            self.file.seek(0)
        except OSError:
            self.file.disk_was_full = True
        self.file.size = file_size
        return self.file
