#include "frontend/query/signature_parts.h"

namespace pflow::query {
namespace {

constexpr size_t kWidth = 96;

}  // namespace

std::vector<SignaturePart> parameters_of(std::string_view signature) {
  std::vector<SignaturePart> found;
  size_t open = signature.find('(');
  if (open == std::string_view::npos) return found;
  int depth = 0;
  bool quoted = false;
  size_t begin = open + 1;
  for (size_t i = open; i < signature.size(); ++i) {
    char c = signature[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    bool arrow = i > 0 && (signature[i - 1] == '-' || signature[i - 1] == '=');
    if (c == '(' || c == '[' || c == '{' || c == '<') ++depth;
    if (c == '>' && !arrow) --depth;
    bool last = (c == ')' || c == ']' || c == '}') && --depth == 0;
    if (!last && !(c == ',' && depth == 1)) continue;
    if (begin < i) found.push_back({begin, i});
    begin = i + 2;
    if (last) break;
  }
  return found;
}

std::string laid_out(std::string_view signature) {
  const std::vector<SignaturePart> parts = parameters_of(signature);
  if (signature.size() <= kWidth || parts.empty()) return std::string(signature);
  std::string text(signature.substr(0, parts.front().begin));
  for (const SignaturePart& part : parts) {
    text += "\n  ";
    text += signature.substr(part.begin, part.end - part.begin);
    if (part.end != parts.back().end) text += ',';
  }
  text += '\n';
  return text.append(signature.substr(parts.back().end));
}

}  // namespace pflow::query
