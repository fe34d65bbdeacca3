#include "loader.h"

#include <memory>
#include <string>

#include "pflow/json.hpp"

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

const pf_str* text_of(const pf_frame& run) {
  if (run.info->result_count == 0) return nullptr;
  const pf_frame_slot& first = run.info->results[0];
  if (first.type->kind != PF_STR) return nullptr;
  return reinterpret_cast<const pf_str*>(reinterpret_cast<const char*>(&run) + first.offset);
}

pf_status take_result(const Run& run, const pf_frame& frame) {
  const pf_str* text = text_of(frame);
  if (!text)
    return pf_fail(run.call, PF_E_VALUE, "the loader `%s` gives no text", run.loader->name);
  run.out->text = pflow::share(*text);
  run.out->source = pflow::share(run.in->name);
  return PF_DONE;
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

}  // namespace

std::optional<pf_status> load(pf_call* call, const fragment_in* in, fragment_out* out) {
  std::string_view name = view(in->name);
  size_t colon = name.find(':');
  if (colon == name.npos) return std::nullopt;
  for (const pf_tool* loader : pflow::Elements<const pf_tool*>(in->loaders)) {
    if (loader->name != name.substr(0, colon)) continue;
    if (loader->input->count == 0)
      return pf_fail(call, PF_E_VALUE, "the loader `%s` takes no text", loader->name);
    Argument argument(*loader->input);
    if (std::string problem = argument.set(name.substr(colon + 1)); !problem.empty())
      return pf_fail(call, PF_E_VALUE, "the loader `%s` does not take one text: %s", loader->name,
                     problem.c_str());
    auto run = std::make_unique<Run>(Run{call, in, out, loader});
    call->state = run.get();
    call->cancel = cancel;
    run->frame = pf_tool_start(call, loader, argument.get(), ended, run.get());
    if (!run->frame) {
      call->state = nullptr;
      return run->status;
    }
    run.release()->waits = true;
    return PF_PENDING;
  }
  return std::nullopt;
}

}  // namespace pf_fragments
