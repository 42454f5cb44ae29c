, answered AS (
  SELECT c_ip, s_ip, resp_time, query
  FROM (
    SELECT c_ip, resp_time, query, explode(answers) AS s_ip
    FROM dns
    WHERE c_ip IS NOT NULL AND resp_time IS NOT NULL AND query <> ''
  )
  -- Addresses; names and texts are the most of the answers that can be left out before the shuffle.
  WHERE s_ip LIKE '%:%' OR NOT s_ip RLIKE '[^0-9.]'
), events AS (
  -- Flows and answers of one client and one server, to be put in the order of time. A flow that has its name
  -- needs no answers: its uid keeps it out of their way.
  SELECT *, time_start AS at, true AS is_flow, CAST(NULL AS STRING) AS query,
    CASE WHEN name IS NOT NULL THEN uid END AS apart
  FROM by_uid
  UNION ALL
  SELECT NULL, c_ip, NULL, NULL, NULL, NULL, s_ip, NULL, NULL, NULL, NULL, NULL, resp_time, false, query, NULL
  FROM answered
), by_answer AS (
  SELECT c_bytes, c_ip, c_pkt, c_port, s_bytes, s_ip, s_pkt, s_port, time_end, time_start, is_flow,
    coalesce(name, last_value(query) IGNORE NULLS OVER (
      PARTITION BY c_ip, s_ip, apart
      ORDER BY at, is_flow, query
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )) AS name
  FROM events
), by_dns AS (
  SELECT * FROM by_answer WHERE is_flow
)
