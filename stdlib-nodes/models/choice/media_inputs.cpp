#include "media_inputs.h"

#include <algorithm>
#include <array>

#include "pflow/shown_url.hpp"
#include "stdlib-nodes/models/attachments/media_type.h"
#include "stdlib-nodes/models/message.h"

namespace pf_models {
namespace {

constexpr size_t kMegabyte = 1'000'000;

struct MediaInput {
  const WireForm* wire;
  MediaKind kind;
  std::string_view types;
  size_t megabytes;
  bool addresses;
};

constexpr auto kInputs = std::to_array<MediaInput>({
#define PFLOW_MEDIA_INPUT(wire, kind, types, megabytes, addresses) \
  {&k##wire, MediaKind::kind, types, megabytes, addresses},
#include "media_inputs.def"
});

bool takes(const ModelFacts& facts, const MediaInput& input) {
  return input.wire == facts.wire && (facts.inputs & static_cast<uint8_t>(input.kind)) != 0;
}

/// The row by which the model takes the type; null when it does not.
const MediaInput* find_input(const ModelFacts& facts, const std::string& type) {
  for (const MediaInput& input : kInputs)
    if (takes(facts, input) && input.types.find(type + " ") != input.types.npos) return &input;
  return nullptr;
}

std::string all_types(const ModelFacts& facts) {
  std::string all;
  for (const MediaInput& input : kInputs)
    if (takes(facts, input)) all += input.types;
  while (all.ends_with(' ')) all.pop_back();
  for (size_t at = 0; (at = all.find(' ', at)) != all.npos; at += 2) all.replace(at, 1, ", ");
  return all;
}

/// By which an error calls it.
std::string shown(const Attachment& attachment) {
  if (attachment.url.empty())
    return attachment.name.empty() ? "an attachment" : "`" + attachment.name + "`";
  pflow::ShownUrl url = pflow::shown_url(attachment.url);
  return "`" + std::string(url.scheme) + std::string(url.rest) + "`";
}

}  // namespace

size_t most_attached() {
  return std::ranges::max(kInputs, {}, &MediaInput::megabytes).megabytes * kMegabyte;
}

std::optional<Refusal> check_attachment(const Model& model, std::string_view name,
                                        const Attachment& attachment) {
  std::string what = shown(attachment), who = "the model `" + std::string(name) + "`";
  const MediaInput* input = find_input(*model.facts, attachment.media_type);
  if (!input) {
    std::string types = all_types(*model.facts);
    std::string takes = types.empty() ? " takes no attachments" : " takes " + types;
    return Refusal{what + " is " + attachment.media_type + "; " + who + takes, "", false};
  }
  if (!attachment.url.empty() && !input->addresses)
    return Refusal{
        who + " takes no addresses of " + attachment.media_type + ", and " + what + " is one",
        "fetch it before: `http_bytes(…) >> attach() -> file`", false};
  size_t size = attachment.data.get().len;
  if (size <= input->megabytes * kMegabyte) return std::nullopt;
  return Refusal{what + " has " + std::to_string(size) + " bytes; " + who + " takes up to " +
                     std::to_string(input->megabytes) + " MB of " + attachment.media_type,
                 "", false};
}

}  // namespace pf_models
