#include "work.h"

#include "vectors.h"

namespace pf_index {

pf_status Work::end() {
  if (stopped_) return pflow::fail(call_, PF_E_CANCELLED, "the work on the index was cancelled");
  if (problem_.text.empty()) {
    give();
    return PF_DONE;
  }
  pflow::fail(call_, problem_.kind, problem_.text);
  if (problem_.kind == PF_E_VALUE) pf_fail_once(call_);
  if (problem_.busy) pf_fail_help(call_, "another program holds the index; `retries` waits for it");
  return PF_FAILED;
}

pf_status Work::start(std::unique_ptr<Work> owned) {
  Work* work = owned.release();
  work->request_.data = work;
  work->call_->state = work;
  work->call_->cancel = [](pf_call* call) {
    auto* running = static_cast<Work*>(call->state);
    running->stopped_ = true;
    uv_cancel(reinterpret_cast<uv_req_t*>(&running->request_));
  };
  uv_queue_work(
      pf_loop_uv(), &work->request_,
      [](uv_work_t* request) {
        auto* running = static_cast<Work*>(request->data);
        running->problem_ = running->run();
      },
      [](uv_work_t* request, int) {
        std::unique_ptr<Work> done(static_cast<Work*>(request->data));
        pf_call* call = done->call_;
        pf_status status = done->end();
        done.reset();
        call->state = nullptr;
        pf_complete(call, status);
      });
  return PF_PENDING;
}

bool take_path(pf_call* call, const pf_str& path, std::string& to) {
  pflow::CText text(path);
  if (path.len == 0 || !text.ok()) {
    pf_fail(call, PF_E_VALUE, "`path` is empty or holds a NUL byte");
    return false;
  }
  to = text.c_str();
  return true;
}

bool take_vector(pf_call* call, const std::string& name, const pf_list& from,
                 std::vector<float>& to) {
  pflow::Elements<double> numbers(from);
  to.reserve(numbers.size());
  for (double number : numbers) to.push_back(static_cast<float>(number));
  std::string problem = vector_problem(to);
  if (problem.empty()) return true;
  pflow::fail(call, PF_E_VALUE, name + " " + problem);
  return false;
}

}  // namespace pf_index
