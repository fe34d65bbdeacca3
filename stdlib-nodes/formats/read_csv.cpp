// read_csv: the columns of the first row, then a value of the schema's type a row.
#include <stdio.h>

#include "cell.h"
#include "csv_row.h"
#include "formats.pf.hpp"
#include "line_source.h"

namespace {

using pf_formats::CsvRow;

class CsvReader {
 public:
  CsvReader(pf_call* call, int fd, const read_csv_in* in)
      : call_(call), in_(in), type_(in->type_T), source_(fd, in->path, call->site, true) {}
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;
  ~CsvReader() {
    free(columns_);
    if (names_.head) pf_list_free(names_.head, &pflow::kStr);
  }

  pf_status read(pf_list* rows);

 private:
  static constexpr size_t kAbsent = ~size_t{0};

  pf_status next_row();
  pf_status read_names();
  pf_status find_columns();
  pf_status absent_column(const char* name);
  pf_status add_row(pf_list* rows);
  pf_status fill_record(void* out);
  pf_status fill_missing(const pf_field& field, void* out);
  pf_status fill_map(void* out);
  pf_status fill_list(void* out);
  pf_status bad_cell(size_t column, std::string_view name, const pf_type* type);
  pf_status fail_at(size_t line, const char* what);

  pf_call* call_;
  const read_csv_in* in_;
  const pf_type* type_;
  pf_formats::LineSource source_;
  CsvRow row_;
  size_t row_line_ = 0;        ///< where it begins
  size_t width_ = kAbsent;     ///< fields of every row
  size_t* columns_ = nullptr;  ///< of each field of a record
  pf_list names_{};            ///< of the columns
};

pf_status CsvReader::fail_at(size_t line, const char* what) {
  return pf_fail(call_, PF_E_PARSE, PF_AT_LINE ": %s", static_cast<int>(source_.path().size()),
                 source_.path().data(), line, what);
}

/// The next row; blank lines are none, but in a file of one column empty fields.
pf_status CsvReader::next_row() {
  for (;;) {
    row_.clear();
    CsvRow::Result result = CsvRow::OpenQuote;
    for (bool first = true; result == CsvRow::OpenQuote; first = false) {
      pf_str text;
      pf_status status = source_.next(call_, &text);
      if (status == PF_END && !first) return fail_at(row_line_, "a quoted field has no end");
      if (status != PF_DONE) return status;
      pflow::Text line(text);
      std::string_view shown = line.view();
      if (first) row_line_ = source_.line();
      result = row_.read(shown, in_->delimiter.data[0]);
    }
    if (result == CsvRow::BehindQuote) return fail_at(row_line_, "text follows a closing quote");
    if (!row_.is_blank() || width_ == 1) return PF_DONE;
  }
}

pf_status CsvReader::read_names() {
  pf_status status = next_row();
  if (status != PF_DONE) return status;
  width_ = row_.size();
  pflow::TextList names;
  for (size_t i = 0; i < width_; ++i) names.add(row_[i]);
  names_ = names.take();
  return PF_DONE;
}

pf_status CsvReader::absent_column(const char* name) {
  pf_fail(call_, PF_E_SCHEMA, "`%.*s` has no column `%s`", static_cast<int>(source_.path().size()),
          source_.path().data(), name);
  constexpr size_t kShown = 8;
  pflow::TextList shown;
  for (const pf_str& column : pflow::Elements<pf_str>(names_)) {
    if (shown.get().head && shown.get().head->len == kShown) break;
    shown.add(pflow::share(column));
  }
  pf_list listed = shown.take();
  pflow::Text text(pf_json_text(&listed, &pflow::kTexts, 0));
  pf_fail_help(call_, "its columns are %.*s", static_cast<int>(text.view().size()),
               text.view().data());
  if (listed.head) pf_list_free(listed.head, &pflow::kStr);
  return PF_FAILED;
}

/// Which column each field of the record is: the one of its name, or its own place.
pf_status CsvReader::find_columns() {
  columns_ = static_cast<size_t*>(malloc((type_->count + 1) * sizeof(size_t)));
  if (!columns_) pf_out_of_memory();
  pflow::Elements<pf_str> names(names_);
  for (uint32_t i = 0; i < type_->count; ++i) {
    const pf_field& field = type_->fields[i];
    columns_[i] = in_->header ? kAbsent : i;
    for (size_t at = 0; at < names.size(); ++at)
      if (pflow::view(names[at]) == field.wire) columns_[i] = at;
    bool needed = !field.default_value && field.type->kind != PF_OPT;
    if (columns_[i] == kAbsent && needed) return absent_column(field.wire);
  }
  if (!in_->header) width_ = type_->count;
  return PF_DONE;
}

pf_status CsvReader::bad_cell(size_t column, std::string_view name, const pf_type* type) {
  constexpr size_t kShown = 40;
  std::string_view cell = row_[column];
  auto shown = static_cast<int>(cell.size() < kShown ? cell.size() : kShown);
  return pf_fail(call_, PF_E_SCHEMA, PF_AT_LINE ", column `%.*s`: expected %s, found `%.*s%s`",
                 static_cast<int>(source_.path().size()), source_.path().data(), row_line_,
                 static_cast<int>(name.size()), name.data(), type->name, shown, cell.data(),
                 cell.size() > kShown ? "..." : "");
}

pf_status CsvReader::fill_missing(const pf_field& field, void* out) {
  if (!field.default_value || !field.default_value(out)) return PF_DONE;
  pf_error_value error{};
  if (pf_error_take(&error)) return pf_fail(call_, PF_E_CANCELLED, "the flow was cancelled");
  pf_fail(call_, PF_E_VALUE, "the default of `%s` failed: %.*s", field.name,
          static_cast<int>(error.message.len), error.message.data);
  pf_str_release(error.message);
  pf_str_release(error.kind);
  pf_str_release(error.node);
  return PF_FAILED;
}

pf_status CsvReader::fill_record(void* out) {
  for (uint32_t i = 0; i < type_->count; ++i) {
    const pf_field& field = type_->fields[i];
    void* to = static_cast<char*>(out) + field.offset;
    if (columns_[i] == kAbsent) {
      if (fill_missing(field, to) != PF_DONE) return PF_FAILED;
    } else if (!pf_formats::read_cell(row_[columns_[i]], field.type, to)) {
      return bad_cell(columns_[i], field.wire, field.type);
    }
  }
  return PF_DONE;
}

pf_status CsvReader::fill_map(void* out) {
  auto* map = static_cast<pf_list*>(out);
  const pf_type* value = type_->element->fields[1].type;
  pflow::Elements<pf_str> names(names_);
  for (size_t i = 0; i < row_.size(); ++i) {
    alignas(16) char room[64] = {};
    if (!pf_formats::read_cell(row_[i], value, room))
      return bad_cell(i, pflow::view(names[i]), value);
    pf_str key = pflow::share(names[i]);
    map->head = static_cast<pf_list_head*>(pf_map_set(map->head, &key, room, type_));
  }
  return PF_DONE;
}

pf_status CsvReader::fill_list(void* out) {
  auto* list = static_cast<pf_list*>(out);
  for (size_t i = 0; i < row_.size(); ++i) {
    alignas(16) char room[64] = {};
    if (!pf_formats::read_cell(row_[i], type_->element, room)) {
      char number[24];
      int len = snprintf(number, sizeof number, "%zu", i + 1);
      return bad_cell(i, {number, static_cast<size_t>(len)}, type_->element);
    }
    list->head = static_cast<pf_list_head*>(pf_list_push(list->head, room, type_->element));
  }
  return PF_DONE;
}

pf_status CsvReader::add_row(pf_list* rows) {
  if (width_ != kAbsent && row_.size() != width_)
    return pf_fail(call_, PF_E_PARSE, PF_AT_LINE ": expected %zu fields, found %zu",
                   static_cast<int>(source_.path().size()), source_.path().data(), row_line_,
                   width_, row_.size());
  width_ = row_.size();
  void* value = pflow::zeroed(type_->size);
  pf_status status = type_->kind == PF_RECORD ? fill_record(value)
                     : type_->kind == PF_MAP  ? fill_map(value)
                                              : fill_list(value);
  if (status == PF_DONE)
    rows->head = static_cast<pf_list_head*>(pf_list_push(rows->head, value, type_));
  else
    pf_drop_value(value, type_);
  free(value);
  return status;
}

pf_status CsvReader::read(pf_list* rows) {
  if (in_->header) {
    pf_status status = read_names();
    if (status == PF_FAILED) return status;
  }
  if (type_->kind == PF_RECORD && (!in_->header || names_.head) && find_columns() != PF_DONE)
    return PF_FAILED;
  for (;;) {
    pf_status status = next_row();
    if (status == PF_END) return PF_DONE;
    if (status != PF_DONE || add_row(rows) != PF_DONE) return PF_FAILED;
  }
}

/// What rows can be.
bool is_row(const pf_type* type, bool header) {
  constexpr uint32_t kMaxCell = 64;
  if (type->kind == PF_RECORD) return true;
  if (type->kind == PF_MAP) return header && type->element->fields[1].type->size <= kMaxCell;
  return type->kind == PF_LIST && type->element->size <= kMaxCell;
}

}  // namespace

pf_status pfn_formats_read_csv(pf_call* call, const read_csv_in* in, read_csv_out* out) {
  if (in->delimiter.len != 1 || strchr("\"\r\n", in->delimiter.data[0]))
    return pf_fail(call, PF_E_VALUE, "`delimiter` is \"%.*s\": expected one character",
                   static_cast<int>(in->delimiter.len), in->delimiter.data);
  if (!is_row(in->type_T, in->header))
    return pf_fail(call, PF_E_VALUE, "a row cannot be `%s`: expected a schema, `map<str>`%s",
                   in->type_T->name, in->header ? " or `[str]`" : " with a header, or `[str]`");
  int fd = pf_formats::open_source(call, in->path);
  if (fd < 0) return PF_FAILED;
  return CsvReader(call, fd, in).read(&out->rows);
}
