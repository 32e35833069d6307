# Sets JAVA_HOME to a JDK of release 25 or newer: JAVA_HOME itself, the one on PATH, or one in the usual folders.
# With DOPI_JAVA=runtime one that only runs programs will do. To be sourced; ends the script with 5 where there is none.

dopi_release_of() { # the feature release of the Java in folder $1, or 0
  local line program=javac
  [ "${DOPI_JAVA:-}" != runtime ] || program=java
  [ -x "$1/bin/$program" ] && [ -r "$1/release" ] || { echo 0; return; }
  line=$(grep '^JAVA_VERSION=' "$1/release" | tr -d '"')
  line=${line#JAVA_VERSION=}
  line=${line%%[.+-]*}
  case $line in '' | *[!0-9]*) echo 0 ;; *) echo "$line" ;; esac
}

dopi_home_on_path() { # the folder of the Java that the program $1 on PATH belongs to
  local program link
  program=$(command -v "$1") || return 0
  while [ -L "$program" ]; do
    link=$(readlink "$program")
    case $link in /*) program=$link ;; *) program=$(dirname "$program")/$link ;; esac
  done
  (cd "$(dirname "$program")/.." && pwd -P)
}

dopi_find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" "$(dopi_home_on_path javac)" "$(dopi_home_on_path java)" /usr/lib/jvm/* \
    /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] && [ "$(dopi_release_of "$candidate")" -ge 25 ] || continue
    JAVA_HOME=$candidate
    export JAVA_HOME
    return 0
  done
  if [ "${DOPI_JAVA:-}" = runtime ]; then
    echo "dopi needs Java 25 or newer: install one, or point JAVA_HOME at it." >&2
  else
    echo "dopi needs a JDK of release 25 or newer to build: install one, or point JAVA_HOME at it." >&2
  fi
  return 1
}

dopi_find_jdk || exit 5
