/// Rows of CSV text (RFC 4180).
#pragma once

#include "pflow/node.hpp"

namespace pf_formats {

/// The fields of one row, unquoted; they lie in the row until the next one is read.
class CsvRow {
 public:
  CsvRow() = default;
  CsvRow(const CsvRow&) = delete;
  CsvRow& operator=(const CsvRow&) = delete;
  ~CsvRow();

  enum Result : unsigned char { Whole, OpenQuote, BehindQuote };

  /// Starts over.
  void clear();
  /// Reads a line with its carriage return, or the next line of a field that goes on: what
  /// stands in quotes is data, also its line ends. OpenQuote: the row goes on with the next
  /// line. BehindQuote: text follows a closing quote.
  Result read(std::string_view line, char delimiter);

  /// Whether nothing stood on its line, not even an empty field in quotes.
  [[nodiscard]] bool is_blank() const { return blank_; }
  [[nodiscard]] size_t size() const { return count_; }
  [[nodiscard]] std::string_view operator[](size_t field) const {
    size_t begin = field == 0 ? 0 : ends_[field - 1];
    return {text_ + begin, ends_[field] - begin};
  }

 private:
  void add(const char* data, size_t len);
  void end_field();
  const char* read_quoted(const char* at, const char* end);

  char* text_ = nullptr;
  size_t len_ = 0;
  size_t room_ = 0;
  size_t* ends_ = nullptr;  ///< of each field in the text
  size_t count_ = 0;
  size_t fields_room_ = 0;
  bool quoted_ = false;  ///< a field goes on
  bool blank_ = false;
};

/// The fields of a line, quoted where they have to be.
class CsvLine {
 public:
  CsvLine() = default;
  CsvLine(const CsvLine&) = delete;
  CsvLine& operator=(const CsvLine&) = delete;
  ~CsvLine() { free(text_); }

  void clear() { len_ = fields_ = 0; }
  void add(std::string_view field, char delimiter);
  /// The line with its newline.
  std::string_view end();

 private:
  void put(const char* data, size_t len);
  char* text_ = nullptr;
  size_t len_ = 0;
  size_t room_ = 0;
  size_t fields_ = 0;
};

}  // namespace pf_formats
