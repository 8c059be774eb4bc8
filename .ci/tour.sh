#!/usr/bin/env bash
# Types the README's tour word for word against a silo of its own, and looks at every answer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -e data ]; then
  echo 'data/ exists: move your journal away, the tour wants an empty mall' >&2
  exit 1
fi

work=$(mktemp -d)
groups=()
finish() {
  for group in "${groups[@]}"; do kill -TERM -- "-$group" 2>/dev/null || true; done
  for group in "${groups[@]}"; do wait "$group" 2>/dev/null || true; done
  rm -rf "$work" data
}
trap finish EXIT

# background NAME: starts the command on standard input in a process group of its own.
background() {
  local command
  command=$(cat)
  printf '\n$ %s &\n' "$command"
  setsid bash -c "$command" >"$work/$1" 2>&1 </dev/null &
  groups+=($!)
}

# expect TEXT...: types the command on standard input; its answer must hold each text.
expect() {
  command=$(cat)
  again "$@"
}

# again TEXT...: the last command once more.
again() {
  local answer text
  printf '\n$ %s\n' "$command"
  answer=$(bash -c "$command" </dev/null)
  printf '%s\n' "$answer"
  for text in "$@"; do
    [[ $answer == *"$text"* ]] || { echo "the answer does not hold: $text" >&2; return 1; }
  done
}

# until_true SECONDS COMMAND...: tries a command again until it succeeds, as long as the silo lives.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $deadline ] || ! kill -0 "${groups[0]}" 2>/dev/null; then
      echo "never came true: $*; the silo said:" >&2
      cat "$work/silo" >&2
      return 1
    fi
    sleep 0.2
  done
}

background silo <<'SH'
dotnet run -c Release --project silo
SH
until_true 180 curl -sf http://127.0.0.1:5100/readyz

background live <<'SH'
curl -sN http://127.0.0.1:5100/v1/live
SH
until_true 10 grep -q welcome "$work/live"

expect '"member"' <<'SH'
curl -s http://127.0.0.1:5100/v1/members \
  -H 'Content-Type: application/json' -H 'Idempotency-Key: tour-1' \
  -d '{ "identities": ["phone:+8613800138000"] }'
SH

expect '"accepted"' '"points"' <<'SH'
curl -s http://127.0.0.1:5100/v1/events \
  -H 'Content-Type: application/cloudevents+json' \
  -d '{ "specversion": "1.0", "type": "mall.purchase", "source": "till/7", "id": "0001",
        "subject": "phone:+8613800138000",
        "data": { "store": "beauty-hall", "receipt": "R-0001", "paid": "600.00" } }'
SH
again '"duplicate"' '"points"'

expect '"points"' '"tier"' <<'SH'
curl -s http://127.0.0.1:5100/v1/members/phone:+8613800138000
SH

expect '"rule"' <<'SH'
curl -s http://127.0.0.1:5100/v1/members/phone:+8613800138000/ledger
SH

until_true 10 grep -q 'mall.purchase' "$work/live"
printf '\nthe live feed has shown:\n%s\n' "$(head -n 20 "$work/live")"
