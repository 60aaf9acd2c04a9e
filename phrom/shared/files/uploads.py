"""Receiving uploads: what comes after the limit is read and thrown away, so a huge file fills neither memory nor disk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from phrom.shared.files.store import DiskFull


class NoRoom(UploadedFile):
    """An upload that the disk could not take; whoever wants its bytes is told so."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Refuses DiskFull, as Django's own does everything: when it is read."""
        yield from ()
        raise DiskFull


class CappedUpload(FileUploadHandler):
    """Writes a large upload to the incoming folder, and stops writing just after the limit; `store.keep` then refuses it."""

    file: UploadedFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file in the incoming folder."""
        super().new_file(*args, **kwargs)
        self.taken = 0
        given = (self.file_name or "", self.content_type or "", 0, self.charset, self.content_type_extra)
        try:
            self.file = TemporaryUploadedFile(*given)
        except OSError:
            self._no_room()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write while below the limit and while there is room."""
        if self.taken > settings.PHROM_MAX_UPLOAD or isinstance(self.file, NoRoom):
            return
        self.taken += len(raw_data)
        try:
            cast(IO[bytes], self.file).write(raw_data)
        except OSError:
            self._no_room()

    def file_complete(self, file_size: int) -> UploadedFile:
        """Return the upload; its size is what was sent."""
        try:
            self.file.seek(0)
        except OSError:
            self._no_room()
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """The line went dead: the temporary file goes too."""
        if hasattr(self, "file"):
            self.file.close()

    def _no_room(self) -> None:
        self.file = NoRoom(io.BytesIO(), self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
