#!/usr/bin/env bash
# Puts the servers and clients of the live tests where those look for them. Debian, as root. The servers exclude each other
# as packages, so they are unpacked beside each other, and only what they need is installed.
set -euo pipefail
target=${FTPLENS_LIVE:-/usr/local/lib/ftplens-live}
servers=(vsftpd proftpd-core pure-ftpd pure-ftpd-common)
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
needed=$(apt-cache depends --no-recommends --no-suggests "${servers[@]}" | sed -n 's/^ *Depends: \(lib[^ <]*\)$/\1/p' | sort -u)
# shellcheck disable=SC2086
apt-get install -o DPkg::Lock::Timeout=180 -y -qq --no-install-recommends curl lftp openssl python3 python3-pyftpdlib python3-openssl $needed
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 "$folder"
apt-get download -qq "${servers[@]}"
mkdir -p "$target"
for package in ./*.deb; do dpkg -x "$package" "$target"; done
