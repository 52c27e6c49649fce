#!/bin/sh
# Builds the kernel with the file system inside it.
# usage: kernel.sh SOURCE CONFIG ARCHIVE OUT
set -eu
source=$1 config=$2 archive=$3 out=$4
# The same kernel, whoever builds it, and when.
export ARCH=i386 KBUILD_BUILD_TIMESTAMP='2026-01-01 00:00 UTC' KBUILD_BUILD_USER=lab KBUILD_BUILD_HOST=lab \
    KBUILD_BUILD_VERSION=1

cd "$source"
if ! cmp -s "$config" .lab-config; then
    make tinyconfig >"$out/kernel.log" 2>&1
    scripts/kconfig/merge_config.sh -m .config "$config" >>"$out/kernel.log" 2>&1
    cp "$config" .lab-config
fi
# The archive is part of the kernel: v86 would put it at 64 MB, where there is no memory.
scripts/config --set-str INITRAMFS_SOURCE "$archive" -e INITRAMFS_COMPRESSION_NONE
make olddefconfig >>"$out/kernel.log" 2>&1
make -j"$(nproc)" bzImage >>"$out/kernel.log" 2>&1
cp arch/x86/boot/bzImage "$out/bzImage"
cp .config "$out/kernel.config"
