// read_csv: the columns of the first row, then a stream of a value of the schema's type a row.
#include <stdio.h>

#include "cell.h"
#include "csv_row.h"
#include "formats.pf.hpp"
#include "line_source.h"

namespace {

using pf_formats::CsvRow;

class CsvRows : public pflow::Stream<CsvRows, void> {
 public:
  CsvRows(pf_call* call, int fd, const read_csv_in* in)
      : type_(in->type_T),
        delimiter_(in->delimiter.data[0]),
        header_(in->header),
        source_(fd, in->path, call->site, true) {}
  CsvRows(const CsvRows&) = delete;
  CsvRows& operator=(const CsvRows&) = delete;
  ~CsvRows() {
    free(columns_);
    if (names_.head) pf_list_free(names_.head, &pflow::kStr);
  }

  /// Reads the names and finds the columns; PF_FAILED after `call` was failed.
  pf_status begin(pf_call* call);
  pf_status next(pf_call* call, void* out);
  [[nodiscard]] int file() const { return source_.file(); }
  [[nodiscard]] pf_place at() const { return source_.at(); }
  void go_to(const pf_place& place) { source_.go_to(place); }
  void begin_at(int64_t offset) { source_.begin_at(offset); }

 private:
  static constexpr size_t kAbsent = ~size_t{0};

  pf_status next_row();
  pf_status read_names();
  pf_status find_columns();
  pf_status absent_column(const char* name);
  pf_status fill(void* out);
  pf_status fill_record(void* out);
  pf_status fill_missing(const pf_field& field, void* out);
  pf_status fill_map(void* out);
  pf_status fill_list(void* out);
  pf_status bad_cell(size_t column, std::string_view name, const pf_type* type);
  pf_status fail_at(size_t line, const char* what);

  pf_call* call_ = nullptr;  ///< that is served
  const pf_type* type_;
  char delimiter_;
  bool header_;
  pf_formats::LineSource source_;
  CsvRow row_;
  size_t row_line_ = 0;        ///< where it begins
  size_t width_ = kAbsent;     ///< fields of every row
  size_t* columns_ = nullptr;  ///< of each field of a record
  pf_list names_{};            ///< of the columns
};

pf_status CsvRows::fail_at(size_t line, const char* what) {
  return pf_fail(call_, PF_E_PARSE, PF_AT_LINE ": %s", static_cast<int>(source_.path().size()),
                 source_.path().data(), line, what);
}

/// The next row; blank lines are none, but in a file of one column empty fields.
pf_status CsvRows::next_row() {
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
      result = row_.read(shown, delimiter_);
    }
    if (result == CsvRow::BehindQuote) return fail_at(row_line_, "text follows a closing quote");
    if (!row_.is_blank() || width_ == 1) return PF_DONE;
  }
}

pf_status CsvRows::read_names() {
  pf_status status = next_row();
  if (status != PF_DONE) return status;
  width_ = row_.size();
  pflow::TextList names;
  for (size_t i = 0; i < width_; ++i) names.add(row_[i]);
  names_ = names.take();
  return PF_DONE;
}

pf_status CsvRows::absent_column(const char* name) {
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
pf_status CsvRows::find_columns() {
  columns_ = static_cast<size_t*>(malloc((type_->count + 1) * sizeof(size_t)));
  if (!columns_) pf_out_of_memory();
  pflow::Elements<pf_str> names(names_);
  for (uint32_t i = 0; i < type_->count; ++i) {
    const pf_field& field = type_->fields[i];
    columns_[i] = header_ ? kAbsent : i;
    for (size_t at = 0; at < names.size(); ++at)
      if (pflow::view(names[at]) == field.wire) columns_[i] = at;
    bool needed = !field.default_value && field.type->kind != PF_OPT;
    if (columns_[i] == kAbsent && needed) return absent_column(field.wire);
  }
  if (!header_) width_ = type_->count;
  return PF_DONE;
}

pf_status CsvRows::bad_cell(size_t column, std::string_view name, const pf_type* type) {
  constexpr size_t kShown = 40;
  std::string_view cell = row_[column];
  auto shown = static_cast<int>(cell.size() < kShown ? cell.size() : kShown);
  return pf_fail(call_, PF_E_SCHEMA, PF_AT_LINE ", column `%.*s`: expected %s, found `%.*s%s`",
                 static_cast<int>(source_.path().size()), source_.path().data(), row_line_,
                 static_cast<int>(name.size()), name.data(), type->name, shown, cell.data(),
                 cell.size() > kShown ? "..." : "");
}

pf_status CsvRows::fill_missing(const pf_field& field, void* out) {
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

pf_status CsvRows::fill_record(void* out) {
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

pf_status CsvRows::fill_map(void* out) {
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

pf_status CsvRows::fill_list(void* out) {
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

pf_status CsvRows::fill(void* out) {
  if (width_ != kAbsent && row_.size() != width_)
    return pf_fail(call_, PF_E_PARSE, PF_AT_LINE ": expected %zu fields, found %zu",
                   static_cast<int>(source_.path().size()), source_.path().data(), row_line_,
                   width_, row_.size());
  width_ = row_.size();
  if (type_->kind == PF_RECORD) return fill_record(out);
  return type_->kind == PF_MAP ? fill_map(out) : fill_list(out);
}

pf_status CsvRows::begin(pf_call* call) {
  call_ = call;
  if (header_ && read_names() == PF_FAILED) return PF_FAILED;
  if (type_->kind == PF_RECORD && (!header_ || names_.head)) return find_columns();
  return PF_DONE;
}

pf_status CsvRows::next(pf_call* call, void* out) {
  call_ = call;
  pf_status status = next_row();
  if (status != PF_DONE) return status;
  memset(out, 0, type_->size);
  if (fill(out) == PF_DONE) return PF_DONE;
  pf_drop_value(out, type_);
  memset(out, 0, type_->size);
  return PF_FAILED;
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
  pf_stream* stream = pflow::make_stream<CsvRows>(in->type_T, call, fd, in);
  auto* rows = static_cast<CsvRows*>(stream);
  if (rows->begin(call) == PF_DONE) {
    out->rows = stream;
    return PF_DONE;
  }
  CsvRows::close(stream);
  return PF_FAILED;
}
