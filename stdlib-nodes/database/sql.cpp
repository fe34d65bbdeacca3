// sql: statements run on a worker thread; their rows become records on the loop's.
#include <atomic>
#include <cstddef>
#include <string>

#include "columns.h"
#include "database.pf.hpp"
#include "pflow/json.hpp"
#include "pflow/loop.h"
#include "statements.h"

namespace {

using pf_database::Cell;
using pflow::view;

/// One run of `sql`.
struct Query {
  uv_work_t work{};
  pf_call* call;
  const sql_in* in;
  sql_out* out;
  std::atomic<bool> stopped{false};
  pf_database::Statements statements;
  pf_database::Rows rows;
};

Cell cell_of(const pf_json& value) {
  switch (static_cast<pf_json_kind>(value.kind)) {
    case PF_JSON_BOOL: return int64_t{value.boolean};
    case PF_JSON_INT: return value.integer;
    case PF_JSON_FLOAT: return value.number;
    case PF_JSON_STR: return std::string(view(value.text));
    case PF_JSON_NULL:
    case PF_JSON_ARRAY:
    case PF_JSON_OBJECT: return std::monostate();
  }
}

pf_status push_row(Query& query, const pf_database::Columns& columns,
                   const std::vector<Cell>& row) {
  pf_json json{};
  std::string problem = columns.row(row, json);
  if (!problem.empty())
    return pflow::fail(query.call, PF_E_SCHEMA, query.statements.path + ": " + problem);
  pflow::Text text(pflow::json_text(json));
  pf_drop_value(&json, &pflow::kJsonType);
  const pf_type* type = query.in->type_T;
  std::vector<std::max_align_t> room(type->size / sizeof(std::max_align_t) + 1);
  pf_status status = pf_json_read(query.call, &text.get(), type, room.data());
  if (status != PF_DONE) return status;
  query.out->rows.head =
      static_cast<pf_list_head*>(pf_list_push(query.out->rows.head, room.data(), type));
  return PF_DONE;
}

pf_status push_rows(Query& query) {
  pf_database::Columns columns(query.rows.columns, query.in->type_T);
  if (std::string problem = columns.problem(); !problem.empty())
    return pflow::fail(query.call, PF_E_SCHEMA, query.statements.path + ": " + problem);
  for (const std::vector<Cell>& row : query.rows.rows)
    if (push_row(query, columns, row) != PF_DONE) return PF_FAILED;
  return PF_DONE;
}

pf_status finish(Query& query) {
  if (query.stopped) return pflow::fail(query.call, PF_E_CANCELLED, "the query was cancelled");
  if (!query.rows.problem.empty()) {
    pflow::fail(query.call, query.rows.busy || query.rows.unreadable ? PF_E_IO : PF_E_VALUE,
                query.statements.path + ": " + query.rows.problem);
    if (query.rows.busy)
      pf_fail_help(query.call, "another program holds the database; `retries` waits for it");
    return PF_FAILED;
  }
  if (push_rows(query) != PF_DONE) return PF_FAILED;
  query.out->changed = query.rows.changed;
  return PF_DONE;
}

/// A query that runs sees `stopped`; one that waits for a thread need not begin.
void cancel(pf_call* call) {
  auto* query = static_cast<Query*>(call->state);
  query->stopped = true;
  uv_cancel(reinterpret_cast<uv_req_t*>(&query->work));
}

}  // namespace

pf_status pfn_database_sql(pf_call* call, const sql_in* in, sql_out* out) {
  pflow::CText path(in->db);
  if (in->db.len == 0 || !path.ok())
    return pflow::fail(call, PF_E_VALUE, "`db` is empty or holds a NUL byte");
  auto* query = new Query{.call = call, .in = in, .out = out};
  query->statements = {
      path.c_str(), std::string(view(in->query.text)), {}, in->read_only, &query->stopped};
  for (const pf_json& value : pflow::Elements<pf_json>(in->query.args))
    query->statements.values.push_back(cell_of(value));
  query->work.data = query;
  call->state = query;
  call->cancel = cancel;
  uv_queue_work(
      pf_loop_uv(), &query->work,
      [](uv_work_t* work) {
        auto* running = static_cast<Query*>(work->data);
        running->rows = pf_database::run(running->statements);
      },
      [](uv_work_t* work, int) {
        auto* done = static_cast<Query*>(work->data);
        pf_call* waiting = done->call;
        pf_status status = finish(*done);
        delete done;
        waiting->state = nullptr;
        pf_complete(waiting, status);
      });
  return PF_PENDING;
}
