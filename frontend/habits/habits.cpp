#include "frontend/habits/habits.h"

#include <algorithm>
#include <array>

namespace pflow::habits {

namespace {

struct Value {
  std::string_view written, here;
};
struct Type {
  std::string_view written;
  size_t parts;
  std::string_view here;
};

constexpr Word kWords[] = {
#define PFLOW_WORD(written, here, help) {written, here, help, false},
#define PFLOW_SOFT_WORD(written, here, help) {written, here, help, true},
#include "frontend/habits/words.def"
};

constexpr Name kNames[] = {
#define PFLOW_NAME(written, here) {written, here, {}},
#define PFLOW_NAME_HINT(written, help) {written, {}, help},
#include "frontend/habits/names.def"
};

constexpr Value kValues[] = {
#define PFLOW_VALUE(written, here) {written, here},
#include "frontend/habits/values.def"
};

constexpr Type kTypes[] = {
#define PFLOW_TYPE(written, parts, here) {written, parts, here},
#include "frontend/habits/types.def"
};

/// By code point.
constexpr auto kCharacters = [] {
  std::array rows = {
#define PFLOW_CHARACTER(code, name, here) Character{code, name, here},
#include "frontend/habits/characters.def"
  };
  std::ranges::sort(rows, {}, &Character::code);
  return rows;
}();

template <typename Row, size_t Size>
const Row* find_row(const Row (&rows)[Size], std::string_view written) {
  for (const Row& row : rows)
    if (row.written == written) return &row;
  return nullptr;
}

}  // namespace

const Word* find_word(std::string_view written) { return find_row(kWords, written); }

const Name* find_name(std::string_view written) { return find_row(kNames, written); }

std::string_view find_value(std::string_view written) {
  const Value* found = find_row(kValues, written);
  return found != nullptr ? found->here : std::string_view();
}

std::string_view find_type(std::string_view written, size_t parts) {
  for (const Type& row : kTypes)
    if (row.written == written && row.parts == parts) return row.here;
  return {};
}

const Character* find_character(uint32_t code) {
  const auto* row = std::ranges::lower_bound(kCharacters, code, {}, &Character::code);
  return row != kCharacters.end() && row->code == code ? row : nullptr;
}

}  // namespace pflow::habits
