# Sets JAVA_HOME to a JDK of release 25 or newer: JAVA_HOME itself, the one on PATH, or the newest in the usual folders.
# With DOPI_JAVA=runtime one that only runs programs will do. To be sourced; ends the script with 5 where there is none.
# It runs at every start, so it is written without subshells.

dopi_release_of() { # sets dopi_release to the feature release of the Java in folder $1, or to 0
  local line program=javac
  dopi_release=0
  [ "${DOPI_JAVA:-}" != runtime ] || program=java
  [ -x "$1/bin/$program" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in JAVA_VERSION=*)
      line=${line#JAVA_VERSION=}
      line=${line//\"/}
      line=${line%%[.+-]*}
      case $line in '' | *[!0-9]*) ;; *) dopi_release=$line ;; esac
      return 0
      ;;
    esac
  done <"$1/release"
}

dopi_home_on_path() { # sets dopi_home to the folder of the Java that the program $1 on PATH belongs to
  local program link
  dopi_home=
  program=$(command -v "$1") || return 0
  while [ -L "$program" ]; do
    link=$(readlink "$program")
    case $link in /*) program=$link ;; *) program=${program%/*}/$link ;; esac
  done
  program=${program%/*}
  dopi_home=${program%/*}
}

dopi_find_jdk() {
  local candidate best=0 home=
  dopi_release_of "${JAVA_HOME:-/nowhere}"
  [ "$dopi_release" -lt 25 ] || return 0
  for candidate in javac java; do
    dopi_home_on_path "$candidate"
    dopi_release_of "${dopi_home:-/nowhere}"
    [ "$dopi_release" -lt 25 ] || { export JAVA_HOME=$dopi_home; return 0; }
  done
  for candidate in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    dopi_release_of "$candidate"
    if [ "$dopi_release" -ge 25 ] && [ "$dopi_release" -gt "$best" ]; then
      best=$dopi_release home=$candidate
    fi
  done
  [ -z "$home" ] || { export JAVA_HOME=$home; return 0; }
  if [ "${DOPI_JAVA:-}" = runtime ]; then
    echo "dopi needs Java 25 or newer: install one, or point JAVA_HOME at it." >&2
  else
    echo "dopi needs a JDK of release 25 or newer to build: install one, or point JAVA_HOME at it." >&2
  fi
  return 1
}

dopi_find_jdk || exit 5
