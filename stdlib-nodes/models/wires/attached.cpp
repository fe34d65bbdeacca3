#include "attached.h"

namespace pf_models {

std::string base64_of(const Attachment& attachment) {
  constexpr pf_type kBytes = {PF_BYTES, sizeof(pf_str), alignof(pf_str), 1,      "bytes", nullptr,
                              0,        nullptr,        nullptr,         nullptr};
  pf_str text{};
  pf_to_text(&text, &attachment.data.get(), &kBytes);
  return std::string(pflow::Text(text).view());
}

std::string address_of(const Attachment& attachment) {
  if (!attachment.url.empty()) return attachment.url;
  return "data:" + attachment.media_type + ";base64," + base64_of(attachment);
}

MediaKind kind_of(const Attachment& attachment) {
  return media_kind(attachment.media_type).value_or(MediaKind::Image);
}

std::string file_name_of(const Attachment& attachment) {
  if (!attachment.name.empty()) return attachment.name;
  return "file." + attachment.media_type.substr(attachment.media_type.find('/') + 1);
}

}  // namespace pf_models
