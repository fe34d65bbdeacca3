// write_csv: the names of the fields, then a line a row, of a stream pulled to its end.
#include "cell.h"
#include "csv_row.h"
#include "formats.pf.hpp"
#include "line_target.h"

namespace {

/// One run; the outputs lie in the caller's frame.
class CsvWriting {
 public:
  CsvWriting(const write_csv_in& in, write_csv_out& out)
      : type_(in.type_T), delimiter_(in.delimiter.data[0]), path_(in.path), out_(out) {}
  CsvWriting(const CsvWriting&) = delete;
  CsvWriting& operator=(const CsvWriting&) = delete;
  ~CsvWriting() {
    if (first_.head) pf_drop_value(&first_, type_);
  }

  // What follows returns false after `call` was failed.
  bool begin(pf_call* call);
  bool row(pf_call* call, const void* value);
  bool finish(pf_call* call);

 private:
  void names_of_first(const void* map);
  void record(const void* value);
  bool map(pf_call* call, const void* value);
  void list(const void* value);
  [[nodiscard]] static pf_list_head* head_of(const void* list) {
    return static_cast<const pf_list*>(list)->head;
  }
  [[nodiscard]] static size_t length(const void* list) {
    return head_of(list) ? head_of(list)->len : 0;
  }
  [[nodiscard]] const char* item(const void* list, size_t index) const {
    return reinterpret_cast<const char*>(head_of(list) + 1) + index * type_->element->size;
  }
  bool flush(pf_call* call) { return target_.add(call, line_.end()); }

  const pf_type* type_;
  char delimiter_;
  pf_list first_{};  ///< the first row, when rows are maps: its keys are the columns
  bool begun_ = false;
  pf_formats::CsvLine line_;
  pf_formats::LineTarget target_;
  const pf_str& path_;
  write_csv_out& out_;
};

bool CsvWriting::begin(pf_call* call) {
  if (!target_.open(call, path_, false)) return false;
  if (type_->kind != PF_RECORD) return true;
  line_.clear();
  for (uint32_t i = 0; i < type_->count; ++i) line_.add(type_->fields[i].wire, delimiter_);
  return flush(call);
}

void CsvWriting::names_of_first(const void* map) {
  first_ = *static_cast<const pf_list*>(map);
  pf_retain_value(&first_, type_);
  line_.clear();
  for (size_t i = 0; i < length(&first_); ++i)
    line_.add(pflow::view(*reinterpret_cast<const pf_str*>(item(&first_, i))), delimiter_);
}

void CsvWriting::record(const void* value) {
  for (uint32_t i = 0; i < type_->count; ++i) {
    const pf_field& field = type_->fields[i];
    const void* member = static_cast<const char*>(value) + field.offset;
    line_.add(pf_formats::cell_text(member, field.type).view(), delimiter_);
  }
}

/// By the keys of the first row, which others may lack, but not exceed.
bool CsvWriting::map(pf_call* call, const void* value) {
  size_t found = 0;
  for (size_t i = 0; i < length(&first_); ++i) {
    const auto* key = reinterpret_cast<const pf_str*>(item(&first_, i));
    const void* cell = pf_map_find(head_of(value), key, type_);
    if (cell) ++found;
    const pf_type* type = type_->element->fields[1].type;
    pflow::Text text = cell ? pf_formats::cell_text(cell, type) : pflow::Text();
    line_.add(text.view(), delimiter_);
  }
  if (found == length(value)) return true;
  for (size_t i = 0; i < length(value); ++i) {
    const auto* key = reinterpret_cast<const pf_str*>(item(value, i));
    if (pf_map_find(first_.head, key, type_)) continue;
    pf_fail(call, PF_E_VALUE, "a row has the key `%.*s`, which the first one lacks",
            static_cast<int>(key->len), key->data);
    break;
  }
  return false;
}

void CsvWriting::list(const void* value) {
  for (size_t i = 0; i < length(value); ++i)
    line_.add(pf_formats::cell_text(item(value, i), type_->element).view(), delimiter_);
}

bool CsvWriting::row(pf_call* call, const void* value) {
  if (!begun_ && type_->kind == PF_MAP) {
    names_of_first(value);
    if (!flush(call)) return false;
  }
  begun_ = true;
  line_.clear();
  if (type_->kind == PF_RECORD) {
    record(value);
  } else if (type_->kind == PF_MAP) {
    if (!map(call, value)) return false;
  } else {
    list(value);
  }
  ++out_.count;
  return flush(call);
}

bool CsvWriting::finish(pf_call* call) {
  if (!target_.finish(call)) return false;
  out_.path = pflow::share(path_);
  return true;
}

pf_status take(pf_call* call, void* state, const void* row) {
  return static_cast<CsvWriting*>(state)->row(call, row) ? PF_DONE : PF_FAILED;
}

pf_status end(pf_call* call, void* state, pf_status status) {
  auto* writing = static_cast<CsvWriting*>(state);
  if (status == PF_DONE && !writing->finish(call)) status = PF_FAILED;
  pflow::destroy(writing);
  return status;
}

constexpr pf_consumer kWriting = {take, end};

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
  auto* writing = pflow::make<CsvWriting>(*in, *out);
  if (writing->begin(call)) return pf_stream_consume(call, in->rows, &kWriting, writing);
  pflow::destroy(writing);
  return PF_FAILED;
}
