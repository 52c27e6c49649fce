#!/bin/sh
# Builds the shell and `ss`, which need nothing but the C library.
# usage: tools.sh SOURCES OUT      (SOURCES holds the unpacked dash-* and iproute2-*)
set -eu
sources=$1 out=$2
cc='gcc -m32'
flags='-Os -fno-pie -march=i686 -ffile-prefix-map='"$sources"'=.'

mkdir -p "$out"
cd "$sources"/dash-*
CC="$cc" CFLAGS="$flags" LDFLAGS=-no-pie ./configure --host=i686-linux-gnu >"$out/dash.log" 2>&1
make -j"$(nproc)" >>"$out/dash.log" 2>&1
strip -o "$out/dash" src/dash

cd "$sources"/iproute2-*
# A configuration of its own: no libmnl, libelf, SELinux, libcap, RPC, Berkeley database.
cat >config.mk <<'END'
PKG_CONFIG := false
IPT_LIB_DIR := /nowhere
TC_CONFIG_NO_XT := y
YACC := bison
CFLAGS += -DHAVE_SETNS -DHAVE_HANDLE_AT -DNEED_STRLCPY
%.o: %.c
	$(CC) $(CFLAGS) $(CPPFLAGS) -c -o $@ $<
END
make -j"$(nproc)" SUBDIRS="lib misc" TARGETS=ss CC="$cc" HOSTCC=gcc CCOPTS="$flags" LDFLAGS=-no-pie >"$out/ss.log" 2>&1
strip -o "$out/ss" misc/ss
