// write_csv: the names of the fields, then a line a row.
#include "cell.h"
#include "csv_row.h"
#include "formats.pf.hpp"
#include "line_target.h"

namespace {

class CsvWriter {
 public:
  CsvWriter(pf_call* call, const write_csv_in* in)
      : call_(call), type_(in->type_T), rows_(in->rows), delimiter_(in->delimiter.data[0]) {}

  pf_status write(const pf_str& path);

 private:
  bool header();
  bool row(const void* value);
  void record(const void* value);
  bool map(const void* value);
  void list(const void* value);
  [[nodiscard]] const void* at(size_t index) const {
    return reinterpret_cast<const char*>(rows_.head + 1) + index * type_->size;
  }
  /// The entry of the first row's map with that number.
  [[nodiscard]] const char* entry(const void* map, size_t index) const {
    const auto* head = static_cast<const pf_list*>(map)->head;
    return reinterpret_cast<const char*>(head + 1) + index * type_->element->size;
  }
  [[nodiscard]] static size_t length(const void* list) {
    const auto* head = static_cast<const pf_list*>(list)->head;
    return head ? head->len : 0;
  }
  bool flush() { return target_.add(call_, line_.end()); }

  pf_call* call_;
  const pf_type* type_;
  pf_list rows_;
  char delimiter_;
  pf_formats::CsvLine line_;
  pf_formats::LineTarget target_;
};

bool CsvWriter::header() {
  line_.clear();
  if (type_->kind == PF_RECORD) {
    for (uint32_t i = 0; i < type_->count; ++i) line_.add(type_->fields[i].wire, delimiter_);
    return flush();
  }
  if (type_->kind != PF_MAP || length(&rows_) == 0) return true;
  for (size_t i = 0; i < length(at(0)); ++i)
    line_.add(pflow::view(*reinterpret_cast<const pf_str*>(entry(at(0), i))), delimiter_);
  return flush();
}

void CsvWriter::record(const void* value) {
  for (uint32_t i = 0; i < type_->count; ++i) {
    const pf_field& field = type_->fields[i];
    const void* member = static_cast<const char*>(value) + field.offset;
    line_.add(pf_formats::cell_text(member, field.type).view(), delimiter_);
  }
}

/// By the keys of the first row, which others may lack, but not exceed.
bool CsvWriter::map(const void* value) {
  size_t found = 0;
  auto* head = static_cast<const pf_list*>(value)->head;
  for (size_t i = 0; i < length(at(0)); ++i) {
    const auto* key = reinterpret_cast<const pf_str*>(entry(at(0), i));
    const void* cell = pf_map_find(head, key, type_);
    if (cell) ++found;
    const pf_type* type = type_->element->fields[1].type;
    pflow::Text text = cell ? pf_formats::cell_text(cell, type) : pflow::Text();
    line_.add(text.view(), delimiter_);
  }
  if (found == length(value)) return true;
  for (size_t i = 0; i < length(value); ++i) {
    const auto* key = reinterpret_cast<const pf_str*>(entry(value, i));
    if (pf_map_find(static_cast<const pf_list*>(at(0))->head, key, type_)) continue;
    pf_fail(call_, PF_E_VALUE, "a row has the key `%.*s`, which the first one lacks",
            static_cast<int>(key->len), key->data);
    break;
  }
  return false;
}

void CsvWriter::list(const void* value) {
  const auto* head = static_cast<const pf_list*>(value)->head;
  for (size_t i = 0; i < length(value); ++i) {
    const void* cell = reinterpret_cast<const char*>(head + 1) + i * type_->element->size;
    line_.add(pf_formats::cell_text(cell, type_->element).view(), delimiter_);
  }
}

bool CsvWriter::row(const void* value) {
  line_.clear();
  if (type_->kind == PF_RECORD) {
    record(value);
  } else if (type_->kind == PF_MAP) {
    if (!map(value)) return false;
  } else {
    list(value);
  }
  return flush();
}

pf_status CsvWriter::write(const pf_str& path) {
  if (!target_.open(call_, path, false) || !header()) return PF_FAILED;
  for (size_t i = 0; i < length(&rows_); ++i)
    if (!row(at(i))) return PF_FAILED;
  return target_.finish(call_) ? PF_DONE : PF_FAILED;
}

}  // namespace

pf_status pfn_formats_write_csv(pf_call* call, const write_csv_in* in, write_csv_out* out) {
  if (in->delimiter.len != 1 || strchr("\"\r\n", in->delimiter.data[0]))
    return pf_fail(call, PF_E_VALUE, "`delimiter` is \"%.*s\": expected one character",
                   static_cast<int>(in->delimiter.len), in->delimiter.data);
  uint32_t kind = in->type_T->kind;
  if (kind != PF_RECORD && kind != PF_MAP && kind != PF_LIST)
    return pf_fail(call, PF_E_VALUE,
                   "a row cannot be `%s`: expected a schema, `map<str>` or `[str]`",
                   in->type_T->name);
  if (CsvWriter(call, in).write(in->path) != PF_DONE) return PF_FAILED;
  out->path = pflow::share(in->path);
  return PF_DONE;
}
