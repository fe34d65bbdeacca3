#include "message.h"

namespace pf_mcp {

bool Message::read(std::string_view text) {
  if (!whole_.read(text) || whole_.get().kind != PF_JSON_OBJECT) return false;
  id_ = member(&whole_.get(), "id");
  if (id_ != nullptr && id_->kind == PF_JSON_NULL) id_ = nullptr;
  return result() != nullptr || error() != nullptr || !method().empty();
}

int64_t Message::answers() const {
  return id_ != nullptr && id_->kind == PF_JSON_INT ? id_->integer : 0;
}

int64_t error_code(const pf_json* error) {
  const pf_json* code = member(error, "code");
  return code != nullptr && code->kind == PF_JSON_INT ? code->integer : 0;
}

std::string error_text(const pf_json* error) {
  std::string text(text_member(error, "message"));
  if (text.empty()) text = "an error without a message";
  return text + " (" + std::to_string(error_code(error)) + ")";
}

std::string request(int64_t id, std::string_view method, std::string_view params) {
  return "{\"jsonrpc\":\"2.0\",\"id\":" + std::to_string(id) + ",\"method\":\"" +
         std::string(method) + "\",\"params\":{" + std::string(params) + "}}";
}

std::string notification(std::string_view method, std::string_view params) {
  return "{\"jsonrpc\":\"2.0\",\"method\":\"" + std::string(method) + "\",\"params\":{" +
         std::string(params) + "}}";
}

}  // namespace pf_mcp
