"""Content codings: gzip, deflate, br and zstd, decoded piece by piece and within bounds."""

import io
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import brotli
import zstandard

PIECE = 1024 * 1024  # bytes that one piece of an answer may decode to
_WINDOW = 8 * 1024 * 1024  # bytes; more than this no zstd on the web may ask for (RFC 9659)

Decode = Callable[[bytes], bytes]


class Undecodable(Exception):
    """Not in the coding that it should be in, or a piece of it grows beyond its bound."""


def decoder(coding: str, *, most: int = PIECE) -> Decode | None:
    """A function to be fed with every piece in order; None for a coding that is not known.

    It raises `Undecodable` for what is broken, and for a piece of `most` bytes and more, and is of
    no more use then. Its memory is bounded, its time linear.
    """
    made = _CODINGS.get(coding)
    return made(most) if made else None


def _identity(_: int) -> Decode:
    return lambda piece: piece


def _zlib(most: int, window: int = 31) -> Decode:
    inflate = zlib.decompressobj(window)

    def decode(piece: bytes) -> bytes:
        try:
            return _small(inflate.decompress(piece, most), most)
        except zlib.error as error:
            raise Undecodable from error

    return decode


def _brotli(most: int) -> Decode:
    inflate = brotli.Decompressor()

    def decode(piece: bytes) -> bytes:
        try:
            return _small(inflate.process(piece, output_buffer_limit=most), most)
        except brotli.error as error:
            raise Undecodable from error

    return decode


def _zstd(most: int) -> Decode:
    sink = _Sink(most)
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

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) >= self._most:
            raise Undecodable
        return super().write(data)

    def take(self) -> bytes:
        taken = self.getvalue()
        self.seek(0)
        self.truncate()
        return taken


def _small(decoded: bytes, most: int) -> bytes:
    if len(decoded) >= most:
        raise Undecodable
    return decoded


_CODINGS: dict[str, Callable[[int], Decode]] = {
    "": _identity,
    "identity": _identity,
    "gzip": _zlib,
    "x-gzip": _zlib,
    "deflate": partial(_zlib, window=15),
    "br": _brotli,
    "zstd": _zstd,
}
