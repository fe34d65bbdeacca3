#include "columns.h"

#include <cmath>
#include <string_view>

namespace pf_database {
namespace {

/// What a column of that name becomes; null: nothing.
const pf_type* type_of(const pf_type* row, std::string_view name) {
  if (row->kind == PF_MAP) return row->element->fields[1].type;
  if (row->kind != PF_RECORD) return &pflow::kJsonType;
  for (uint32_t i = 0; i < row->count; ++i)
    if (name == row->fields[i].wire) return row->fields[i].type;
  return nullptr;
}

const pf_type* unwrapped(const pf_type* type) {
  while (type->kind == PF_OPT) type = type->element;
  return type;
}

pf_json boolean(bool value) {
  pf_json made = {};
  made.kind = PF_JSON_BOOL;
  made.boolean = value;
  return made;
}

pf_json number(double value) {
  pf_json made = {};
  made.kind = PF_JSON_FLOAT;
  made.number = value;
  return made;
}

constexpr pf_type kBytes = {PF_BYTES, sizeof(pf_str), alignof(pf_str), 1,      "bytes", nullptr,
                            0,        nullptr,        nullptr,         nullptr};

/// A cell on its way to a type; empty, or what is wrong with it.
struct Reader {
  const pf_type* type;
  const std::string& name;
  pf_json& out;

  [[nodiscard]] std::string holds(const std::string& what) const {
    return "the column `" + name + "` holds " + what;
  }

  std::string operator()(std::monostate) const { return {}; }

  std::string operator()(int64_t value) const {
    if (type->kind != PF_BOOL) {
      out = pflow::json(value);
      return {};
    }
    if (value != 0 && value != 1)
      return holds(std::to_string(value)) + ": expected bool, which is 0 or 1";
    out = boolean(value != 0);
    return {};
  }

  /// A column of floats holds whole numbers, and so bools, as such.
  std::string operator()(double value) const {
    constexpr double kExact = 9007199254740992;  // 2^53
    bool whole = std::trunc(value) == value && std::fabs(value) <= kExact;
    bool reads_whole = type->kind == PF_INT || type->kind == PF_BOOL;
    if (whole && reads_whole) return (*this)(static_cast<int64_t>(value));
    out = number(value);
    return {};
  }

  /// What is no parameter of a query goes in as `to_json` writes it.
  std::string operator()(const std::string& value) const {
    pflow::Text text(pflow::text(value));
    bool is_json = type->kind == PF_LIST || type->kind == PF_MAP || type->kind == PF_RECORD ||
                   type->kind == PF_SUM || (type->kind == PF_DURATION && value.starts_with('"'));
    if (!is_json) {
      out = pflow::json(text.take());
      return {};
    }
    pf_json_problem problem{};
    if (pf_json_decode(&text.get(), &pflow::kJsonType, &out, &problem)) return {};
    std::string wrong = holds("no JSON, which ") + type->name + " needs: ";
    wrong += pflow::view(problem.message);
    pf_str_release(problem.message);
    return wrong;
  }

  std::string operator()(const Blob& blob) const {
    if (type->kind != PF_BYTES)
      return holds("bytes; ask for `hex(") + name + ")`, or for `bytes` in a schema";
    pflow::Text bytes(pflow::text(blob.bytes));
    pf_str base64;
    pf_to_text(&base64, &bytes.get(), &kBytes);
    out = pflow::json(base64);
    return {};
  }
};

}  // namespace

Columns::Columns(const std::vector<std::string>& names, const pf_type* row) {
  for (const std::string& name : names) columns_.push_back({name, type_of(row, name)});
}

std::string Columns::problem() const {
  for (size_t i = 0; i < columns_.size(); ++i)
    for (size_t k = 0; k < i; ++k)
      if (columns_[i].type && columns_[i].name == columns_[k].name)
        return "two columns have the name `" + columns_[i].name +
               "`: give one another with `as`, as in `select a.id, b.id as b_id`";
  return {};
}

std::string Columns::row(const std::vector<Cell>& cells, pf_json& out) const {
  pflow::JsonObject object;
  for (size_t i = 0; i < cells.size(); ++i) {
    const Column& column = columns_[i];
    if (!column.type) continue;
    const pf_type* type = unwrapped(column.type);
    pf_json value{};
    std::string wrong = std::visit(Reader{type, column.name, value}, cells[i]);
    if (!wrong.empty()) return wrong;
    object.add(pflow::text(column.name), value);
  }
  out = object.take();
  return {};
}

}  // namespace pf_database
