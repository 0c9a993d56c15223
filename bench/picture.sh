#!/usr/bin/env bash
# picture.sh PAGE PNG: the picture of the README, from the page that `./submit.sh demo --naive` writes. Needs Chromium.
set -euo pipefail

[[ $# == 2 && -f $1 ]] || {
  printf 'Usage: %s PAGE PNG\n' "$0" >&2
  exit 2
}
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
  printf 'Chromium is not on the PATH\n' >&2
  exit 1
}
page=$(realpath -- "$1")
png=$(realpath -- "$2")
profile=$(mktemp -d)
trap 'rm -rf -- "$profile"' EXIT

# The part #picture of the page is its comparison alone, 900 by 620 points; the light colours, whatever the desktop has.
"$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --blink-settings=preferredColorScheme=1 \
  --user-data-dir="$profile" --window-size=900,620 --force-device-scale-factor=1.5 --screenshot="$png" \
  "file://$page#picture" 2>"$profile/log" || :
[[ -s $png ]] || {
  cat -- "$profile/log" >&2
  printf 'Chromium made no picture of %s\n' "$page" >&2
  exit 1
}
