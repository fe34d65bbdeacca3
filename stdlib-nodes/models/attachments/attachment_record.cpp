#include "attachment_record.h"

#include "media_type.h"

namespace pf_models {

using pflow::view;

std::string read_attachment(const ::Attachment& from, std::vector<Attachment>& to) {
  bool held = from.data.has && from.data.value.len != 0, far = from.url.len != 0;
  if (held == far)
    return held ? "holds bytes and an address" : "holds neither bytes nor an address";
  if (far && !is_web_address(view(from.url)))
    return "is at `" + std::string(view(from.url)) +
           "`; expected an address that begins with http:// or https://";
  if (from.media_type.len == 0) return "has no media type";
  to.push_back({.media_type = canonical_media_type(view(from.media_type)),
                .name = std::string(view(from.name)),
                .data = held ? pflow::Text(pflow::share(from.data.value)) : pflow::Text(),
                .url = std::string(view(from.url))});
  return "";
}

::Attachment attachment_record(const Attachment& from) {
  ::Attachment made{};
  made.media_type = pflow::text(from.media_type);
  made.name = pflow::text(from.name);
  made.data = {pflow::share(from.data.get()), from.url.empty()};
  made.url = pflow::text(from.url);
  return made;
}

}  // namespace pf_models
