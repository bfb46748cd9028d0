#!/bin/sh
# Back a database up with its files, restore both under another name, compare, clean up.
#   dev/backup_trial.sh DATABASE [DATA_DIR]     (PGHOST, PGPORT, PGUSER as for psql)
# Only the copy is ever written to.
set -eu
db=$1
data=${2:-}
copy="${db}_restored"
work=$(mktemp -d)
trap 'dropdb --if-exists "$copy"; rm -rf "$work"' EXIT

pg_dump --format=custom --file="$work/dump" "$db"
createdb --template=template0 "$copy"
pg_restore --no-owner --exit-on-error --dbname="$copy" "$work/dump"

rows() {
    psql -AXqt "$1" -c "SELECT format('SELECT %L, count(*), md5(coalesce(string_agg(md5(t::text), '''' ORDER BY md5(t::text)), '''')) FROM %I t;', relname, relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname" |
        psql -AXqt "$1"
}
rows "$db" > "$work/before"
rows "$copy" > "$work/after"
# What a running server writes meanwhile differs; stop it for an exact comparison.
diff "$work/before" "$work/after"
echo "$(wc -l < "$work/after") tables, the same rows in each"

if [ -n "$data" ] && [ -d "$data/filestore/$db" ]; then
    tar -C "$data/filestore" -czf "$work/files.tgz" "$db"
    mkdir "$work/files"
    tar -C "$work/files" -xzf "$work/files.tgz"
    diff -r "$data/filestore/$db" "$work/files/$db"
    psql -AXqt "$copy" -c "SELECT DISTINCT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL" |
        while read -r name; do
            [ -f "$work/files/$db/$name" ] || { echo "missing: $name"; exit 1; }
        done
    echo "$(find "$work/files" -type f | wc -l) files, all that the database names"
fi
