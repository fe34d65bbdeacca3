/// Any bytes as a file of lines, of CSV and of JSON lines. What is read does not depend on
/// where the reads are cut, lines are what a splitter makes of the whole, and cells that
/// write_csv has written are read back equal. The first byte chooses delimiter, header and
/// columns, the second where reads are cut.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <vector>

#include "formats.pf.hpp"
#include "test/fuzz/must.h"
#include "test/fuzz/scalars.h"

using fuzz::must;

namespace {

constexpr pf_field kTextEntryFields[] = {{"key", "key", &values::kStr, 0, "", nullptr},
                                         {"value", "value", &values::kStr, 24, "", nullptr}};
constexpr pf_type kTextEntry = {.kind = PF_RECORD,
                                .size = 48,
                                .align = 8,
                                .counted = 1,
                                .name = "KeyValue<str>",
                                .count = 2,
                                .fields = kTextEntryFields};
constexpr pf_type kTextMap = {.kind = PF_MAP,
                              .size = 8,
                              .align = 8,
                              .counted = 1,
                              .name = "map<str>",
                              .element = &kTextEntry};
constexpr pf_type kMaps = fuzz::list_of(kTextMap, "[map<str>]");
constexpr pf_type kTable = fuzz::list_of(values::kTexts, "[[str]]");

struct Choice {
  explicit Choice(uint8_t byte)
      : delimiter(",;\t|"[byte & 3]), header((byte & 4) != 0), columns(1 + (byte >> 3 & 3)) {}
  char delimiter;
  bool header;
  size_t columns;
};

/// A descriptor that has a path, too.
class Opened {
 public:
  explicit Opened(int descriptor)
      : fd(descriptor), path("/proc/self/fd/" + std::to_string(descriptor)) {
    must(fd >= 0, "the target has descriptors");
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  ~Opened() { close(fd); }
  const int fd;
  const std::string path;
};

/// A file with this content.
class Whole : public Opened {
 public:
  explicit Whole(std::string_view content) : Opened(memfd_create("whole", MFD_CLOEXEC)) {
    must(write(fd, content.data(), content.size()) == static_cast<ssize_t>(content.size()),
         "the file takes the content");
  }
};

/// The read end of a pipe each read of which gives a piece, as `seed` cuts them.
int cut_pipe(std::string_view content, uint32_t seed) {
  int ends[2];
  must(pipe2(ends, O_DIRECT | O_CLOEXEC) == 0, "the target has pipes");
  fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
  for (int left = 128; !content.empty(); --left) {
    seed = seed * 1664525 + 1013904223;
    size_t size = left > 0 ? 1 + (seed >> 24) % (1 + (seed >> 16) % 16) : content.size();
    std::string_view piece = content.substr(0, size);
    must(write(ends[1], piece.data(), piece.size()) == static_cast<ssize_t>(piece.size()),
         "the pipe takes the piece");
    content.remove_prefix(piece.size());
  }
  close(ends[1]);
  return ends[0];
}

/// What a failed call says, whatever the file is called.
std::string failure(pf_call& call, const std::string& path) {
  pf_raise_call(&call);
  std::string said = values::take_failure();
  for (size_t at; (at = said.find(path)) != said.npos;) said.replace(at, path.size(), "FILE");
  return said;
}

/// The items of a stream as JSON, an item a line, and how it failed.
std::string drain(pf_stream* stream, const std::string& path) {
  static constexpr pf_type kStream = {
      .kind = PF_STREAM, .size = 8, .align = 8, .counted = 1, .name = "stream"};
  std::string all;
  const pf_type* type = stream->item;
  alignas(16) char item[256];
  must(type->size <= sizeof item, "an item has room");
  for (int32_t status = PF_DONE; status == PF_DONE;) {
    pf_call call{};
    status = pf_stream_next(stream, &call, item);
    if (status == PF_FAILED) all += failure(call, path);
    if (status != PF_DONE) break;
    all += values::json_of(item, *type) + "\n";
    pf_drop_value(item, type);
  }
  pf_drop_value(&stream, &kStream);
  return all;
}

std::string read_lines(const std::string& path) {
  pf_call call{.site = &values::kSite};
  read_lines_in in{.path = values::lit(path)};
  read_lines_out out{};
  must(pfn_formats_read_lines(&call, &in, &out) == PF_DONE, "the file can be opened");
  return drain(out.lines, path);
}

std::string read_jsonl(const std::string& path, const char* on_bad) {
  pf_call call{.site = &values::kSite};
  read_jsonl_in in{
      .type_T = &values::kItem, .path = values::lit(path), .on_bad = values::lit(on_bad)};
  read_jsonl_out out{};
  must(pfn_formats_read_jsonl(&call, &in, &out) == PF_DONE, "the file can be opened");
  return drain(out.items, path);
}

/// The rows as JSON, a row a line, and how reading them failed.
std::string read_csv(const std::string& path, const pf_type& rows, const Choice& choice) {
  pf_call call{.site = &values::kSite};
  read_csv_in in{.type_T = rows.element,
                 .path = values::lit(path),
                 .delimiter = {&choice.delimiter, 1, nullptr},
                 .header = choice.header};
  read_csv_out out{};
  if (pfn_formats_read_csv(&call, &in, &out) != PF_DONE) return failure(call, path);
  return drain(out.rows, path);
}

/// The lines as read_lines is to give them.
std::string split(std::string_view content) {
  size_t valid = pf_utf8_valid_prefix(content.data(), content.size());
  std::string all;
  for (size_t at = pf_byte_order_mark(content.data(), content.size()); at < content.size();) {
    size_t end = std::min(content.find('\n', at), content.size());
    if (end > valid || (end == content.size() && valid != end)) break;
    std::string_view line = content.substr(at, end - at);
    if (end != content.size() && line.ends_with('\r')) line.remove_suffix(1);
    pf_str text = values::lit(line);
    all += values::json_of(&text, values::kStr) + "\n";
    at = end + 1;
  }
  return all;
}

void check_reading(std::string_view content, const Choice& choice, uint8_t seed) {
  Whole whole(content);
  auto same = [&](const char* property, auto read) {
    Opened pieces(cut_pipe(content, seed));
    std::string one = read(whole.path);
    std::string other = read(pieces.path);
    must(one == other, property, one, other);
    return one;
  };
  std::string lines = same("lines do not depend on the reads", read_lines);
  bool text = pf_utf8_valid_prefix(content.data(), content.size()) == content.size();
  std::string expected = split(content);
  must(text ? lines == expected : lines.starts_with(expected + "io: `FILE` is not UTF-8"),
       "lines are what stands between line ends", lines, expected);
  for (const char* on_bad : {"fail", "skip"})
    same("JSON lines do not depend on the reads",
         [&](const std::string& path) { return read_jsonl(path, on_bad); });
  for (const pf_type* rows : {&kMaps, &kTable, &values::kItems, &fuzz::kAllScalars})
    same("rows do not depend on the reads",
         [&](const std::string& path) { return read_csv(path, *rows, choice); });
}

/// What is written of the rows is read back as they are. An empty text of an optional is none.
void check_written(const pf_list& list, const pf_type& rows, const Choice& choice) {
  Whole file("");
  pf_call call{.site = &values::kSite};
  pf_list shared = list;
  pf_retain_value(&shared, &rows);
  auto* stream = static_cast<pf_stream*>(pf_stream_of(shared.head, rows.element));
  write_csv_in in{.type_T = rows.element,
                  .path = values::lit(file.path),
                  .rows = stream,
                  .delimiter = {&choice.delimiter, 1, nullptr}};
  write_csv_out out{};
  pf_status status = pfn_formats_write_csv(&call, &in, &out);
  must(status == PF_DONE, "rows can be written", values::json_of(&list, rows));
  pf_str_release(out.path);
  stream->ops->close(stream);
  Choice reading = choice;
  reading.header = rows.element->kind != PF_LIST;
  auto without_empty = [](std::string json) {
    for (size_t at; (at = json.find(":\"\"")) != json.npos;) json.replace(at, 3, ":null");
    return json;
  };
  std::string before;
  for (size_t i = 0; list.head && i < list.head->len; ++i)
    before += values::json_of(reinterpret_cast<const char*>(list.head + 1) + i * rows.element->size,
                              *rows.element) +
              "\n";
  std::string after = read_csv(file.path, rows, reading);
  must(without_empty(before) == without_empty(after), "cells are read back equal", before, after);
}

/// The text as cells, cut at a character that stands for nothing else.
std::vector<std::string_view> cells_of(std::string_view text) {
  std::vector<std::string_view> cells;
  for (size_t end; (end = text.find('~')) != text.npos; text.remove_prefix(end + 1))
    cells.push_back(text.substr(0, end));
  cells.push_back(text);
  return cells;
}

void push(pf_list& list, const void* value, const pf_type& element) {
  list.head = static_cast<pf_list_head*>(pf_list_push(list.head, value, &element));
}

void check_table(std::vector<std::string_view> cells, const Choice& choice) {
  cells.resize((cells.size() + choice.columns - 1) / choice.columns * choice.columns);
  pf_list table{}, maps{};
  bool repeated = false;
  for (size_t at = 0; at < cells.size(); at += choice.columns) {
    std::vector<std::string_view> row(cells.begin() + static_cast<ptrdiff_t>(at),
                                      cells.begin() + static_cast<ptrdiff_t>(at + choice.columns));
    pf_list texts = values::texts(row);
    push(table, &texts, values::kTexts);
    pf_list map{};
    for (size_t i = 0; i < choice.columns; ++i) {
      pf_str key = values::owned(cells[i]);
      pf_str value = values::owned(row[i]);
      map.head = static_cast<pf_list_head*>(pf_map_set(map.head, &key, &value, &kTextMap));
    }
    repeated |= map.head->len != choice.columns;
    push(maps, &map, kTextMap);
  }
  check_written(table, kTable, choice);
  if (!repeated) check_written(maps, kMaps, choice);
  values::drop(table, kTable);
  values::drop(maps, kMaps);
}

void check_records(const std::string& text, const pf_type& rows, const Choice& choice) {
  pf_str source = values::lit(text);
  pf_list list{};
  pf_json_problem problem;
  if (pf_json_decode(&source, &rows, &list, &problem)) {
    check_written(list, rows, choice);
    values::drop(list, rows);
  } else {
    pf_str_release(problem.message);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kMost = 16384;  // what a pipe takes for sure
  if (size < 2 || size > kMost) return 0;
  Choice choice(data[0]);
  check_reading({reinterpret_cast<const char*>(data) + 2, size - 2}, choice, data[1]);
  std::string text = fuzz::text_of(data + 2, size - 2);
  check_table(cells_of(text), choice);
  check_records(text, values::kItems, choice);
  check_records(text, fuzz::kAllScalars, choice);
  return 0;
}
