#!/bin/sh
# Write the full commits of two actions into the workflow: sh pin.sh
# A tag can be moved to other code by whoever takes over an action; a commit cannot.
set -eu
workflow="$(dirname "$0")/.github/workflows/nightly.yml"
pin() {
  commit=$(git ls-remote "https://github.com/actions/$1" "refs/tags/$2^{}" "refs/tags/$2" | sort -k2 | tail -n 1 | cut -f1)
  test "${#commit}" -eq 40 || { echo "No tag $2 of actions/$1." >&2; exit 1; }
  sed -i.old "s|actions/$1@.*|actions/$1@$commit  # $2|" "$workflow"
  rm "$workflow.old"
  echo "actions/$1@$commit is $2"
}
pin upload-artifact "${UPLOAD:-v4}"
pin download-artifact "${DOWNLOAD:-v4}"
