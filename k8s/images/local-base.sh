#!/usr/bin/env bash
# A base image from this machine's own JDK and C library, for builds without a registry:
#   k8s/images/local-base.sh BASE.tar [CUDA.jar]     CUDA.jar: org.bytedeco:cuda, classifier linux-x86_64-redist
set -euo pipefail
out=$(readlink -f -- "${1:?usage: local-base.sh BASE.tar [CUDA.jar]}")
cuda=${2:+$(readlink -e -- "$2")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root"/{tmp,etc,usr/bin,var/lib}
"$(dirname -- "${BASH_SOURCE[0]}")/reduced-java.sh" "$root/opt/java"
# The scripts that start Flink are bash's, and call no other program.
install -D "$(readlink -f "$(command -v bash)")" "$root/usr/bin/bash"
install -D "$(readlink -f "$(command -v env)")" "$root/usr/bin/env"
# What java and the native libraries of models are linked with, at the places they look for it.
libraries() {
  { find "$root/opt/java" "$root/usr/bin/bash" -type f \( -name '*.so' -o -path '*/bin/*' \) -exec ldd {} + 2> /dev/null || true; } \
    | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\/.*ld-linux/ { print $1 }'
  for name in libstdc++.so.6 libgcc_s.so.1 libnss_files.so.2 libnss_dns.so.2 libresolv.so.2 librt.so.1 libdl.so.2 libpthread.so.0; do
    ldconfig -p | awk -v name="$name" '$1 == name && !seen++ { print $NF }'
  done
}
libraries | grep -v "^$root" | sort -u | while read -r library; do
  [ -e "$library" ] || continue
  install -D "$(readlink -f "$library")" "$root$library"
done
ln -s /opt/java/bin/java "$root/usr/bin/java"
printf 'root:x:0:0::/:/nologin\ntidegate:x:10001:10001::/opt/tidegate:/nologin\n' > "$root/etc/passwd"
printf 'root:x:0:\ntidegate:x:10001:\n' > "$root/etc/group"
printf '127.0.0.1 localhost\n' > "$root/etc/hosts"
chmod 1777 "$root/tmp"

# What ONNX Runtime's provider is linked with, and what those load; the driver is the node's.
if [ -n "$cuda" ]; then
  (cd "$work" && jar xf "$cuda" org/bytedeco/cuda/linux-x86_64)
  mkdir -p "$root/usr/local/cuda/lib64"
  mv "$work"/org/bytedeco/cuda/linux-x86_64/lib{cudart,cublas,cublasLt,cufft,curand,nvrtc,nvrtc-builtins,nvJitLink,cudnn,cudnn_*}.so.* \
    "$root/usr/local/cuda/lib64/"
  rm -rf "$work/org"
fi

tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$root" -cf "$work/layer.tar" .
sum=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
cat > "$work/config.json" << JSON
{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/opt/java/bin:/usr/bin:/bin","JAVA_HOME=/opt/java"]},"rootfs":{"type":"layers","diff_ids":["sha256:$sum"]},"history":[{"created":"1970-01-01T00:00:00Z"}]}
JSON
echo '[{"Config":"config.json","RepoTags":["tidegate-base:local"],"Layers":["layer.tar"]}]' > "$work/manifest.json"
tar --mtime=@0 --owner=0 --group=0 -C "$work" -cf "$out" manifest.json config.json layer.tar
echo "base image in $out, $(du -h "$out" | cut -f1)"
