"""Writes arrays as an npz file without numpy."""

import io
import struct
import zipfile


def write(path, arrays):
    """`arrays` maps names to (shape, flat list of numbers in row-major order)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, (shape, values) in arrays.items():
            archive.writestr(name + ".npy", npy(shape, values))


def npy(shape, values):
    """The bytes of an npy file of float64, version 1.0."""
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {tuple(shape)}, }}\n".encode()
    out = io.BytesIO()
    out.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)
    out.write(struct.pack(f"<{len(values)}d", *values))
    return out.getvalue()
