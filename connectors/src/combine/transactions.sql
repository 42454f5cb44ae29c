-- One row an HTTP transaction: a request and its response. See transactions.rs.
WITH placed AS (
  SELECT *, coalesce(req_time, resp_time) AS seen, req_time IS NOT NULL AS asks FROM rows
), marked AS (
  SELECT *,
    CASE
      WHEN lag(asks) OVER connection IS NULL THEN 1
      WHEN seen - lag(seen) OVER connection > 300 THEN 1
      WHEN asks AND NOT lag(asks) OVER connection THEN 1
      ELSE 0
    END AS begins
  FROM placed
  WINDOW connection AS (PARTITION BY c_ip, c_port, s_ip, s_port ORDER BY seen, _offset)
), turns AS (
  SELECT *,
    sum(begins) OVER (PARTITION BY c_ip, c_port, s_ip, s_port ORDER BY seen, _offset ROWS UNBOUNDED PRECEDING) AS turn
  FROM marked
), numbered AS (
  SELECT *,
    row_number() OVER (PARTITION BY c_ip, c_port, s_ip, s_port, turn, asks ORDER BY seen, _offset) AS place
  FROM turns
)
SELECT
  c_ip, c_port, max(content_range) AS content_range, max(content_type) AS content_type, max(host) AS host,
  max(method) AS method, max(path) AS path, max(referrer) AS referrer, max(req_cookie) AS req_cookie,
  max(req_time) AS req_time, max(request_body_len) AS request_body_len, max(resp_time) AS resp_time,
  max(response_body_len) AS response_body_len, s_ip, s_port, max(server) AS server, max(set_cookie) AS set_cookie,
  max(status_code) AS status_code, max(user_agent) AS user_agent
FROM numbered
GROUP BY c_ip, c_port, s_ip, s_port, turn, place
