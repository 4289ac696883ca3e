"""Content codings: an answer under gzip, deflate, br or zstd, decoded in step with what arrives."""

import io
import zlib
from collections.abc import Callable
from typing import Any

import brotli
import zstandard

PIECE = 1024 * 1024  # bytes that one piece may decode to
_WINDOW = 8 * 1024 * 1024  # bytes; more than this no zstd on the web may ask for (RFC 9659)

Decode = Callable[[bytes], bytes]


class Undecodable(Exception):
    """Not in the coding that the answer names, or one piece of it grows beyond `PIECE`."""


def decoder(coding: str) -> Decode | None:
    """A function to be fed with every piece in order; None for a coding that is not known.

    It raises `Undecodable`, and is of no more use then. Its memory is bounded, its time linear.
    """
    made = _CODINGS.get(coding)
    return made() if made else None


def _identity() -> Decode:
    return lambda piece: piece


def _zlib(window: int) -> Decode:
    inflate = zlib.decompressobj(window)

    def decode(piece: bytes) -> bytes:
        try:
            return _small(inflate.decompress(piece, PIECE))
        except zlib.error as error:
            raise Undecodable from error

    return decode


def _brotli() -> Decode:
    inflate = brotli.Decompressor()

    def decode(piece: bytes) -> bytes:
        try:
            return _small(inflate.process(piece, output_buffer_limit=PIECE))
        except brotli.error as error:
            raise Undecodable from error

    return decode


def _zstd() -> Decode:
    sink = _Sink()
    inflate = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_writer(sink)

    def decode(piece: bytes) -> bytes:
        try:
            inflate.write(piece)
        except zstandard.ZstdError as error:
            raise Undecodable from error
        return sink.take()

    return decode


class _Sink(io.BytesIO):
    """Where zstd writes to: it knows no limit of its own."""

    def write(self, data: Any) -> int:
        if self.tell() + len(data) >= PIECE:
            raise Undecodable
        return super().write(data)

    def take(self) -> bytes:
        taken = self.getvalue()
        self.seek(0)
        self.truncate()
        return taken


def _small(decoded: bytes) -> bytes:
    if len(decoded) >= PIECE:
        raise Undecodable
    return decoded


_CODINGS: dict[str, Callable[[], Decode]] = {
    "": _identity,
    "identity": _identity,
    "gzip": lambda: _zlib(31),
    "x-gzip": lambda: _zlib(31),
    "deflate": lambda: _zlib(15),
    "br": _brotli,
    "zstd": _zstd,
}
