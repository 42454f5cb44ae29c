-- One row a DNS exchange: questions asked again, and the response that ends them. See exchanges.rs.
WITH placed AS (
  SELECT *, coalesce(req_time, resp_time) AS seen, (resp_time IS NOT NULL OR resp_code IS NOT NULL) AS replies
  FROM rows
), marked AS (
  SELECT *,
    CASE
      WHEN lag(replies) OVER conversation IS NULL THEN 1
      WHEN seen - lag(seen) OVER conversation > 60 THEN 1
      WHEN lag(replies) OVER conversation AND (NOT replies OR seen <> lag(seen) OVER conversation) THEN 1
      WHEN NOT replies AND lower(query) <> lower(lag(query) OVER conversation) THEN 1
      ELSE 0
    END AS begins
  FROM placed
  WINDOW conversation AS (PARTITION BY {key} ORDER BY seen, _offset)
), numbered AS (
  SELECT *, sum(begins) OVER (PARTITION BY {key} ORDER BY seen, _offset ROWS UNBOUNDED PRECEDING) AS exchange
  FROM marked
), exchanges AS (
  SELECT
    {ends},
    min_by(struct(query, req_type, req_class, req_time, flags_req), CASE WHEN NOT replies THEN struct(seen, _offset) END) AS request,
    min_by(struct(query, req_type, req_class, resp_time, resp_code, flags_resp), CASE WHEN replies THEN struct(seen, _offset) END) AS reply,
    array_sort(collect_list(CASE WHEN answers IS NOT NULL THEN struct(seen, _offset, answers, answer_types, answer_ttls) END)) AS records
  FROM numbered
  GROUP BY {key}, exchange
)
SELECT
  CASE WHEN size(records) > 0 THEN flatten(transform(records, record -> record.answer_ttls)) END AS answer_ttls,
  CASE WHEN size(records) > 0 THEN flatten(transform(records, record -> record.answer_types)) END AS answer_types,
  CASE WHEN size(records) > 0 THEN flatten(transform(records, record -> record.answers)) END AS answers,
  c_ip, c_port, request.flags_req, reply.flags_resp, coalesce(request.query, reply.query) AS query,
  coalesce(request.req_class, reply.req_class) AS req_class, request.req_time,
  coalesce(request.req_type, reply.req_type) AS req_type, reply.resp_code, reply.resp_time, s_ip, s_port, trans_id
FROM exchanges
