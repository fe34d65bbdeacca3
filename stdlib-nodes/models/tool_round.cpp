#include "tool_round.h"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "json_members.h"
#include "pflow/json.hpp"
#include "tool_result.h"

namespace pf_models {
namespace {

/// A record of a tool's input.
class Arguments {
 public:
  explicit Arguments(const pf_type& type)
      : type_(type), block_(pflow::zeroed(type.size == 0 ? 1 : type.size)) {}
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;
  ~Arguments() {
    pf_drop_value(block_, &type_);
    free(block_);
  }

  /// Empty, or what is wrong with them.
  std::string read(std::string_view json) {
    pf_str text = pflow::literal(json);
    pf_json_problem problem{};
    if (pf_json_decode(&text, &type_, block_, &problem)) return "";
    return std::string(pflow::Text(problem.message).view());
  }
  [[nodiscard]] const void* get() const { return block_; }

 private:
  const pf_type& type_;
  void* block_;
};

class Round {
 public:
  Round(pf_call* call, const ToolBox& box, std::vector<ToolCall> calls, ToolsDone done)
      : call_(call), box_(box), calls_(std::move(calls)), done_(std::move(done)) {
    for (const ToolCall& asked : calls_) results_.push_back({asked.id, asked.name, "", false});
    runs_.resize(calls_.size());
  }

  void begin() {
    call_->state = this;
    call_->cancel = [](pf_call* call) { static_cast<Round*>(call->state)->stop(); };
    ++open_;  // until all are begun
    if (box_.approve)
      ask_for(0);
    else
      for (size_t i = 0; i < calls_.size() && !stopping_; ++i) start(i);
    leave();
  }

 private:
  /// What one run of a tool belongs to.
  struct Run {
    Round* round;
    size_t index;
  };

  void start(size_t index) {
    const pf_tool* tool = find_tool(box_, calls_[index].name);
    if (!tool) return refuse(index, "there is no tool `" + calls_[index].name + "`" + names());
    Arguments arguments(*tool->input);
    std::string problem = arguments.read(calls_[index].arguments);
    if (!problem.empty()) return refuse(index, "the arguments do not fit: " + problem);
    run(index, tool, arguments, [](void* user, pf_frame* frame, pf_status status) {
      std::unique_ptr<Run> run(static_cast<Run*>(user));
      run->round->ended(run->index, *frame, status);
    });
  }

  void run(size_t index, const pf_tool* tool, const Arguments& arguments, pf_tool_ended ended) {
    ++open_;
    pf_frame* frame = pf_tool_start(call_, tool, arguments.get(), ended, new Run{this, index});
    if (frame) runs_[index] = frame;
  }

  void refuse(size_t index, std::string why) {
    results_[index].text = std::move(why);
    results_[index].failed = true;
  }

  void ended(size_t index, const pf_frame& frame, pf_status status) {
    runs_[index] = nullptr;
    if (status == PF_DONE)
      results_[index].text = result_text(frame);
    else
      fail(index);
    leave();
  }

  /// The failure is pending: the model hears of it, unless nobody can catch it.
  void fail(size_t index) {
    std::optional<std::string> told = take_failure_text();
    if (told) return refuse(index, std::move(*told));
    failed_ = true;
    pf_fail_pending(call_);
    stop();
  }

  // ---- approval: one call after the other, as it may be a person who is asked

  void ask_for(size_t index) {
    if (index == calls_.size() || stopping_) return;
    Arguments arguments(*box_.approve->input);
    std::string problem = arguments.read(question(calls_[index]));
    if (!problem.empty()) {
      refuse(index, problem);
      return ask_for(index + 1);
    }
    run(index, box_.approve, arguments, [](void* user, pf_frame* frame, pf_status status) {
      std::unique_ptr<Run> run(static_cast<Run*>(user));
      run->round->decided(run->index, *frame, status);
    });
  }

  static std::string question(const ToolCall& asked) {
    boost::json::object made = {{"name", asked.name}, {"arguments", value_of(asked.arguments)}};
    return boost::json::serialize(made);
  }

  void decided(size_t index, const pf_frame& frame, pf_status status) {
    runs_[index] = nullptr;
    if (status != PF_DONE)
      fail(index);
    else if (says_no(frame))
      refuse(index, "the call was refused");
    else if (!stopping_)
      start(index);
    ask_for(index + 1);
    leave();
  }

  [[nodiscard]] std::string names() const {
    std::string all;
    for (const pf_tool* tool : pflow::Elements<const pf_tool*>(box_.tools))
      all += std::string(all.empty() ? "; there is `" : "`, `") + tool->name;
    return all.empty() ? "" : all + "`";
  }

  /// The call was cancelled, or has failed.
  void stop() {
    stopping_ = true;
    for (pf_frame*& frame : runs_)
      if (frame) pf_tool_cancel(frame);
  }

  /// Of what was open one less: the last one ends the round.
  void leave() {
    if (--open_ > 0) return;
    call_->state = nullptr;
    call_->cancel = nullptr;
    if (stopping_ && !failed_) pf_fail(call_, PF_E_CANCELLED, "the tools were cancelled");
    ToolsDone done = std::move(done_);
    std::vector<ToolResult> results = std::move(results_);
    pf_status status = stopping_ ? PF_FAILED : PF_DONE;
    delete this;
    done(status, std::move(results));
  }

  pf_call* call_;
  ToolBox box_;
  std::vector<ToolCall> calls_;
  std::vector<ToolResult> results_;
  std::vector<pf_frame*> runs_;  ///< null: it has ended, or not begun
  ToolsDone done_;
  size_t open_ = 0;
  bool stopping_ = false;
  bool failed_ = false;
};

}  // namespace

const pf_tool* find_tool(const ToolBox& box, std::string_view name) {
  for (const pf_tool* tool : pflow::Elements<const pf_tool*>(box.tools))
    if (name == tool->name) return tool;
  return nullptr;
}

void run_tools(pf_call* call, const ToolBox& box, std::vector<ToolCall> calls, ToolsDone done) {
  (new Round(call, box, std::move(calls), std::move(done)))->begin();
}

}  // namespace pf_models
