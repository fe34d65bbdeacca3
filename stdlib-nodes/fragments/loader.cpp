#include "loader.h"

#include <memory>
#include <string>

#include "pflow/json.hpp"
#include "pflow/packages.h"
#include "results.h"

namespace pf_fragments {
namespace {

using pflow::view;

/// A loader at work.
struct Run {
  pf_call* call;
  const fragment_in* in;
  fragment_out* out;
  const pf_tool* loader;
  pf_frame* frame = nullptr;
  bool waits = false;  ///< the call was told that it is pending
  pf_status status = PF_PENDING;
};

/// The loader's port with a text in it.
class Argument {
 public:
  explicit Argument(const pf_type& ports) : ports_(ports), block_(pflow::zeroed(ports.size)) {}
  Argument(const Argument&) = delete;
  Argument& operator=(const Argument&) = delete;
  ~Argument() {
    pf_drop_value(block_, &ports_);
    free(block_);
  }

  /// Empty, or why the ports do not take one text.
  std::string set(std::string_view rest) {
    pflow::JsonObject named;
    named.add(ports_.fields[0].name, pflow::json(pflow::text(rest)));
    pf_json object = named.take();
    pflow::Text json(pflow::json_text(object));
    pf_drop_value(&object, &pflow::kJsonType);
    pf_json_problem problem{};
    if (pf_json_decode(&json.get(), &ports_, block_, &problem)) return "";
    return std::string(pflow::Text(problem.message).view());
  }
  [[nodiscard]] const void* get() const { return block_; }

 private:
  const pf_type& ports_;
  void* block_;
};

pf_status take_result(const Run& run, const pf_frame& frame) {
  if (frame.info->result_count != 0) {
    const pf_frame_slot& first = frame.info->results[0];
    const void* value = reinterpret_cast<const char*>(&frame) + first.offset;
    if (set_loaded(run.out, *first.type, value, run.in->name)) return PF_DONE;
  }
  return pf_fail(run.call, PF_E_VALUE, "the loader `%s` gives no text", run.loader->name);
}

void ended(void* user, pf_frame* frame, pf_status status) {
  auto* run = static_cast<Run*>(user);
  run->frame = nullptr;
  pf_call* call = run->call;
  run->status = status == PF_DONE ? take_result(*run, *frame) : pf_fail_pending(call);
  if (!run->waits) return;
  status = run->status;
  call->state = nullptr;
  delete run;
  pf_complete(call, status);
}

void cancel(pf_call* call) {
  auto* run = static_cast<Run*>(call->state);
  if (run && run->frame) pf_tool_cancel(run->frame);
}

pf_status start(pf_call* call, const fragment_in* in, fragment_out* out, const Loader& loader) {
  const pf_tool* tool = loader.tool;
  if (tool->input->count == 0)
    return pf_fail(call, PF_E_VALUE, "the loader `%s` takes no text", tool->name);
  Argument argument(*tool->input);
  std::string problem = argument.set(view(in->name).substr(loader.prefix.size() + 1));
  if (!problem.empty())
    return pf_fail(call, PF_E_VALUE, "the loader `%s` does not take one text: %s", tool->name,
                   problem.c_str());
  auto run = std::make_unique<Run>(Run{call, in, out, tool});
  call->state = run.get();
  call->cancel = cancel;
  run->frame = pf_tool_start(call, tool, argument.get(), ended, run.get());
  if (!run->frame) {
    call->state = nullptr;
    return run->status;
  }
  run.release()->waits = true;
  return PF_PENDING;
}

}  // namespace

std::vector<Loader> loaders(const fragment_in* in) {
  std::vector<Loader> all;
  for (const pf_tool* tool : pflow::Elements<const pf_tool*>(in->loaders))
    all.push_back({tool->name, tool});
  for (const pf_package_loader* each = pf_loaders_of_packages; each && each->tool; ++each)
    all.push_back({each->prefix, each->tool});
  return all;
}

std::optional<pf_status> load(pf_call* call, const fragment_in* in, fragment_out* out) {
  std::string_view name = view(in->name);
  size_t colon = name.find(':');
  if (colon == name.npos) return std::nullopt;
  for (const Loader& loader : loaders(in))
    if (loader.prefix == name.substr(0, colon)) return start(call, in, out, loader);
  return std::nullopt;
}

}  // namespace pf_fragments
