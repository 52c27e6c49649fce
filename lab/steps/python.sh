#!/bin/sh
# Builds CPython for 32-bit x86 as one file, with zlib and libffi inside it.
# usage: python.sh SOURCES OUT      (SOURCES holds the unpacked Python-*, zlib-* and libffi-*)
set -eu
sources=$1 out=$2
cc='gcc -m32'
# -no-pie: one register more. SSE2: floats round as they do on a 64-bit machine.
flags='-Os -fno-pie -march=i686 -msse2 -mfpmath=sse -ffile-prefix-map='"$sources"'=.'

# It says when it was built: the same at each build.
export SOURCE_DATE_EPOCH=1767225600

mkdir -p "$out"
cd "$sources"/zlib-*
CC="$cc" CFLAGS="$flags" ./configure --static --prefix="$out/zlib" >"$out/zlib.log" 2>&1
make -j"$(nproc)" libz.a >>"$out/zlib.log" 2>&1
make install >>"$out/zlib.log" 2>&1

cd "$sources"/libffi-*
CC="$cc" CFLAGS="$flags" ./configure --host=i686-linux-gnu --disable-shared --disable-docs \
    --disable-multi-os-directory --prefix="$out/libffi" >"$out/libffi.log" 2>&1
make -j"$(nproc)" install >>"$out/libffi.log" 2>&1

cd "$sources"/Python-3.*
# What a lesson about sockets does not need, or what would need a library more.
for module in _ssl _hashlib _sqlite3 _curses _curses_panel _dbm _gdbm _tkinter _uuid _bz2 _lzma _decimal readline nis \
    _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _multibytecodec _lsprof _zoneinfo \
    _interpreters _interpchannels _interpqueues xxsubtype; do
    export "py_cv_module_$module=n/a"
done
CC="$cc" OPT="-DNDEBUG $flags" MODULE_BUILDTYPE=static LDFLAGS='-no-pie -Wl,--gc-sections' \
    ZLIB_CFLAGS="-I$out/zlib/include" ZLIB_LIBS="$out/zlib/lib/libz.a" \
    LIBFFI_CFLAGS="-I$out/libffi/include" LIBFFI_LIBS="$out/libffi/lib/libffi.a" \
    ./configure --prefix=/usr --disable-test-modules --without-doc-strings --without-ensurepip \
    --without-mimalloc >"$out/python.log" 2>&1
make -j"$(nproc)" python >>"$out/python.log" 2>&1
strip -o "$out/python" python
