#!/usr/bin/env bash
# Runs once, when the volume of the database is empty: the two roles of the bot and their database.
set -euo pipefail

: "${UPAH_OWNER_PASSWORD:?set it in docs/deploy/.env}" "${UPAH_BOT_PASSWORD:?set it in docs/deploy/.env}"

psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set owner_password="$UPAH_OWNER_PASSWORD" --set bot_password="$UPAH_BOT_PASSWORD" <<'SQL'
create role upah_owner login password :'owner_password';
create role upah_bot login password :'bot_password';
create database upah owner upah_owner encoding 'UTF8' template template0;
revoke all on database upah from public;
grant connect on database upah to upah_bot;
SQL
