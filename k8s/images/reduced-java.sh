#!/usr/bin/env bash
# This machine's Java, reduced to what Tidegate needs (jdk.security.auth: Hadoop's S3 client asks who it is):
#   k8s/images/reduced-java.sh FOLDER
set -euo pipefail
out=${1:?usage: reduced-java.sh FOLDER}
java=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
rm -rf "$out"
mkdir -p "$(dirname "$out")"
"$java/bin/jlink" --output "$out" --strip-debug --no-man-pages --no-header-files \
  --add-modules java.se,jdk.unsupported,jdk.management,jdk.crypto.ec,jdk.security.auth,jdk.zipfs,jdk.net,jdk.httpserver,jdk.localedata,jdk.jfr
