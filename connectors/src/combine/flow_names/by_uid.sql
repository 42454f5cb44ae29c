-- Every flow of the view `flows`, with the name that HTTP or TLS gave its connection. See mod.rs, which fills the gaps.
WITH best AS (
  SELECT uid, min(struct(`rank`, `time`, name)).name AS name
  FROM names
  WHERE uid IS NOT NULL AND name IS NOT NULL
  GROUP BY uid
), by_uid AS (
  -- Merged and never broadcast: the names of all connections need not fit the driver.
  SELECT /*+ MERGE(best) */
    c_bytes, c_ip, c_pkt, c_port, name, s_bytes, s_ip, s_pkt, s_port, time_end, time_start, flows.uid
  FROM flows LEFT JOIN best ON flows.uid = best.uid
){by_dns}
SELECT c_bytes, c_ip, c_pkt, c_port, name, s_bytes, s_ip, s_pkt, s_port, time_end, time_start
FROM {named}
WHERE {unnamed} OR name IS NOT NULL
