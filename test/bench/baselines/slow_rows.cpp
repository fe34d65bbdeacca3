// slow_rows FILE OUT: what flows/slow_rows.pf does, with simdjson's on-demand reader.
#include <simdjson.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

void write_row(std::string& line, std::int64_t id, std::string_view host, double took) {
  char number[32];
  line = "{\"id\":";
  line.append(number, std::to_chars(number, number + sizeof number, id).ptr);
  line.append(",\"host\":\"").append(host).append("\",\"took\":");
  line.append(number, std::to_chars(number, number + sizeof number, took).ptr);
  line.append("}\n");
}

int main(int, char** argv) {
  simdjson::padded_string text = simdjson::padded_string::load(argv[1]);
  std::FILE* out = std::fopen(argv[2], "wb");
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document_stream rows = parser.iterate_many(text);
  std::string line;
  for (auto row : rows) {
    const std::int64_t id = row["id"].get_int64();
    simdjson::ondemand::object meta = row["meta"].get_object();
    const std::string_view host = meta["host"].get_string();
    const double took = meta["took"].get_double();
    if (took < 0.5) continue;
    write_row(line, id, host, took);
    std::fwrite(line.data(), 1, line.size(), out);
  }
  return std::fclose(out);
}
