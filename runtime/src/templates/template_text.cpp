// A command, address or query as people and tests see it: the text that was written, with the
// values in it. Commands are made in templates/command.cpp.
#include <string.h>

#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"

namespace pflow::rt {
namespace {

constexpr char kVariable[] = "\"${_pflow_";
constexpr char kParameters[] = "\"$@\"";

bool is_plain(pf_str word) {
  constexpr char kPlain[] = "+,-./:=@_%^";
  for (size_t i = 0; i < word.len; ++i) {
    const char c = word.data[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && (c == '\0' || !strchr(kPlain, c)) && static_cast<signed char>(c) >= 0)
      return false;
  }
  return word.len != 0;
}

/// As a shell would read it.
void add_word(Buffer& out, pf_str word) {
  if (is_plain(word)) return out.add(word);
  out.add('\'');
  for (size_t i = 0; i < word.len; ++i) {
    if (word.data[i] == '\'') out.add("'\\'");
    out.add(word.data[i]);
  }
  out.add('\'');
}

class CommandText {
 public:
  explicit CommandText(const pf_cmd& command) : command_(command) {}

  void add_to(Buffer& out) {
    pf_str script = command_.script;
    variables_ = skip_start(script);
    while (script.len != 0) {
      if (begins(script, kParameters)) {
        cut(script, sizeof kParameters - 1);
        add_parameters(out);
      } else if (begins(script, kVariable)) {
        cut(script, sizeof kVariable - 1);
        add_word(out, argument(take_number(script) - 1));
        cut(script, 2);  // `}"`
      } else {
        out.add(script.data[0]);
        cut(script, 1);
      }
    }
  }

 private:
  static bool begins(pf_str text, const char* with) {
    const size_t len = strlen(with);
    return text.len >= len && memcmp(text.data, with, len) == 0;
  }
  static void cut(pf_str& text, size_t count) {
    text.data += count;
    text.len -= count;
  }
  static size_t take_number(pf_str& text) {
    size_t number = 0;
    for (; text.len != 0 && text.data[0] >= '0' && text.data[0] <= '9'; cut(text, 1))
      number = number * 10 + static_cast<size_t>(text.data[0] - '0');
    return number;
  }

  /// `_pflow_1=${1} … ;set --;` or `… ;shift 1;`: how many variables there are.
  static size_t skip_start(pf_str& script) {
    size_t count = 0;
    for (; begins(script, "_pflow_"); ++count) {
      while (script.len != 0 && script.data[0] != '}') cut(script, 1);
      cut(script, 2);
    }
    if (count == 0) return 0;
    while (script.len != 0 && script.data[0] != ';') cut(script, 1);
    cut(script, 1);
    return count;
  }

  [[nodiscard]] pf_str argument(size_t index) const {
    const pf_list_head* all = command_.args.head;
    return all && index < all->len ? *static_cast<const pf_str*>(list_at(all, index, &kTextType))
                                   : pf_str{};
  }

  void add_parameters(Buffer& out) const {
    const pf_list_head* all = command_.args.head;
    for (size_t i = variables_; all && i < all->len; ++i) {
      if (i != variables_) out.add(' ');
      add_word(out, argument(i));
    }
  }

  const pf_cmd& command_;
  size_t variables_ = 0;
};

}  // namespace
}  // namespace pflow::rt

void pf_template_text(pf_str* out, const void* value, const pf_type* type) {
  using namespace pflow::rt;
  if (type->kind != PF_CMD) {
    *out = type->kind == PF_SQL ? static_cast<const pf_sql*>(value)->text
                                : *static_cast<const pf_str*>(value);
    return pf_str_retain(*out);
  }
  Buffer text;
  CommandText(*static_cast<const pf_cmd*>(value)).add_to(text);
  *out = text.take();
}
