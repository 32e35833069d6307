# Sets JAVA_HOME to a JDK of release 25 or newer: JAVA_HOME itself, the one on PATH, or one in the usual folders.
# To be sourced.

dopi_release_of() { # the feature release of the JDK in folder $1, or 0
  local line
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  line=$(grep '^JAVA_VERSION=' "$1/release" | tr -d '"')
  line=${line#JAVA_VERSION=}
  line=${line%%[.+-]*}
  case $line in '' | *[!0-9]*) echo 0 ;; *) echo "$line" ;; esac
}

dopi_find_jdk() {
  local candidate on_path
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] && [ "$(dopi_release_of "$candidate")" -ge 25 ] || continue
    JAVA_HOME=$candidate
    export JAVA_HOME
    return 0
  done
  echo "dopi needs a JDK of release 25 or newer to build: install one, or point JAVA_HOME at it." >&2
  return 1
}

dopi_find_jdk || exit 5
