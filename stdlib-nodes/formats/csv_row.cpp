#include "csv_row.h"

namespace pf_formats {
namespace {

/// Room for `needed` elements, at least twice what there was.
template <typename T>
void grow(T*& block, size_t& room, size_t needed) {
  if (needed <= room) return;
  room = needed > room * 2 ? needed + 64 : room * 2;
  block = static_cast<T*>(realloc(block, room * sizeof(T)));
  if (!block) pf_out_of_memory();
}

}  // namespace

CsvRow::~CsvRow() {
  free(text_);
  free(ends_);
}

void CsvRow::clear() {
  len_ = count_ = 0;
  quoted_ = blank_ = false;
}

void CsvRow::add(const char* data, size_t len) {
  grow(text_, room_, len_ + len + 1);
  memcpy(text_ + len_, data, len);
  len_ += len;
}

void CsvRow::end_field() {
  grow(ends_, fields_room_, count_ + 1);
  ends_[count_++] = len_;
}

/// The text of a quoted field up to its closing quote, which is passed; at the end of
/// the line `quoted_` says that there was none.
const char* CsvRow::read_quoted(const char* at, const char* end) {
  quoted_ = true;
  while (at != end) {
    const void* found = memchr(at, '"', static_cast<size_t>(end - at));
    const char* quote = found ? static_cast<const char*>(found) : end;
    add(at, static_cast<size_t>(quote - at));
    if (quote == end) return end;
    at = quote + 1;
    if (at == end || *at != '"') {
      quoted_ = false;
      return at;
    }
    add("\"", 1);
    ++at;
  }
  return end;
}

CsvRow::Result CsvRow::read(std::string_view line, char delimiter) {
  const char* at = line.data();
  const char* end = at + line.size();
  bool goes_on = quoted_;
  if (goes_on) add("\n", 1);
  blank_ = !goes_on && (line.empty() || line == "\r");
  for (;;) {
    if (goes_on || (at != end && *at == '"')) {
      at = read_quoted(goes_on ? at : at + 1, end);
      if (quoted_) return OpenQuote;
      goes_on = false;
      if (at != end && *at == '\r' && at + 1 == end) ++at;
      if (at != end && *at != delimiter) return BehindQuote;
    } else {
      const void* found =
          at == end ? nullptr : memchr(at, delimiter, static_cast<size_t>(end - at));
      const char* field_end = found ? static_cast<const char*>(found) : end;
      bool ends_line = field_end == end && at != end && end[-1] == '\r';
      add(at, static_cast<size_t>(field_end - at) - (ends_line ? 1 : 0));
      at = field_end;
    }
    end_field();
    if (at == end) return Whole;
    ++at;
  }
}

void CsvLine::put(const char* data, size_t len) {
  grow(text_, room_, len_ + len);
  if (len != 0) memcpy(text_ + len_, data, len);
  len_ += len;
}

void CsvLine::add(std::string_view field, char delimiter) {
  if (fields_++ != 0) put(&delimiter, 1);
  bool plain = !field.starts_with("\xef\xbb\xbf");  // what begins a file is taken for its mark
  for (char c : field) plain &= c != '"' && c != '\n' && c != '\r' && c != delimiter;
  if (plain) return put(field.data(), field.size());
  put("\"", 1);
  for (char c : field) {
    if (c == '"') put("\"", 1);
    put(&c, 1);
  }
  put("\"", 1);
}

std::string_view CsvLine::end() {
  if (len_ == 0 && fields_ == 1) put("\"\"", 2);  // readers skip blank lines
  put("\n", 1);
  return {text_, len_};
}

}  // namespace pf_formats
