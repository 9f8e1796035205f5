# Read by backup.sh and restore.sh: how they ask the cluster. A question that fails ends the script, also where it
# stands in a substitution; so each answer is a statement of its own, for in a command's words or before it no failure counts.
# Needs bash 4.4.
set -euo pipefail
shopt -s inherit_errexit
patience=15m

look() { kubectl -n tidegate "$@"; }
kube() {
  say kubectl -n tidegate "$@"
  [ -n "$dry" ] || look "$@"
}
secret() { # NAME KEY
  local value
  value=$(look get secret "$1" -o "jsonpath={.data.${2//./\\.}}" | base64 -d)
  [ -n "$value" ] || { say "secret/$1 has no $2" >&2; exit 1; }
  printf '%s' "$value"
}

# Sets login, password and address of a database. The address is JDBC's as libpq reads it: of their options these
# four are both's, by one name; the files that they name have to be here too, under the same paths.
database() { # console | registry
  local url option value mark='?'
  login=$(secret tidegate-database "$1-user")
  password=$(secret tidegate-database "$1-password")
  url=$(secret tidegate-database "$1-url")
  address=${url%%\?*}
  case $address in
    jdbc:postgresql://?*/?*) address=${address#jdbc:} ;;
    *) say "$1-url of secret/tidegate-database is not jdbc:postgresql://HOST/DATABASE" >&2; exit 1 ;;
  esac
  for option in sslmode sslrootcert sslcert sslkey; do
    value=$(sed -n "s/^[^?]*?\(.*&\)\{0,1\}\($option=[^&]\{1,\}\).*/\2/p" <<< "$url")
    [ -z "$value" ] || { address+=$mark$value; mark='&'; }
  done
}
