# Starts the program in the folder $app with the Java in $JAVA_HOME. To be sourced, with the program's own words as "$@".
#
# A folder with a program holds dopi.jar, its libraries in lib, and id, a word that is different for each build. From it a
# form that starts fast is prepared once, in the cache folder: what start needs as one jar, native libraries as files,
# and classes as the JVM keeps them ready (its AOT cache). That goes on beside the first start; where it cannot be done,
# the program starts without. DOPI_PREPARE=now waits for it, DOPI_PREPARE=never leaves it.

# A short-lived program: no second compiler, one collector thread, and no files in the temporary folder for tools to watch.
# What is kept ready is mapped where it was made for, not moved elsewhere at each start, and without the record of what was
# compiled in the run that it was made from: the JVM would compile all that again at once, which takes longer than it saves.
dopi_flags=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx512m -Xlog:disable
  -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-AOTRecordTraining -XX:-AOTReplayTraining)

dopi_java_version() { # sets dopi_version to what tells this Java from others
  local line
  dopi_version=unknown
  [ -r "$JAVA_HOME/release" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in JAVA_RUNTIME_VERSION=* | JAVA_VERSION=*) dopi_version=${line#*=} ;; esac
    case $line in JAVA_RUNTIME_VERSION=*) break ;; esac
  done <"$JAVA_HOME/release"
  dopi_version=${dopi_version//[!A-Za-z0-9.+-]/}
}

dopi_find_ready() { # sets dopi_ready to the folder of the prepared form, or to nothing where there can be none
  local id= base=${XDG_CACHE_HOME:-}
  dopi_ready=
  case $base in /*) ;; *) base=${HOME:-}/.cache ;; esac
  case $base in /*) ;; *) return 0 ;; esac
  [ "$base" != /.cache ] || return 0
  IFS= read -r id <"$app/id" 2>/dev/null
  [ -n "$id" ] || return 0
  dopi_java_version
  dopi_ready=$base/dopi/start/$id-$dopi_version-$HOSTTYPE-$OSTYPE
}

dopi_prepare() { # Of two that prepare at once one does it, and whatever stops it leaves nothing half done.
  local lock=$dopi_ready.lock made=$dopi_ready/.aot.$$ log=$dopi_ready.log
  mkdir -p "${dopi_ready%/*}" && [ -w "${dopi_ready%/*}" ] || return 0
  if [ -n "$(find "$lock" -maxdepth 0 -mmin +10 2>/dev/null)" ]; then rmdir "$lock"; fi
  mkdir "$lock" || return 0
  # What is not used any more; a session that is open has its files open, too.
  find "${dopi_ready%/*}" -mindepth 1 -maxdepth 1 -mtime +30 ! -path "$dopi_ready*" -exec rm -rf {} +
  if {
    [ -f "$dopi_ready/dopi.jar" ] ||
      "$JAVA_HOME/bin/java" "${dopi_flags[@]}" -cp "$app/dopi.jar" dev.dopi.launch.Preparation "$app" "$dopi_ready"
  } >"$log" 2>&1 && DOPI_STATE_HOME=$made.state XDG_CONFIG_HOME=$made.config TERM=xterm-256color COLORTERM='' NO_COLOR='' FORCE_COLOR='' \
    "$JAVA_HOME/bin/java" "${dopi_flags[@]}" --enable-native-access=ALL-UNNAMED "-XX:AOTCacheOutput=$made" \
    "-Ddopi.natives=$dopi_ready/natives" -cp "$dopi_ready/files.jar:$dopi_ready/dopi.jar" dev.dopi.cli.Training >>"$log" 2>&1 && mv -f "$made" "$dopi_ready/dopi.aot"; then
    rm -f "$log" "$dopi_ready.failed"
  else
    mv -f "$log" "$dopi_ready.failed" # It says why; and not again at each start.
  fi
  rm -rf "$made"*
  rmdir "$lock"
}

dopi_prepare_beside() { # in a session of its own, so that no key pressed in this one reaches it
  if command -v setsid >/dev/null; then
    (DOPI_PREPARE=now setsid nice "$BASH" "$dopi_launch" "$app" "$JAVA_HOME" &)
  else
    (trap '' INT HUP && DOPI_PREPARE=now nice "$BASH" "$dopi_launch" "$app" "$JAVA_HOME" &)
  fi
} </dev/null >/dev/null 2>&1

dopi_is_to_prepare() { # What failed is tried again the next day: a disk that was full may have room then.
  [ -n "$dopi_ready" ] && [ "${DOPI_PREPARE:-}" != never ] && [ ! -f "$dopi_ready/dopi.aot" ] || return
  [ ! -f "$dopi_ready.failed" ] || [ -n "$(find "$dopi_ready.failed" -mmin +1440 2>/dev/null)" ]
}

dopi_command() { # sets dopi_run to the command that starts the program
  dopi_find_ready
  if dopi_is_to_prepare; then
    if [ "${DOPI_PREPARE:-}" = now ]; then dopi_prepare </dev/null >/dev/null 2>&1; else dopi_prepare_beside; fi
  fi
  if [ -n "$dopi_ready" ] && [ -f "$dopi_ready/dopi.aot" ] && [ -f "$dopi_ready/dopi.jar" ] && [ "${DOPI_PREPARE:-}" != never ]; then
    dopi_run=("$JAVA_HOME/bin/java" "${dopi_flags[@]}" "-XX:AOTCache=$dopi_ready/dopi.aot" --enable-native-access=ALL-UNNAMED
      "-Ddopi.natives=$dopi_ready/natives" -cp "$dopi_ready/files.jar:$dopi_ready/dopi.jar" dev.dopi.cli.Main)
  else
    dopi_run=("$JAVA_HOME/bin/java" "${dopi_flags[@]}" -jar "$app/dopi.jar")
  fi
}

dopi_start() {
  dopi_command
  dopi_run+=("$@")
  if [ ! -t 0 ]; then exec "${dopi_run[@]}"; fi

  # At a terminal this script stays, since nothing else can repair the terminal when Java is killed.
  local saved child status again
  # How the terminal is set and how large it is, one line each; the program is told, so that it need not ask again.
  saved=$(stty -g 2>/dev/null && { stty size 2>/dev/null || :; }) || saved=
  [ -z "$saved" ] || dopi_run=("${dopi_run[0]}" "-Ddopi.tty=${saved//$'\n'/ }" "${dopi_run[@]:1}")
  saved=${saved%%$'\n'*}
  # An ordinary background child would ignore Ctrl-C, so that is put back first. Ctrl-C and Ctrl-Z reach it by themselves.
  (trap - INT QUIT && exec "${dopi_run[@]}") <&0 &
  child=$!
  trap : INT QUIT
  trap 'kill -TERM "$child" 2>/dev/null' TERM
  trap 'kill -HUP "$child" 2>/dev/null' HUP
  wait "$child"
  status=$?
  while kill -0 "$child" 2>/dev/null; do # A signal only interrupted the waiting.
    wait "$child"
    status=$?
  done
  if [ "$status" -ge 128 ]; then
    wait "$child" 2>/dev/null
    again=$?
    [ "$again" -eq 127 ] || status=$again
    [ -z "$saved" ] || stty "$saved" 2>/dev/null
    printf '\033[?2026l\033[?1003l\033[?1002l\033[?1000l\033[?1006l\033[?2004l\033[?1004l\033[r\033[0m\033[?25h\033[?1049l' 2>/dev/null >/dev/tty
  fi
  exit "$status"
}

dopi_launch=${BASH_SOURCE[0]}
if [ "$dopi_launch" = "$0" ]; then # not sourced: only prepares
  app=$1 JAVA_HOME=$2
  dopi_find_ready
  [ -z "$dopi_ready" ] || dopi_prepare
fi
