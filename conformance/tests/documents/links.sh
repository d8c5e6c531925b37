# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# What a page links to is there; README.md, CONTRIBUTING.md and the pages of docs/ fit 100 columns.
status=0
checked=0
while IFS= read -r page; do
  while IFS= read -r link; do
    ((++checked))
    [[ -e ${page%/*}/${link%%#*} ]] || { echo "$page: no $link"; status=1; }
  done < <(grep -o '](\([^)]*\))' "$page" | sed 's/^](//; s/)$//' | grep -v '^https\?:\|^#')
done < <(find "$LOCKSTEP_SOURCE" -name build -prune -o -name '*.md' -print)
((checked > 0)) || { echo "no page links to anything"; exit 1; }
wide=$(awk 'length > 100 { print FILENAME ":" FNR }' "$LOCKSTEP_SOURCE"/*.md \
  $(find "$LOCKSTEP_SOURCE/docs" -name build -prune -o -name '*.md' -print))
[[ -z $wide ]] || { echo "wider than 100 columns: $wide"; status=1; }
exit $status
